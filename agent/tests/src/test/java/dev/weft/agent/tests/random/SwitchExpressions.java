package dev.weft.agent.tests.random;

import dev.weft.agent.tests.random.Variable.Use;

/** Writes {@code switch} as an expression. */
final class SwitchExpressions {
    private final Draft draft;

    SwitchExpressions(Draft draft) {
        this.draft = draft;
    }

    String of(Type type) {
        // Many versions of javac fail at handlers in an expression that has operands below it.
        return draft.body()
                .enclosed(
                        draft.chance(15),
                        () -> draft.release >= 21 && draft.chance(50) ? patterns(type) : constants(type));
    }

    private String constants(Type type) {
        return switch (draft.upTo(4)) {
            case 0 ->
                "switch (" + draft.expressions.of(Type.INT) + " & 3) {\ncase 0, 1 -> " + arm(type) + "case 2 -> "
                        + arm(type) + "default -> " + value(type) + "}";
            case 1 ->
                "switch (" + draft.expressions.of(Type.COLOR) + ") {\ncase RED -> " + arm(type) + "case GREEN, BLUE -> "
                        + value(type) + "}";
            case 2 ->
                "switch (" + draft.expressions.of(Type.STRING) + ") {\ncase \"Aa\" -> " + arm(type) + "case \"BB\" -> "
                        + arm(type) + "default -> " + value(type) + "}";
            default ->
                "switch (" + draft.expressions.of(Type.CHAR) + ") {\ncase 'a':\n" + logged() + "case 'b':\n"
                        + yielded(type) + "default:\n" + yielded(type) + "}";
        };
    }

    private String patterns(Type type) {
        String text = draft.fresh("q");
        String number = draft.fresh("q");
        String left = draft.fresh("q");
        String right = draft.fresh("q");
        String pattern = draft.release >= 22 && draft.chance(30)
                ? "Pair(_, var " + right + ")"
                : "Pair(var " + left + ", int " + right + ")";
        return "switch (" + draft.expressions.exact(Type.OBJECT, draft.expressions.of(Type.OBJECT)) + ") {\n"
                + (draft.chance(60) ? "case null -> " + arm(type) : "")
                + "case String " + text + " when " + guard(Type.STRING, text) + " -> "
                + block(type, Type.STRING, text)
                + "case String " + text + "x -> " + block(type, Type.STRING, text + "x")
                + "case Integer " + number + " when " + guard(Type.BOXED_INT, number) + " -> "
                + block(type, Type.BOXED_INT, number)
                + "case " + pattern + " -> " + block(type, Type.INT, right)
                + "default -> " + value(type) + "}";
    }

    private String guard(Type declared, String name) {
        return draft.body().scoped(() -> {
            draft.body().declare(declared, name, Use.FIXED);
            return draft.expressions.guard();
        });
    }

    private String block(Type type, Type declared, String name) {
        return draft.body().scoped(() -> {
            draft.body().declare(declared, name, Use.FIXED);
            return arm(type);
        });
    }

    private String arm(Type type) {
        return draft.chance(8) ? draft.statements.thrown() : value(type);
    }

    private String value(Type type) {
        return draft.chance(50)
                ? draft.expressions.exact(type, draft.expressions.of(type)) + ";\n"
                : "{\n" + yielded(type) + "}\n";
    }

    private String yielded(Type type) {
        return draft.body().scoped(() -> {
            String before = draft.chance(60) ? draft.statements.some(1) : "";
            return before + "yield " + draft.expressions.cast(type, draft.expressions.of(type)) + ";\n";
        });
    }

    private String logged() {
        return "log(" + draft.expressions.of(Type.INT) + ");\n";
    }
}
