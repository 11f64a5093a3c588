package dev.weft.agent.tests.random;

import static java.util.stream.Collectors.joining;

import dev.weft.agent.tests.random.Method.Home;
import dev.weft.agent.tests.random.Variable.Use;
import java.util.List;
import java.util.stream.Stream;

/** Writes expressions of any type; the static type of the text is exactly the type that was asked for, or a subclass. */
final class Expressions {
    private final Draft draft;
    private final Values values;
    private final Operators operators;
    private final SwitchExpressions switches;

    Expressions(Draft draft) {
        this.draft = draft;
        values = new Values(draft);
        operators = new Operators(draft);
        switches = new SwitchExpressions(draft);
    }

    String of(Type type) {
        return draft.expression(() -> complex(type), () -> simple(type));
    }

    private String complex(Type type) {
        int kind = draft.upTo(100);
        if (kind < 12) {
            return simple(type);
        }
        if (kind < 42) {
            return leaf(type);
        }
        if (kind < 48) {
            return exact(
                    type, "(" + of(Type.BOOLEAN) + " ? " + exact(type, of(type)) + " : " + exact(type, of(type)) + ")");
        }
        if (kind < 60) {
            return draft.calls.of(type);
        }
        if (kind < 64) {
            return "(" + exact(type, switches.of(type)) + ")";
        }
        if (kind < 72) {
            return changed(type);
        }
        if (kind < 76) {
            return type.isPrimitive() ? operators.of(type) : cast(type, "(Object) " + of(type));
        }
        if (kind < 82) {
            return draft.lambdas.called(type);
        }
        return type.isPrimitive() ? operators.of(type) : values.of(type);
    }

    /** A value that the trace shows, after a suspension where that is possible. */
    String leaf(Type type) {
        String value = draft.chance(50) ? simple(type) : of(type);
        if (draft.chance(40)) {
            value = "at(" + draft.place() + ", " + exact(type, value) + ")";
        }
        return draft.body().suspends() ? type.leaf() + "(" + exact(type, value) + ")" : value;
    }

    /** Something that can be assigned to: a variable, a field or an element of an array. */
    String target(Type type) {
        List<Variable> variables = draft.body()
                .variables(type)
                .filter(variable -> variable.use() == Use.ASSIGNED)
                .toList();
        if (!variables.isEmpty() && draft.chance(60)) {
            return draft.pick(variables).name();
        }
        boolean hasArrays = Type.ARRAYS.stream().anyMatch(array -> array.element() == type);
        if (hasArrays && draft.chance(50)) {
            return element(type);
        }
        return field(type);
    }

    String element(Type type) {
        Type array = Type.ARRAYS.stream()
                .filter(candidate -> candidate.element() == type)
                .findFirst()
                .orElseThrow();
        return "(" + of(array) + ")[" + index() + "]";
    }

    String field(Type type) {
        return switch (draft.upTo(4)) {
            case 0 -> "s_" + type.id();
            case 1 -> type.isPrimitive() ? "(" + of(Type.NODE) + ").n_" + type.id() : draft.main() + ".f_" + type.id();
            default -> hasFields() ? "f_" + type.id() : draft.main() + ".f_" + type.id();
        };
    }

    // Fields of the main class by their simple names.
    private boolean hasFields() {
        Body body = draft.body();
        return !body.isStatic && (body.home == Home.MAIN || body.home == Home.INNER);
    }

    String index() {
        return draft.chance(6) ? "(" + of(Type.INT) + " & 3)" : "(" + of(Type.INT) + " & 1)";
    }

    /** The same with a cast where the compiler would else infer a type of its own. */
    String exact(Type type, String text) {
        return type.isPrimitive() ? text : cast(type, text);
    }

    String cast(Type type, String text) {
        return "((" + type + ") (" + text + "))";
    }

    /** A condition that does not always hold when it might: what depends on it leaves the rest of the block. */
    String seldom() {
        return "(" + of(Type.BOOLEAN) + (draft.chance(50) ? " && fuel % 3 == 0)" : " & fuel % 4 == 1)");
    }

    /** A condition that is no constant and assigns nothing. */
    String guard() {
        return draft.in(draft.body().guard(), () -> "at(" + draft.place() + ", " + of(Type.BOOLEAN) + ")");
    }

    private String changed(Type type) {
        if (!draft.body().assigns()) {
            return leaf(type);
        }
        if (draft.chance(30) || !operators.canCombine(type)) {
            return "(" + target(type) + " = " + of(type) + ")";
        }
        return "(" + operators.combined(target(type), type) + ")";
    }

    /** A variable or a literal. */
    String simple(Type type) {
        List<Variable> known = draft.body().variables(type).toList();
        if (!known.isEmpty() && draft.chance(75)) {
            return draft.pick(known).name();
        }
        return values.literal(type);
    }

    /** A literal that does not depend on what happened before. */
    String constant(Type type) {
        return values.constant(type);
    }

    /** As arguments of a call. */
    String arguments(Stream<Type> types) {
        return types.map(this::of).collect(joining(", "));
    }
}
