package dev.weft.agent.tests.random;

import static java.util.stream.Collectors.joining;

import dev.weft.agent.tests.random.Method.Declaration;
import dev.weft.agent.tests.random.Method.Home;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Writes calls of the program's methods from wherever the pen is. */
final class Calls {
    private final Draft draft;

    Calls(Draft draft) {
        this.draft = draft;
    }

    /** A call that gives such a value, or something simpler where none can be made. */
    String of(Type type) {
        Body body = draft.body();
        if (!body.suspends()) {
            return draft.expressions.cast(
                    type, "same(" + draft.expressions.exact(type, draft.expressions.of(type)) + ")");
        }
        Method overridden = body.overridden;
        if (overridden != null && overridden.result() == type && draft.chance(40)) {
            return ofSuper(overridden);
        }
        if (draft.chance(10) && (type.isBox() && type != Type.BOXED_BOOLEAN || type == Type.STRING)) {
            return "larger(" + draft.expressions.exact(type, draft.expressions.of(type)) + ", "
                    + draft.expressions.exact(type, draft.expressions.of(type)) + ")";
        }
        Predicate<Method> fits = type == Type.OBJECT
                ? method -> !method.result().isArray() && method.result() != Type.VOID
                : type.isNumber() ? method -> method.result().isNumber() : method -> method.result() == type;
        List<Method> candidates = draft.methods.stream().filter(fits).toList();
        if (candidates.isEmpty()) {
            return draft.expressions.leaf(type);
        }
        Method method = chosen(candidates);
        String call = call(method);
        return method.result() == type ? call : "((" + type + ") " + call + ")";
    }

    /** A call as a statement. */
    String statement() {
        Method method = chosen(draft.methods);
        boolean shown =
                method.result() != Type.VOID && (method.declaration() == Declaration.COVARIANT || draft.chance(60));
        return shown ? "log(show(" + call(method) + "));\n" : call(method) + ";\n";
    }

    // Calls that go forward end; those that go back or to the same method run out of fuel.
    private Method chosen(List<Method> candidates) {
        List<Method> later = candidates.stream()
                .filter(method -> method.number() > draft.body().number)
                .toList();
        return draft.pick(later.isEmpty() || draft.chance(15) ? candidates : later);
    }

    private String ofSuper(Method method) {
        Body body = draft.body();
        String qualifier = switch (method.home()) {
            case TRAIT -> "Trait.";
            default -> body.inClass ? (method.home() == Home.NODE ? "SubNode." : "Main.") : "";
        };
        if (body.inClass && method.home() == Home.TRAIT || body.inClass && method.home() == Home.COLOR) {
            return call(method);
        }
        return qualifier + "super." + method.name() + "(" + arguments(method) + ")";
    }

    String call(Method method) {
        if (method.declaration() == Declaration.COVARIANT && draft.chance(50)) {
            return "((" + method.result() + ") ((Base<String>) " + draft.main() + ")." + method.name() + "("
                    + arguments(method) + "))";
        }
        return receiver(method) + method.name() + "(" + arguments(method) + ")";
    }

    private String arguments(Method method) {
        if (!method.variable()) {
            return draft.expressions.arguments(method.parameters().stream());
        }
        int fixed = method.parameters().size() - 1;
        Type array = method.parameters().get(fixed);
        Stream<Type> last = draft.chance(30)
                ? Stream.of(array)
                : IntStream.range(0, draft.upTo(4)).mapToObj(i -> array.element());
        return Stream.concat(method.parameters().subList(0, fixed).stream(), last)
                .map(draft.expressions::of)
                .collect(joining(", "));
    }

    /** What stands before the method's name, with the dot; the call has its receiver first, then the arguments. */
    String receiver(Method method) {
        Body body = draft.body();
        if (method.isStatic()) {
            return nameOf(method.home()) + ".";
        }
        boolean inMain = body.home == Home.MAIN || body.home == Home.INNER;
        boolean own = !body.isStatic
                && (body.home == method.home() || inMain && method.home().isOfMain() && !hidden(method));
        if (own && draft.chance(70) && !(body.home == Home.COLOR && body.overridden != null)) {
            boolean thisIsIt = !body.inClass && (body.home != Home.INNER || method.home() == Home.INNER);
            return thisIsIt && draft.chance(50) ? (draft.chance(30) ? "p(this)." : "this.") : "";
        }
        return switch (method.home()) {
            case MAIN ->
                method.declaration() == Declaration.GENERIC && draft.chance(50)
                        ? "((Base<String>) " + draft.main() + ")."
                        : draft.main() + ".";
            case BASE -> "((Base<String>) " + draft.main() + ").";
            case TRAIT -> "((Trait) " + draft.main() + ").";
            case INNER ->
                draft.main() + ".new Inner(" + draft.expressions.arguments(Stream.of(Type.INT, Type.LONG, Type.STRING))
                        + ").";
            case NODE -> "(" + draft.expressions.of(Type.NODE) + ").";
            case PAIR -> "(" + draft.expressions.of(Type.PAIR) + ").";
            case COLOR -> "(" + draft.expressions.of(Type.COLOR) + ").";
        };
    }

    /** The innermost object around the pen that has a method of which {@link #receiver} tells that it needs none. */
    String owner(Method method) {
        Body body = draft.body();
        boolean outer = body.home == Home.INNER && method.home().isOfMain();
        boolean inSubclass = body.home == Home.NODE && body.overridden != null;
        return (outer ? "Main" : inSubclass ? "SubNode" : nameOf(body.home)) + ".this.";
    }

    // Private members are not inherited.
    private boolean hidden(Method method) {
        return method.home() != Home.MAIN && method.modifier().isPrivate();
    }

    String nameOf(Home home) {
        return switch (home) {
            case MAIN -> "Main";
            case BASE -> "Base";
            case TRAIT -> "Trait";
            case INNER -> "Main.Inner";
            case NODE -> "Node";
            case PAIR -> "Pair";
            case COLOR -> "Color";
        };
    }
}
