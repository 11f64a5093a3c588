package dev.weft.agent.tests.random;

/** Writes {@code try} in its forms. */
final class Tries {
    private final Draft draft;

    Tries(Draft draft) {
        this.draft = draft;
    }

    String any() {
        return draft.chance(35) ? withResources() : plain();
    }

    private String value(Type type) {
        return draft.expressions.of(type);
    }

    private String plain() {
        String body = draft.statements.block(1 + draft.upTo(2)) + (draft.chance(50) ? failure() : "");
        int form = draft.upTo(4);
        String catches = form == 0 ? "" : catches();
        return "try {\n" + body + "}" + catches + (form <= 1 ? finallyBlock() : "") + "\n";
    }

    private String catches() {
        return switch (draft.upTo(5)) {
            case 0 -> caught("IllegalStateException") + caught("RuntimeException");
            case 1 ->
                caught("ArithmeticException | NullPointerException | ArrayIndexOutOfBoundsException")
                        + caught("ClassCastException");
            case 2 -> caught("Problem | IllegalStateException");
            case 3 -> caught("Throwable");
            default -> caught("Exception");
        };
    }

    private String caught(String types) {
        String name = draft.fresh("ex");
        boolean rethrown = !types.equals("Throwable") && !types.equals("Exception");
        return " catch (" + types + " " + name + ") {\nlog(told(" + name + ") + " + value(Type.INT) + ");\n"
                + draft.statements.block(draft.upTo(2))
                + (rethrown && draft.chance(25) ? "if (" + value(Type.BOOLEAN) + ") throw " + name + ";\n" : "") + "}";
    }

    private String finallyBlock() {
        return " finally {\nlog(\"finally\" + " + value(Type.INT) + ");\n" + draft.statements.block(draft.upTo(3))
                + "}";
    }

    /** Throws, maybe: at once, after a suspension, or by what the JVM checks. */
    private String failure() {
        String condition = "if " + draft.expressions.seldom() + " ";
        return switch (draft.upTo(6)) {
            case 0 -> condition + draft.statements.thrown();
            case 1 -> "log(7 / (" + value(Type.INT) + " & 1));\n";
            case 2 -> "log((Integer) " + draft.expressions.exact(Type.OBJECT, value(Type.OBJECT)) + ");\n";
            case 3 -> "((Object[]) s_Strings).clone()[" + value(Type.INT) + " & 3] = " + value(Type.OBJECT) + ";\n";
            default ->
                draft.body().suspends()
                        ? condition + "fail(new " + draft.pick("Problem", "IllegalStateException") + "("
                                + value(Type.STRING) + "));\n"
                        : condition + draft.statements.thrown();
        };
    }

    private String withResources() {
        boolean suspends = draft.body().suspends();
        String door = suspends ? draft.pick("Door", "Door", "Quiet") : "Quiet";
        String first = draft.fresh("d");
        String second = draft.fresh("d");
        String before = draft.chance(25) ? "Quiet " + first + " = " + opened("Quiet") + ";\n" : "";
        String head = before.isEmpty() ? door + " " + first + " = " + opened(door) : first;
        String more = draft.chance(50) ? "; var " + second + " = " + "((" + door + ") " + opened(door) + ")" : "";
        return before + "try (" + head + more + ") {\nlog(" + first + " + " + value(Type.STRING) + ");\n"
                + draft.statements.block(1 + draft.upTo(2)) + (draft.chance(35) ? failure() : "") + "}"
                + (draft.chance(80) ? catches() : "") + (draft.chance(30) ? finallyBlock() : "") + "\n";
    }

    private String opened(String door) {
        String made = "new " + door + "(" + value(Type.STRING) + ", " + draft.upTo(4) + ")";
        return switch (draft.upTo(6)) {
            case 0 -> "null";
            case 1 -> "(" + value(Type.BOOLEAN) + " ? null : " + made + ")";
            case 2 -> draft.body().suspends() ? "p(" + made + ")" : made;
            default -> made;
        };
    }
}
