package dev.weft.agent.tests.random;

import dev.weft.agent.tests.random.Variable.Use;

/** Writes what operators do to primitive values. */
final class Operators {
    private final Draft draft;

    Operators(Draft draft) {
        this.draft = draft;
    }

    String of(Type type) {
        return switch (type) {
            case BOOLEAN -> condition();
            case INT -> integer();
            case LONG -> "(" + arithmetic(Type.LONG, any(Type.INT, Type.LONG, Type.CHAR, Type.BYTE, Type.SHORT)) + ")";
            case FLOAT -> "(" + floating(Type.FLOAT, any(Type.INT, Type.LONG, Type.FLOAT, Type.CHAR)) + ")";
            case DOUBLE ->
                "(" + floating(Type.DOUBLE, any(Type.INT, Type.LONG, Type.FLOAT, Type.DOUBLE, Type.BYTE)) + ")";
            default -> narrowed(type);
        };
    }

    private Type any(Type... types) {
        return draft.pick(types);
    }

    private String value(Type type) {
        return draft.expressions.of(type);
    }

    private String narrowed(Type type) {
        return draft.chance(30)
                ? "(" + type + ") " + value(type.boxed())
                : "(" + type + ") (" + value(draft.pick(Type.PRIMITIVES.subList(1, 8))) + ")";
    }

    private String integer() {
        return switch (draft.upTo(12)) {
            case 0 -> "(" + value(Type.STRING) + ").length()";
            case 1 -> "(" + value(draft.pick(Type.ARRAYS)) + ").length";
            case 2 -> narrowed(Type.INT);
            case 3 -> "(" + draft.pick("-", "~", "+") + " (" + value(Type.INT) + "))";
            case 4 -> "Long.compare(" + value(Type.LONG) + ", " + value(Type.INT) + ")";
            case 5 -> "(" + value(Type.PAIR) + ").right()";
            case 6 -> "(" + value(Type.COLOR) + ").ordinal()";
            case 7 -> "(int) (" + value(Type.BOXED_INT) + ")";
            default ->
                "(" + arithmetic(any(Type.INT, Type.INT, Type.SHORT), any(Type.INT, Type.CHAR, Type.BYTE, Type.INT))
                        + ")";
        };
    }

    private String arithmetic(Type left, Type right) {
        String operator = draft.pick("+", "-", "*", "/", "%", "&", "|", "^", "<<", ">>", ">>>");
        boolean divides = operator.equals("/") || operator.equals("%");
        String divisor = divides && draft.chance(85) ? "(" + value(right) + " | 1)" : value(right);
        return value(left) + " " + operator + " " + divisor;
    }

    private String floating(Type left, Type right) {
        return value(left) + draft.pick(" + ", " - ", " * ", " / ", " % ") + value(right);
    }

    private String condition() {
        return switch (draft.upTo(8)) {
            case 0 ->
                "(" + value(Type.BOOLEAN) + draft.pick(" && ", " || ", " ^ ", " & ", " | ") + value(Type.BOOLEAN) + ")";
            case 1 -> "!(" + value(Type.BOOLEAN) + ")";
            case 2, 3 -> matched();
            case 4 -> "(" + value(draft.pick(Type.STRING, Type.OBJECT, Type.NODE, Type.BOXED_LONG)) + " == null)";
            case 5 -> "java.util.Objects.equals(" + value(Type.OBJECT) + ", " + value(Type.STRING) + ")";
            default ->
                "(" + value(draft.pick(Type.PRIMITIVES.subList(1, 8)))
                        + draft.pick(" < ", " == ", " >= ", " != ", " > ", " <= ")
                        + value(draft.pick(Type.PRIMITIVES.subList(1, 8))) + ")";
        };
    }

    private String matched() {
        Type type = draft.pick(Type.STRING, Type.BOXED_INT, Type.PAIR, Type.NODE, Type.COLOR);
        String subject = draft.expressions.exact(Type.OBJECT, value(Type.OBJECT));
        if (draft.release >= 21 && draft.chance(50)) {
            String left = draft.fresh("q");
            String right = draft.fresh("q");
            return draft.body().scoped(() -> {
                draft.body().declare(Type.STRING, left, Use.FIXED);
                draft.body().declare(Type.INT, right, Use.FIXED);
                return "(" + subject + " instanceof Pair(String " + left + ", int " + right + ") && "
                        + value(Type.BOOLEAN) + ")";
            });
        }
        String name = draft.fresh("q");
        return draft.body().scoped(() -> {
            draft.body().declare(type, name, Use.FIXED);
            return "(" + subject + " instanceof " + type + " " + name + " && " + value(Type.BOOLEAN) + ")";
        });
    }

    boolean canCombine(Type type) {
        return type.isPrimitive()
                || type == Type.STRING
                || type == Type.BOXED_INT
                || type == Type.BOXED_LONG
                || type == Type.BOXED_DOUBLE
                || type == Type.BOXED_BOOLEAN;
    }

    /** A compound assignment, increment or decrement. */
    String combined(String target, Type type) {
        if (type == Type.STRING) {
            return target + " += " + shortened(draft.chance(50) ? Type.STRING : draft.pick(Type.PRIMITIVES));
        }
        if (type.unboxed() == Type.BOOLEAN) {
            return target + draft.pick(" &= ", " |= ", " ^= ") + value(Type.BOOLEAN);
        }
        if (draft.chance(35)) {
            return draft.chance(50) ? target + draft.pick("++", "--") : draft.pick("++", "--") + target;
        }
        Type number = type.unboxed();
        if (type.isBox()) {
            return target + draft.pick(" += ", " -= ", " *= ") + value(draft.chance(50) ? number : Type.SHORT);
        }
        boolean floating = number == Type.FLOAT || number == Type.DOUBLE;
        if (!floating && draft.chance(50)) {
            return target
                    + draft.pick(" <<= ", " >>= ", " >>>= ", " &= ", " |= ", " ^= ")
                    + value(any(Type.INT, Type.LONG, Type.CHAR));
        }
        return target
                + draft.pick(" += ", " -= ", " *= ", " += ", " /= ", " %= ")
                + divisor(value(
                        floating
                                ? any(Type.FLOAT, Type.DOUBLE, Type.LONG)
                                : draft.pick(Type.PRIMITIVES.subList(1, 8))));
    }

    private String shortened(Type type) {
        return type == Type.STRING ? "cut(" + value(type) + ")" : value(type);
    }

    private String divisor(String value) {
        return draft.chance(80) ? "(" + value + " + 1.5f)" : value;
    }
}
