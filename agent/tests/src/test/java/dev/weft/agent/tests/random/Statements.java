package dev.weft.agent.tests.random;

import static java.util.stream.Collectors.joining;

import dev.weft.agent.tests.random.Body.Target;
import dev.weft.agent.tests.random.Variable.Use;
import java.util.List;
import java.util.stream.IntStream;

/** Writes statements, each with a line feed at its end. */
final class Statements {
    private final Draft draft;
    private final Loops loops;
    private final Switches switches;
    private final Tries tries;

    Statements(Draft draft) {
        this.draft = draft;
        loops = new Loops(draft);
        switches = new Switches(draft);
        tries = new Tries(draft);
    }

    private String value(Type type) {
        return draft.expressions.of(type);
    }

    /** Statements of the block that the pen is in. */
    String some(int statements) {
        return IntStream.range(0, statements)
                .mapToObj(i -> draft.share(statements - i, this::one))
                .collect(joining());
    }

    /** Statements of a block of their own; without the braces. */
    String block(int statements) {
        return draft.body().scoped(() -> some(statements));
    }

    private String one() {
        return draft.statement(this::any, this::use);
    }

    // Variables that are read late live across what stands between.
    private String use() {
        List<Variable> known = draft.body().variables().stream()
                .filter(variable -> !variable.isFunction())
                .toList();
        return known.isEmpty()
                ? "log(" + draft.place() + ");\n"
                : "log(show(" + draft.pick(known).name() + "));\n";
    }

    private String any() {
        int kind = draft.upTo(100);
        if (kind < 16) {
            return declaration();
        }
        if (kind < 26 && draft.body().assigns()) {
            return assignment();
        }
        if (kind < 34) {
            return "log(show(" + value(draft.type()) + "));\n";
        }
        if (kind < 41) {
            return branch();
        }
        if (kind < 53) {
            return loops.any();
        }
        if (kind < 65 && draft.body().tries()) {
            return tries.any();
        }
        if (kind < 72) {
            return switches.any();
        }
        if (kind < 78) {
            return jump();
        }
        if (kind < 82 && draft.body().suspends()) {
            return draft.calls.statement();
        }
        if (kind < 85) {
            return draft.lambdas.statement();
        }
        if (kind < 90) {
            return functional();
        }
        return draft.either(
                this::localClass,
                this::localRecord,
                draft.body().tries() ? this::monitor : this::assertion,
                this::assertion,
                this::labelled);
    }

    private String declaration() {
        Type type = draft.type();
        String name = draft.fresh("v");
        Use use = draft.pick(Use.FIXED, Use.ASSIGNED);
        String text = switch (draft.upTo(draft.body().tries() ? 5 : 3)) {
            case 0 -> {
                String condition = value(Type.BOOLEAN);
                yield type + " " + name + ";\nif (" + condition + ") {\n" + block(draft.upTo(2)) + name + " = "
                        + value(type) + ";\n} else {\n" + name + " = " + value(type) + ";\n}\n";
            }
            case 4 -> {
                use = Use.ASSIGNED;
                yield type + " " + name + ";\ntry {\n" + block(draft.upTo(2)) + name + " = " + value(type)
                        + ";\n} catch (" + draft.pick("RuntimeException", "Exception") + " " + draft.fresh("ex")
                        + ") {\n"
                        + name + " = " + value(type) + ";\n}\n";
            }
            case 2 -> "var " + name + " = " + draft.expressions.exact(type, value(type)) + ";\n";
            default -> type + " " + name + " = " + value(type) + ";\n";
        };
        draft.body().declare(type, name, use);
        return text;
    }

    private String functional() {
        Functional functional = draft.pick(Functional.ALL);
        String name = draft.fresh("fn");
        String text = functional.type() + " " + name + " = " + draft.lambdas.of(functional) + ";\n";
        draft.body().declare(functional.type(), name, Use.FIXED);
        return text;
    }

    private String assignment() {
        Operators operators = new Operators(draft);
        Type type = draft.type();
        if (operators.canCombine(type) && draft.chance(70)) {
            String target = draft.expressions.target(type);
            if (type.isNumber() && draft.chance(15)) {
                boolean same = target.matches("\\w+") && draft.chance(60); // i = i++ + f()
                return target + " = (" + type + ") ("
                        + (same ? target : draft.expressions.field(type)) + draft.pick("++", "--")
                        + " + " + value(type) + ");\n";
            }
            return operators.combined(target, type) + ";\n";
        }
        return draft.expressions.target(type) + " = " + value(type) + ";\n";
    }

    private String branch() {
        if (draft.chance(25) && draft.body().returns()) {
            String name = draft.fresh("q");
            Type type = draft.pick(Type.STRING, Type.BOXED_INT, Type.NODE);
            String text = "if (!(" + draft.expressions.exact(Type.OBJECT, value(Type.OBJECT)) + " instanceof " + type
                    + " " + name + ")) {\n" + block(1) + lastReturnOrThrow() + "}\n";
            draft.body().declare(type, name, Use.FIXED);
            return text;
        }
        String condition = value(Type.BOOLEAN);
        String then = block(1 + draft.upTo(2));
        String otherwise = switch (draft.upTo(3)) {
            case 0 -> "";
            case 1 -> " else {\n" + block(1) + (draft.chance(30) ? thrown() : "") + "}";
            default -> " else if (" + value(Type.BOOLEAN) + ") {\n" + block(1) + "} else {\n" + block(1) + "}";
        };
        return "if (" + condition + ") {\n" + then + "}" + otherwise + "\n";
    }

    String thrown() {
        return "throw new " + draft.pick("Problem", "IllegalStateException") + "(" + value(Type.STRING) + ");\n";
    }

    private String lastReturnOrThrow() {
        return draft.chance(70) ? lastReturn() + (draft.body().result == Type.VOID ? "return;\n" : "") : thrown();
    }

    /** What a body begins with that might come to call itself. */
    String guard() {
        Type type = draft.body().result;
        return "if (spent()) return" + (type == Type.VOID ? "" : " " + draft.expressions.simple(type)) + ";\n";
    }

    /** What a body ends with. */
    String lastReturn() {
        return draft.body().result == Type.VOID ? "" : "return " + value(draft.body().result) + ";\n";
    }

    /** Leaves the method or a statement around, maybe. */
    private String jump() {
        Body body = draft.body();
        List<Target> targets = body.targets();
        String condition = draft.expressions.seldom();
        String jump;
        if (!targets.isEmpty() && draft.chance(75)) {
            Target target = draft.pick(targets);
            boolean innermost = target == targets.get(targets.size() - 1);
            jump = target.continues() && (!target.breaks() || draft.chance(50)) ? "continue" : "break";
            boolean unlabelled = innermost && target.isImplied() && draft.chance(60);
            jump += unlabelled || target.label().isEmpty() ? ";\n" : " " + target.label() + ";\n";
        } else if (body.returns() && draft.chance(70)) {
            jump = body.result == Type.VOID ? "return;\n" : "return " + value(body.result) + ";\n";
        } else {
            jump = thrown();
        }
        return "if (" + condition + ") {\n" + block(draft.upTo(2)) + jump + "}\n";
    }

    private String localClass() {
        String name = draft.fresh("Local");
        Type field = draft.type();
        Type result = draft.type();
        Body body = draft.body().nested(result, true, true);
        Body constructor = draft.body().nested(Type.VOID, true, false);
        String argument = draft.fresh("x");
        String initial = draft.in(constructor, () -> value(Type.INT));
        body.declare(field, "own", Use.ASSIGNED);
        body.declare(Type.INT, argument, Use.FIXED);
        String code = draft.in(body, () -> guard() + some(1 + draft.upTo(2)) + lastReturn());
        String text =
                "class " + name + " {\n" + field + " own;\nfinal int initial = " + initial + ";\n" + name + "(" + field
                        + " own) {\nthis.own = own;\nlog(\"" + name + "\" + initial);\n}\n@Async " + result
                        + " call(int " + argument
                        + ") throws Exception {\n" + code + "}\n}\n";
        if (!draft.body().suspends()) {
            return text;
        }
        String object = "new " + name + "(" + value(field) + ")";
        return text + "log(show(" + object + ".call(" + value(Type.INT) + ")));\n";
    }

    private String localRecord() {
        String name = draft.fresh("Rec");
        Type first = draft.pick(Type.PRIMITIVES);
        Type second = draft.pick(Type.CLASSES);
        String text = "record " + name + "(" + first + " one, " + second + " two) {}\n";
        String object = "new " + name + "(" + value(first) + ", " + value(second) + ")";
        if (draft.release < 21 || draft.chance(40)) {
            return text + "log(show(" + object + "." + draft.pick("one()", "two()") + "));\n";
        }
        String one = draft.fresh("q");
        String two = draft.fresh("q");
        return text + "if (" + draft.expressions.exact(Type.OBJECT, object) + " instanceof " + name + "("
                + draft.pick("var ", first + " ") + one + ", "
                + "var " + two + ")) {\n"
                + draft.body().scoped(() -> {
                    draft.body().declare(first, one, Use.FIXED);
                    draft.body().declare(second, two, Use.FIXED);
                    return some(2);
                })
                + "}\n";
    }

    private String monitor() {
        String lock = draft.pick("LOCK", "LOCK", "new Object()", draft.main());
        return "synchronized (" + lock + ") {\n" + draft.body().plainly(() -> block(2)) + "}\n";
    }

    private String assertion() {
        return "assert " + (draft.chance(85) ? value(Type.BOOLEAN) + " | true" : value(Type.BOOLEAN)) + " : "
                + value(Type.STRING) + ";\n";
    }

    private String labelled() {
        String label = draft.fresh("block");
        return label + ": {\n" + draft.body().within(new Target(label, Target.Kind.BLOCK), () -> some(3)) + "}\n";
    }

    /** The parameters of a method, which its body then knows. */
    String parameters(Body body, Method method, boolean generic) {
        int last = method.parameters().size() - 1;
        return IntStream.rangeClosed(0, last)
                .mapToObj(i -> {
                    Type type = method.parameters().get(i);
                    String name = draft.fresh("a");
                    body.declare(type, name, draft.pick(Use.FIXED, Use.ASSIGNED));
                    String text = generic && i == 0 ? "T" : type.toString();
                    return (i == last && method.variable() ? text.replace("[]", "...") : text) + " " + name;
                })
                .collect(joining(", "));
    }
}
