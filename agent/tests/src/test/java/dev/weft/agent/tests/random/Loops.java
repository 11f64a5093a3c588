package dev.weft.agent.tests.random;

import dev.weft.agent.tests.random.Body.Target;
import dev.weft.agent.tests.random.Variable.Use;

/** Writes loops; each round takes fuel, so that all of them end. */
final class Loops {
    private final Draft draft;

    Loops(Draft draft) {
        this.draft = draft;
    }

    String any() {
        String label = draft.fresh("loop");
        Target target = new Target(label, Target.Kind.LOOP);
        String text = draft.either(
                () -> counting(target),
                () -> counting(target),
                () -> computing(target),
                () -> whileLoop(target),
                () -> doLoop(target),
                () -> endless(target),
                () -> overArray(target),
                () -> overList(target));
        return (text.contains(" " + label + ";") ? label + ": " : "") + text;
    }

    private String value(Type type) {
        return draft.expressions.of(type);
    }

    private String round() {
        return draft.statements.some(1 + draft.upTo(3));
    }

    private String counting(Target target) {
        String counter = draft.fresh("k");
        Type type = draft.pick(Type.INT, Type.INT, Type.LONG, Type.BYTE, Type.DOUBLE);
        String body = draft.body().within(target, () -> {
            draft.body().declare(type, counter, Use.COUNTER);
            return round();
        });
        return "for (" + type + " " + counter + " = 0; " + counter + " < " + (1 + draft.upTo(4)) + " && more(); "
                + counter + "++) {\n" + body + "}\n";
    }

    private String computing(Target target) {
        String counter = draft.fresh("k");
        String other = draft.fresh("k");
        String start = value(Type.INT) + " & 1, " + other + " = " + value(Type.INT);
        return draft.body().scoped(() -> {
            draft.body().declare(Type.INT, counter, Use.COUNTER);
            draft.body().declare(Type.INT, other, Use.ASSIGNED);
            String condition =
                    counter + " < 3 && more() && (" + value(Type.BOOLEAN) + " || " + value(Type.BOOLEAN) + ")";
            String step = counter + " += " + value(Type.INT) + " & 1 | 1, " + other + "--";
            return "for (int " + counter + " = " + start + "; " + condition + "; " + step + ") {\n"
                    + draft.body().within(target, this::round) + "}\n";
        });
    }

    private String condition() {
        return draft.chance(50) ? "more() && " + value(Type.BOOLEAN) : value(Type.BOOLEAN) + " && more()";
    }

    private String whileLoop(Target target) {
        return "while (" + condition() + ") {\n" + draft.body().within(target, this::round) + "}\n";
    }

    private String doLoop(Target target) {
        return "do {\n" + draft.body().within(target, this::round) + "} while (" + condition() + ");\n";
    }

    private String endless(Target target) {
        return draft.pick("for (;;)", "while (true)") + " {\nif (!more()) break;\n"
                + draft.body().within(target, this::round) + "if (" + value(Type.BOOLEAN) + ") break;\n}\n";
    }

    private String overArray(Target target) {
        Type array = draft.pick(Type.ARRAYS);
        String element = draft.fresh("e");
        String over = value(array);
        return "for (" + array.element() + " " + element + " : " + over + ") {\nif (!more()) break;\n"
                + draft.body().within(target, () -> {
                    draft.body().declare(array.element(), element, draft.pick(Use.FIXED, Use.ASSIGNED));
                    return round();
                })
                + "}\n";
    }

    private String overList(Target target) {
        Type type = draft.pick(Type.STRING, Type.BOXED_INT, Type.PAIR);
        String element = draft.fresh("e");
        String list = draft.body().suspends() && draft.chance(50) ? "Slowly" : "java.util.Arrays";
        String make = list.equals("Slowly") ? "slowly" : "asList";
        String over = list + ".<" + type + ">" + make + "(" + value(type) + ", " + value(type) + ")";
        return "for (" + draft.pick("var", type.toString(), "final " + type) + " " + element + " : " + over
                + ") {\nif (!more()) break;\n"
                + draft.body().within(target, () -> {
                    draft.body().declare(type, element, Use.FIXED);
                    return round();
                })
                + "}\n";
    }
}
