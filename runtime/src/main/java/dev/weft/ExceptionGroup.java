package dev.weft;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Several failures at once: what a {@link TaskGroup} throws. Each is also listed as suppressed.
 *
 * <p>Groups may hold groups. Whoever can deal with some of the failures takes those out and throws the rest on:
 *
 * <pre>{@code
 * try {
 *     taskGroup(group -> { ... });
 * } catch (ExceptionGroup failures) {
 *     ExceptionGroup.Split split = failures.split(IOException.class);
 *     if (split.matching() != null) {
 *         System.out.println("network trouble: " + split.matching().exceptions());
 *     }
 *     if (split.rest() != null) {
 *         throw split.rest();
 *     }
 * }
 * }</pre>
 */
public final class ExceptionGroup extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String text;

    @SuppressWarnings("serial") // made by List.copyOf
    private final List<Throwable> exceptions;

    /**
     * A group of at least one failure.
     *
     * @throws IllegalArgumentException if there is none
     */
    public ExceptionGroup(String message, List<? extends Throwable> exceptions) {
        super(message + " (" + exceptions.size() + (exceptions.size() == 1 ? " sub-exception)" : " sub-exceptions)"));
        if (exceptions.isEmpty()) {
            throw new IllegalArgumentException("A group needs at least one exception.");
        }
        text = message;
        this.exceptions = List.copyOf(exceptions);
        this.exceptions.forEach(this::addSuppressed);
    }

    /** The failures, in the order in which they happened. */
    public List<Throwable> exceptions() {
        return exceptions;
    }

    /** The first failure of a type, also within nested groups; null if there is none. */
    public <X extends Throwable> @Nullable X firstOf(Class<X> type) {
        for (Throwable exception : exceptions) {
            if (isOf(type, exception)) {
                return type.cast(exception);
            }
            X nested = exception instanceof ExceptionGroup group ? group.firstOf(type) : null;
            if (nested != null) {
                return nested;
            }
        }
        return null;
    }

    /**
     * Takes the failures of a type out of this group and of the groups within. Both parts have the nesting, the messages
     * and the stack traces of this group, which stays as it is. A group itself counts as a failure of no type but its own.
     */
    public Split split(Class<? extends Throwable> type) {
        return split((Throwable exception) -> isOf(type, exception));
    }

    /** The same by a condition. It is asked about groups too, the outermost first; one that meets it is taken whole. */
    public Split split(Predicate<? super Throwable> condition) {
        if (condition.test(this)) {
            return new Split(this, null);
        }
        List<Throwable> matching = new ArrayList<>();
        List<Throwable> rest = new ArrayList<>();
        for (Throwable exception : exceptions) {
            if (exception instanceof ExceptionGroup group) {
                Split nested = group.split(condition);
                addIfAny(matching, nested.matching);
                addIfAny(rest, nested.rest);
            } else {
                (condition.test(exception) ? matching : rest).add(exception);
            }
        }
        return new Split(with(matching), with(rest));
    }

    /** What {@link #split(Class)} takes out; null for nothing. */
    public @Nullable ExceptionGroup subgroup(Class<? extends Throwable> type) {
        return split(type).matching;
    }

    /** What {@link #split(Predicate)} takes out; null for nothing. */
    public @Nullable ExceptionGroup subgroup(Predicate<? super Throwable> condition) {
        return split(condition).matching;
    }

    private static boolean isOf(Class<? extends Throwable> type, Throwable exception) {
        return type.isInstance(exception) && (type == ExceptionGroup.class || !(exception instanceof ExceptionGroup));
    }

    private static void addIfAny(List<Throwable> exceptions, @Nullable ExceptionGroup group) {
        if (group != null) {
            exceptions.add(group);
        }
    }

    /** A group like this one of some of its failures: this one of all, null of none. */
    private @Nullable ExceptionGroup with(List<Throwable> some) {
        if (some.isEmpty() || some.equals(exceptions)) {
            return some.isEmpty() ? null : this;
        }
        ExceptionGroup group = new ExceptionGroup(text, some);
        group.setStackTrace(getStackTrace());
        if (getCause() != null) {
            group.initCause(getCause());
        }
        for (Throwable suppressed : getSuppressed()) {
            if (!exceptions.contains(suppressed)) {
                group.addSuppressed(suppressed);
            }
        }
        return group;
    }

    /**
     * A group in two parts.
     *
     * @param matching the failures that were asked for; null if there are none
     * @param rest the others; null if there are none
     */
    public record Split(
            @Nullable ExceptionGroup matching, @Nullable ExceptionGroup rest) {}
}
