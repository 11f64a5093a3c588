package dev.weft.agent.tests.random;

import java.util.Arrays;
import java.util.List;

/** A type of the variables and expressions of random programs. */
enum Type {
    // The boxes are in the order of their primitive types.
    BOOLEAN("boolean", "z"),
    BYTE("byte", "b"),
    SHORT("short", "s"),
    CHAR("char", "c"),
    INT("int", "i"),
    LONG("long", "l"),
    FLOAT("float", "f"),
    DOUBLE("double", "d"),
    BOXED_BOOLEAN("Boolean"),
    BOXED_BYTE("Byte"),
    BOXED_SHORT("Short"),
    BOXED_CHAR("Character"),
    BOXED_INT("Integer"),
    BOXED_LONG("Long"),
    BOXED_FLOAT("Float"),
    BOXED_DOUBLE("Double"),
    STRING("String"),
    OBJECT("Object"), // never an array, so that its text is the same in every run
    PAIR("Pair"),
    COLOR("Color"),
    NODE("Node"),
    BOOLEANS("boolean[]"),
    BYTES("byte[]"),
    SHORTS("short[]"),
    CHARS("char[]"),
    INTS("int[]"),
    LONGS("long[]"),
    FLOATS("float[]"),
    DOUBLES("double[]"),
    STRINGS("String[]"),
    OBJECTS("Object[]"),
    INT_GRID("int[][]"),
    LONG_GRID("long[][]"),
    STRING_GRID("String[][]"),
    VOID("void");

    static final List<Type> PRIMITIVES =
            Arrays.stream(values()).filter(Type::isPrimitive).toList();
    static final List<Type> BOXES = PRIMITIVES.stream().map(Type::boxed).toList();
    static final List<Type> CLASSES = List.of(STRING, OBJECT, PAIR, COLOR, NODE);
    static final List<Type> ARRAYS =
            Arrays.stream(values()).filter(Type::isArray).toList();

    private final String text;
    private final String leaf;

    Type(String text) {
        this(text, "p");
    }

    Type(String text, String leaf) {
        this.text = text;
        this.leaf = leaf;
    }

    /** The method of the harness that returns such a value and may suspend. */
    String leaf() {
        return leaf;
    }

    /** Usable in names. */
    String id() {
        return text.replace("[]", "s");
    }

    boolean isPrimitive() {
        return ordinal() <= DOUBLE.ordinal();
    }

    boolean isNumber() {
        return isPrimitive() && this != BOOLEAN;
    }

    boolean isBox() {
        return ordinal() > DOUBLE.ordinal() && ordinal() <= BOXED_DOUBLE.ordinal();
    }

    boolean isArray() {
        return text.endsWith("[]");
    }

    Type boxed() {
        return isPrimitive() ? values()[ordinal() + BOXED_BOOLEAN.ordinal()] : this;
    }

    Type unboxed() {
        return isBox() ? values()[ordinal() - BOXED_BOOLEAN.ordinal()] : this;
    }

    Type element() {
        String element = text.substring(0, text.length() - 2);
        return Arrays.stream(values())
                .filter(type -> type.text.equals(element))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public String toString() {
        return text;
    }
}
