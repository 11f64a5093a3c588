package dev.weft.agent.tests.random;

import static java.util.stream.Collectors.joining;

import dev.weft.agent.tests.random.Body.Target;
import dev.weft.agent.tests.random.Method.Declaration;
import dev.weft.agent.tests.random.Method.Home;
import dev.weft.agent.tests.random.Method.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Decides which methods there are, and writes them. */
final class Declarations {
    private final Draft draft;
    private final Size size;

    Declarations(Draft draft, Size size) {
        this.draft = draft;
        this.size = size;
    }

    /** First of all: calls may then lead to any of them. */
    void invent() {
        for (int number = 0; number < size.methods(); number++) {
            draft.methods.add(invented(number));
        }
    }

    private Method invented(int number) {
        Home home = draft.pick(Home.MAIN, Home.MAIN, Home.MAIN, draft.pick(Home.values()));
        Declaration declaration = declaration(home);
        boolean canBePrivate = home.isOfMain() && declaration == Declaration.OWN;
        Modifier modifier = declaration != Declaration.OWN
                ? Modifier.NONE
                : draft.pick(
                        Modifier.STATIC,
                        Modifier.NONE,
                        canBePrivate ? Modifier.PRIVATE : Modifier.NONE,
                        Modifier.PRIVATE_STATIC);
        List<Type> parameters = new ArrayList<>();
        Type result = draft.chance(12) ? Type.VOID : draft.type();
        boolean variable = false;
        if (draft.chance(35)) { // something that a method reference can name
            Functional functional = draft.pick(Functional.SUSPENDING);
            functional.parameters().forEach(type -> parameters.add(draft.chance(50) ? type.unboxed() : type));
            result = draft.chance(50) ? functional.result().unboxed() : functional.result();
            if (home == Home.NODE && !parameters.isEmpty() && parameters.get(0) == Type.NODE) {
                parameters.remove(0);
            }
        } else {
            for (int count = draft.chance(4) ? 12 : draft.upTo(4); count > 0; count--) {
                parameters.add(draft.type());
            }
            variable = draft.chance(15);
            if (variable) {
                parameters.add(draft.pick(Type.INTS, Type.STRINGS, Type.LONGS));
            }
        }
        if (declaration == Declaration.GENERIC) {
            result = Type.STRING;
            parameters.add(0, Type.STRING);
        }
        if (declaration == Declaration.COVARIANT) {
            result = draft.pick(Type.STRING, Type.NODE, Type.BOXED_LONG, Type.INTS);
        }
        return new Method(number, home, modifier, result, List.copyOf(parameters), variable, declaration);
    }

    private Declaration declaration(Home home) {
        return switch (home) {
            case MAIN ->
                draft.chance(65)
                        ? Declaration.OWN
                        : draft.pick(Declaration.ABSTRACT, Declaration.COVARIANT, Declaration.GENERIC);
            case BASE, TRAIT, NODE, COLOR -> draft.pick(Declaration.OWN, Declaration.OVERRIDDEN);
            default -> Declaration.OWN;
        };
    }

    /** The methods of a class or interface, in its own body. */
    String members(Home home) {
        return methods(home)
                .map(method -> annotation(100) + method(method, home, false))
                .collect(joining());
    }

    /** In a subtype: the bodies that override those of the supertype. */
    String overriding(Home home, int percent) {
        return methods(home)
                .filter(method -> method.declaration() == Declaration.OVERRIDDEN && draft.chance(percent))
                .map(method -> annotation(60) + method(method, home.isOfMain() ? Home.MAIN : home, true))
                .collect(joining());
    }

    /** In a supertype: what the methods of the main class implement. */
    String abstractMembers(Home home) {
        return methods(Home.MAIN)
                .filter(method -> method.declaration() != Declaration.OWN && supertype(method) == home)
                .map(method -> {
                    Type result = method.declaration() == Declaration.COVARIANT ? Type.OBJECT : method.result();
                    boolean generic = method.declaration() == Declaration.GENERIC;
                    return "@Async " + (home == Home.BASE ? "abstract " : "") + (generic ? "T" : result) + " "
                            + method.name() + "("
                            + draft.statements.parameters(Body.of(method, home, null), method, generic)
                            + ") throws Exception;\n";
                })
                .collect(joining());
    }

    private static Home supertype(Method method) {
        return method.declaration() == Declaration.ABSTRACT && method.number() % 2 == 0 ? Home.TRAIT : Home.BASE;
    }

    private Stream<Method> methods(Home home) {
        return draft.methods.stream().filter(method -> method.home() == home);
    }

    private String annotation(int percent) {
        return draft.chance(percent) ? "@Async " : "";
    }

    private String method(Method method, Home place, boolean overrides) {
        Body body = Body.of(method, place, overrides ? method : null);
        String parameters = draft.statements.parameters(body, method, false);
        boolean inherited = method.declaration() != Declaration.OWN && place == Home.MAIN && !overrides;
        String head = modifiers(method, place, overrides || inherited) + method.result() + " " + method.name() + "("
                + parameters + ") throws Exception {\n";
        return draft.in(
                body,
                () -> draft.withBudget(
                        size.parts(method.number()), () -> head + body(method, size.locals(method.number())) + "}\n"));
    }

    private static String modifiers(Method method, Home place, boolean inherited) {
        String text = switch (method.modifier()) {
            case STATIC -> "static ";
            case PRIVATE_STATIC -> "private static ";
            case PRIVATE -> "private ";
            case NONE -> place == Home.TRAIT ? "default " : inherited ? "public " : "";
        };
        return inherited ? "@Override " + text : text;
    }

    private String body(Method method, int locals) {
        Expressions expressions = draft.expressions;
        boolean isVoid = method.result() == Type.VOID;
        String dummy = isVoid ? "" : " " + expressions.simple(method.result());
        StringBuilder text = new StringBuilder("if (spent()) return" + dummy + ";\n");
        List<String> names = new ArrayList<>();
        for (int i = 0; i < locals; i++) {
            Type type = draft.pick(Type.PRIMITIVES);
            String name = draft.fresh("w");
            names.add(name);
            text.append(type)
                    .append(' ')
                    .append(name)
                    .append(" = ")
                    .append(i % 40 == 0 ? expressions.leaf(type) : expressions.simple(type))
                    .append(";\n");
            draft.body().declare(type, name, draft.pick(Variable.Use.values()));
        }
        text.append(draft.statements.some(size.statements(method.number())));
        for (String name : names) {
            text.append("log(").append(name).append(");\n");
        }
        return text + (!isVoid && draft.chance(5) ? forever(method, dummy) : draft.statements.lastReturn());
    }

    // Ends without a statement that could be reached by falling through.
    private String forever(Method method, String dummy) {
        Target target = new Target("", Target.Kind.FOREVER);
        return "for (;;) {\nif (spent()) return" + dummy + ";\n"
                + draft.body().within(target, () -> draft.statements.some(2))
                + "if (" + draft.expressions.of(Type.BOOLEAN) + ") return " + draft.expressions.of(method.result())
                + ";\n}\n";
    }

    /** Static methods that call each of the others. */
    String starts() {
        return draft.methods.stream()
                .map(method -> {
                    Method start =
                            new Method(-1, Home.MAIN, Modifier.STATIC, Type.VOID, List.of(), false, Declaration.OWN);
                    return draft.in(Body.of(start, Home.MAIN, null), () -> draft.withBudget(12, () -> start(method)));
                })
                .collect(joining());
    }

    private String start(Method method) {
        String call = draft.calls.call(method);
        return "@Async static void start" + method.number() + "() throws Exception {\nfuel = " + (20 + draft.upTo(40))
                + ";\ntry {\n"
                + (method.result() == Type.VOID ? call + ";\n" : "log(show(" + call + "));\n") + "} catch ("
                + draft.pick("Exception", "Exception", "Throwable") + " ex) {\nlog(told(ex));\n}\n}\n";
    }

    /** A field for each type. */
    String fields(String prefix) {
        return Arrays.stream(Type.values())
                .filter(type -> type != Type.VOID)
                .map(type -> prefix.replace("TYPE", type.toString()) + type.id() + ";\n")
                .collect(joining());
    }

    /** Assigns the fields of all types. */
    String initial(String prefix) {
        Method method = new Method(-1, Home.MAIN, Modifier.STATIC, Type.VOID, List.of(), false, Declaration.OWN);
        return draft.in(
                Body.of(method, Home.MAIN, null),
                () -> Arrays.stream(Type.values())
                        .filter(type -> type != Type.VOID && type != Type.NODE && type != Type.PAIR)
                        .map(type -> prefix + type.id() + " = " + draft.expressions.constant(type) + ";\n")
                        .collect(joining()));
    }

    /** Shows the fields of all types. */
    String shown(String prefix) {
        return Arrays.stream(Type.values())
                .filter(type -> type != Type.VOID)
                .map(type -> "log(show(" + prefix + type.id() + "));\n")
                .collect(joining());
    }
}
