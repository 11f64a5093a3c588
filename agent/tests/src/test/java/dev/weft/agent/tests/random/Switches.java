package dev.weft.agent.tests.random;

import dev.weft.agent.tests.random.Body.Target;
import dev.weft.agent.tests.random.Variable.Use;

/** Writes {@code switch} as a statement, with colons or arrows. */
final class Switches {
    private final Draft draft;

    Switches(Draft draft) {
        this.draft = draft;
    }

    String any() {
        String label = draft.fresh("loopless");
        Target target = new Target(label, Target.Kind.SWITCH);
        String text = draft.either(
                () -> colons(target),
                () -> colons(target),
                () -> arrows(target),
                () -> draft.release >= 21 ? patterns(target) : arrows(target));
        return (text.contains(" " + label + ";") ? label + ": " : "") + text;
    }

    private String value(Type type) {
        return draft.expressions.of(type);
    }

    private String colons(Target target) {
        String[] cases = draft.pick(
                new String[] {value(Type.INT) + " & 3", "0", "1", "3"},
                new String[] {value(Type.CHAR), "'a'", "'b'", "'\\u1234'"},
                new String[] {value(Type.BYTE), "-1", "0", "50"},
                new String[] {value(Type.SHORT), "-30000", "0", "2"},
                new String[] {value(Type.BOXED_INT), "5", "6", "100000"},
                new String[] {value(Type.STRING), "\"Aa\"", "\"BB\"", "\"w1\""},
                new String[] {value(Type.COLOR), "RED", "GREEN", "BLUE"});
        return "switch (" + cases[0] + ") {\n"
                + draft.body().within(target, () -> {
                    StringBuilder text = new StringBuilder();
                    for (int i = 1; i < cases.length; i++) {
                        text.append("case ").append(cases[i]).append(": ");
                        text.append(group());
                    }
                    return text.append(draft.chance(70) ? "default: " + group() : "")
                            .toString();
                })
                + "}\n";
    }

    private String group() {
        return switch (draft.upTo(4)) {
            case 0 -> "\n";
            case 1 -> "{\n" + draft.statements.block(1) + "}\n";
            default -> "{\n" + draft.statements.block(1) + "}\nbreak;\n";
        };
    }

    private String arrows(Target target) {
        String[] cases = draft.pick(
                new String[] {value(Type.INT) + " & 3", "0, 1", "3"},
                new String[] {value(Type.STRING), "\"Aa\", \"w2\"", "\"BB\""},
                new String[] {value(Type.COLOR), "RED", "BLUE"},
                new String[] {value(Type.BOXED_CHAR), "'a'", "'c', 'd'"});
        return "switch (" + cases[0] + ") {\ncase " + cases[1] + " -> " + arm(target) + "case " + cases[2] + " -> "
                + arm(target) + "default -> " + arm(target) + "}\n";
    }

    private String arm(Target target) {
        return draft.chance(30)
                ? "log(" + value(Type.STRING) + ");\n"
                : "{\n" + draft.body().within(target, () -> draft.statements.some(1 + draft.upTo(2))) + "}\n";
    }

    private String patterns(Target target) {
        String text = draft.fresh("q");
        String pair = draft.fresh("q");
        return "switch (" + draft.expressions.exact(Type.OBJECT, value(Type.OBJECT)) + ") {\n"
                + draft.body().scoped(() -> {
                    draft.body().declare(Type.STRING, text, Use.FIXED);
                    return "case String " + text + " when " + draft.expressions.guard() + " -> " + arm(target);
                })
                + "case Color." + draft.pick("RED", "BLUE") + " -> " + arm(target)
                + draft.body().scoped(() -> {
                    draft.body().declare(Type.PAIR, pair, Use.FIXED);
                    return "case Pair " + pair + " -> " + arm(target);
                })
                + (draft.chance(50) ? "case null, default" : "default") + " -> " + arm(target) + "}\n";
    }
}
