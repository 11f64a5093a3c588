package dev.weft.agent.tests.random;

import static java.util.stream.Collectors.joining;

import dev.weft.agent.tests.random.Method.Home;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Writes values that are objects, and literals of all types. */
final class Values {
    private final Draft draft;

    Values(Draft draft) {
        this.draft = draft;
    }

    private String value(Type type) {
        return draft.expressions.of(type);
    }

    String of(Type type) {
        if (type.isBox()) {
            return draft.chance(50)
                    ? type + ".valueOf(" + value(type.unboxed()) + ")"
                    : "((" + type + ") (" + value(type.unboxed()) + "))";
        }
        if (type.isArray()) {
            return array(type);
        }
        return switch (type) {
            case STRING -> "cut(" + string() + ")";
            case PAIR -> "new Pair(" + value(Type.OBJECT) + ", " + value(Type.INT) + ")";
            case COLOR ->
                draft.chance(50)
                        ? "Color.values()[" + draft.expressions.index() + "]"
                        : "Color.valueOf("
                                + draft.pick("p(\"RED\")", "\"BLUE\"", "\"GREEN\"")
                                        .replace("p(", draft.body().suspends() ? "p(" : "(")
                                + ")";
            case NODE -> node();
            default -> object();
        };
    }

    private String array(Type type) {
        if (draft.chance(15)) {
            return "(" + value(type) + ").clone()";
        }
        Type element = type.element();
        if (draft.chance(25)) {
            String length = "[" + value(Type.INT) + " & 1 | 2]";
            return element.isArray()
                    ? "new " + element.element() + length + draft.pick("[2]", "[" + draft.expressions.index() + " + 1]")
                    : "new " + element + length;
        }
        int length = 2 + draft.upTo(2);
        return "new " + type + " "
                + IntStream.range(0, length)
                        .mapToObj(
                                i -> element.isArray() && draft.chance(60) ? braced(element.element()) : value(element))
                        .collect(joining(", ", "{", "}"));
    }

    private String braced(Type element) {
        return "{" + value(element) + ", " + value(element) + "}";
    }

    private String string() {
        return switch (draft.upTo(9)) {
            case 0 -> "new String(" + value(Type.CHARS) + ")";
            case 1 ->
                "new StringBuilder(" + draft.expressions.leaf(Type.STRING) + ").append("
                        + value(draft.pick(Type.PRIMITIVES)) + ").append(" + value(Type.OBJECT) + ").toString()";
            case 2 -> "String.valueOf(" + value(draft.pick(Type.PRIMITIVES)) + ")";
            case 3 -> "show(" + value(draft.type()) + ")";
            case 4 -> "(" + value(Type.STRING) + ").concat(" + value(Type.STRING) + ")";
            case 5 -> "((String) " + draft.expressions.exact(Type.OBJECT, value(Type.OBJECT)) + ")";
            default -> concatenation();
        };
    }

    // Long ones are beyond what one invokedynamic takes; short ones stay short enough to be read.
    private String concatenation() {
        int operands = draft.chance(3) ? 210 : 1 + draft.upTo(3);
        String many = IntStream.range(0, operands)
                .mapToObj(i -> operands > 9
                        ? draft.expressions.simple(draft.pick(Type.PRIMITIVES))
                        : value(draft.pick(draft.pick(Type.PRIMITIVES, Type.CLASSES))))
                .collect(joining(" + "));
        return "(" + value(Type.STRING) + " + " + many + ")";
    }

    private String node() {
        String arguments = draft.expressions.arguments(Stream.of(Type.INT, Type.LONG, Type.STRING));
        return switch (draft.upTo(8)) {
            case 0 -> draft.main() + ".new Inner(" + arguments + ")";
            case 1 -> {
                Body body = draft.body();
                boolean hasOuter = !body.isStatic && (body.home == Home.MAIN || body.home == Home.INNER);
                yield (hasOuter ? "" : draft.main() + ".") + "new Inner(" + arguments + ")";
            }
            case 2 -> "new SubNode(" + arguments + ", " + value(Type.DOUBLE) + ")";
            case 3, 4 -> draft.lambdas.anonymousNode(arguments);
            case 5 -> "new Node(" + value(Type.INT) + ")";
            case 6 -> "(" + value(Type.NODE) + ").next";
            default -> "new Node(" + arguments + ")";
        };
    }

    private String object() {
        if (draft.chance(15)) {
            return draft.lambdas.anonymousObject();
        }
        Type type = draft.pick(draft.pick(Type.CLASSES, Type.BOXES, Type.PRIMITIVES));
        return type == Type.OBJECT ? "(" + value(Type.OBJECTS) + ")[0]" : "((Object) " + value(type) + ")";
    }

    /** A literal that does not depend on what happened before. */
    String constant(Type type) {
        return type.isArray()
                ? "new " + type + " {" + constant(type.element()) + ", " + constant(type.element()) + "}"
                : literal(type);
    }

    String literal(Type type) {
        int number = draft.upTo(8);
        if (type.isBox()) {
            return draft.chance(4) ? "((" + type + ") null)" : "((" + type + ") (" + literal(type.unboxed()) + "))";
        }
        if (type.isArray()) {
            return draft.chance(40)
                    ? "s_" + type.id()
                    : "new " + type + " {" + literal(type.element()) + ", " + literal(type.element()) + "}";
        }
        return switch (type) {
            case BOOLEAN -> draft.pick("true", "false", "(fuel % 2 == 0)");
            case BYTE, SHORT -> "((" + type + ") " + draft.pick(number, number * 50, -number) + ")";
            case CHAR -> "'" + (char) ('a' + number) + "'";
            case INT -> draft.chance(8) ? draft.pick("0x7fffffff", "(-70000)", "300") : String.valueOf(number);
            case LONG -> draft.chance(8) ? draft.pick("0x7fffffffffffL", "(-1L)") : number + "L";
            case FLOAT -> number + ".5f";
            case DOUBLE -> draft.chance(5) ? "Double.NaN" : number + ".25";
            case STRING ->
                draft.chance(4) ? "((String) null)" : draft.pick("\"Aa\"", "\"BB\"", "\"w" + number + "\"", "\"\"");
            case OBJECT ->
                draft.chance(4) ? "((Object) null)" : draft.pick("((Object) \"o\")", "((Object) " + number + ")");
            case COLOR -> "Color." + draft.pick("RED", "GREEN", "BLUE");
            case PAIR -> draft.chance(50) ? "s_Pair" : "new Pair(\"k\", " + number + ")";
            case NODE -> draft.chance(4) ? "((Node) null)" : "s_Node";
            default -> throw new AssertionError(type);
        };
    }
}
