package dev.weft.agent.tests.random;

import static java.util.stream.Collectors.joining;

import dev.weft.agent.tests.random.Method.Home;
import dev.weft.agent.tests.random.Variable.Use;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes lambdas, method references and classes without a name. */
final class Lambdas {
    private final Draft draft;

    Lambdas(Draft draft) {
        this.draft = draft;
    }

    private Expressions expressions() {
        return draft.expressions;
    }

    /** The value that a lambda gives when it is called on the spot, or a variable that holds one. */
    String called(Type type) {
        List<Functional> candidates = callable().stream()
                .filter(functional -> functional.result().unboxed() == type.unboxed())
                .toList();
        if (candidates.isEmpty()) {
            return expressions().leaf(type);
        }
        return expressions().cast(type, call(draft.pick(candidates)));
    }

    /** A call as a statement. */
    String statement() {
        return call(draft.pick(callable())) + ";\n";
    }

    private List<Functional> callable() {
        return draft.body().suspends() ? Functional.ALL : Functional.PLAIN;
    }

    private String call(Functional functional) {
        List<Variable> known = draft.body().variables(functional.type()).toList();
        String receiver =
                !known.isEmpty() && draft.chance(75) ? draft.pick(known).name() : of(functional);
        if (functional.suspends()
                && functional.method().equals("run")
                && functional.result() != Type.VOID
                && draft.chance(40)) {
            return "go(" + receiver + ")";
        }
        if (functional.suspends() && draft.chance(20)) {
            receiver = "p(" + receiver + ")";
        }
        return receiver + "." + functional.method() + "(" + expressions().arguments(functional.parameters().stream())
                + ")";
    }

    /** A lambda or method reference as an expression. */
    String of(Functional functional) {
        if (draft.chance(30)) {
            String reference = reference(functional);
            if (reference != null) {
                return "((" + functional.type() + ") " + reference + ")";
            }
        }
        if (draft.chance(15)) {
            return draft.expression(
                    () -> implementation(functional),
                    () -> "((" + functional.type() + ") " + trivial(functional) + ")");
        }
        String marker = functional.type().startsWith("Coroutine") && draft.chance(8) ? " & java.io.Serializable" : "";
        return draft.expression(
                () -> "((" + functional.type() + marker + ") " + lambda(functional) + ")",
                () -> "((" + functional.type() + ") " + trivial(functional) + ")");
    }

    private String trivial(Functional functional) {
        String parameters = functional.parameters().stream()
                .map(parameter -> draft.fresh("x"))
                .collect(joining(", "));
        return "(" + parameters + ") -> "
                + (functional.result() == Type.VOID
                        ? "{ log(" + draft.place() + "); }"
                        : draft.in(
                                draft.body().nested(functional.result(), false, functional.suspends()),
                                () -> expressions().simple(functional.result())));
    }

    private String lambda(Functional functional) {
        Body body = draft.body().nested(functional.result(), false, functional.suspends());
        String parameters = parameters(body, functional, draft.pick("implicit", "typed", "var"));
        return draft.in(body, () -> {
            boolean isVoid = functional.result() == Type.VOID;
            if (draft.chance(35)) {
                String text = isVoid
                        ? body.suspends()
                                ? draft.pick("v()", "i(3)", "l(4L)")
                                : "log(" + expressions().of(Type.INT) + ")"
                        : expressions().of(functional.result());
                return parameters + " -> " + text;
            }
            String statements = draft.statements.some(1 + draft.upTo(3));
            return parameters + " -> {\n" + statements + draft.statements.lastReturn() + "}";
        });
    }

    /** The same by a class without a name. */
    private String implementation(Functional functional) {
        Body body = draft.body().nested(functional.result(), true, functional.suspends());
        String parameters = parameters(body, functional, "typed");
        return draft.in(
                body,
                () -> "new " + functional.type() + "() {\n"
                        + (functional.suspends() ? draft.pick("@Async ", "@Override ") : "")
                        + "public " + functional.result() + " " + functional.method() + parameters
                        + (functional.suspends() ? " throws Exception" : "") + " {\n" + draft.statements.guard()
                        + draft.statements.some(1 + draft.upTo(3)) + draft.statements.lastReturn() + "}\n}");
    }

    private String parameters(Body body, Functional functional, String style) {
        return functional.parameters().stream()
                .map(type -> {
                    String name = draft.fresh("x");
                    body.declare(type, name, draft.pick(Use.FIXED, Use.ASSIGNED));
                    return style.equals("implicit") ? name : (style.equals("var") ? "var " : type + " ") + name;
                })
                .collect(joining(", ", "(", ")"));
    }

    private @Nullable String reference(Functional functional) {
        if (!functional.suspends()) {
            return functional.type().equals("Function<String, String>")
                    ? draft.pick("String::trim", "(" + expressions().of(Type.STRING) + ")::concat")
                    : null;
        }
        List<Type> parameters = functional.parameters();
        List<String> found = new ArrayList<>();
        for (Method method : draft.methods) {
            if (method.fits(functional, parameters)) {
                String receiver = draft.calls.receiver(method);
                found.add((receiver.isEmpty() ? draft.calls.owner(method) : receiver) + method.name());
            }
            boolean unbound = !parameters.isEmpty() && parameters.get(0) == Type.NODE && method.home() == Home.NODE;
            if (unbound && !method.isStatic() && method.fits(functional, parameters.subList(1, parameters.size()))) {
                found.add("Node." + method.name());
            }
        }
        Method overridden = draft.body().overridden;
        boolean hasSuper = overridden != null && overridden.home() != Home.TRAIT && !draft.body().inClass;
        if (hasSuper && overridden.fits(functional, parameters)) {
            found.add("super." + overridden.name());
        }
        if (functional.type().equals("AsyncFunction<Integer, Node>")) {
            found.add("Node.new");
        }
        if (functional.result() == Type.INTS) {
            found.add("int[].new");
        }
        if (found.isEmpty()) {
            return null;
        }
        String reference = draft.pick(found);
        int dot = reference.lastIndexOf('.');
        return reference.substring(0, dot) + "::" + reference.substring(dot + 1);
    }

    /** A subclass of Node that overrides one of its methods, with what it captures. */
    String anonymousNode(String arguments) {
        List<Method> candidates = draft.methods.stream()
                .filter(method -> method.home() == Home.NODE && !method.isStatic())
                .toList();
        StringBuilder text = new StringBuilder("new Node(" + arguments + ") {\n");
        String field = draft.fresh("extra");
        text.append("final int ")
                .append(field)
                .append(" = ")
                .append(initializer())
                .append(";\n");
        text.append("public String toString() { return \"anonymous\" + ")
                .append(field)
                .append("; }\n");
        if (!candidates.isEmpty()) {
            text.append(override(draft.pick(candidates)));
        }
        return text.append("}").toString();
    }

    private String initializer() {
        return draft.in(
                draft.body().nested(Type.VOID, true, false),
                () -> draft.body().enclosed(true, () -> expressions().of(Type.INT)));
    }

    private String override(Method method) {
        Body body = draft.body().nested(method.result(), true, true);
        String parameters = draft.statements.parameters(body, method, false);
        return draft.in(
                body,
                () -> draft.statement(
                        () -> (draft.chance(50) ? "@Override @Async " : "") + method.result() + " " + method.name()
                                + "("
                                + parameters + ") throws Exception {\n" + draft.statements.guard()
                                + draft.statements.some(2)
                                + draft.statements.lastReturn() + "}\n",
                        () -> ""));
    }

    String anonymousObject() {
        Body body = draft.body().nested(Type.STRING, true, false);
        return draft.in(
                body,
                () -> "new Object() { public String toString() { if (spent()) return \"spent\"; return "
                        + expressions().of(Type.STRING) + "; } }");
    }
}
