package dev.weft;

import java.util.Collections;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The values of {@link ContextVar}s, for code that runs in it.
 *
 * <p>A task has a context of its own, a copy of its creator's, unless it is given one that it shall share:
 *
 * <pre>{@code
 * Context session = Context.copy();
 * createTask(TaskOptions.DEFAULT.context(session), () -> login());
 * session.run(() -> System.out.println(USER.get())); // sees what the task has set
 * }</pre>
 *
 * <p>Copies cost nothing: they share their values until one of them changes. A context is used by one thread at a time.
 */
public final class Context {
    /** Replaced by those who set variables while they run in this context. */
    Bindings bindings;

    private final AtomicBoolean entered = new AtomicBoolean(); // by run(), on any thread

    Context(Bindings bindings) {
        this.bindings = bindings;
    }

    /** A copy of the context of the calling code. */
    public static Context copy() {
        return new Context(CurrentContext.bindings());
    }

    /** A context without values. */
    public static Context empty() {
        return new Context(Bindings.NONE);
    }

    /**
     * Runs {@code action} at once, in this context: what it sets is kept here.
     *
     * @throws IllegalStateException if the calling code, or another thread, runs in this context already
     */
    public void run(Runnable action) {
        Object outer = enter();
        try {
            action.run();
        } finally {
            exit(outer);
        }
    }

    /**
     * The same for code with a value.
     *
     * @return what {@code action} returns
     * @throws java.util.concurrent.CompletionException with what {@code action} throws as the cause, if that is a checked
     *     exception
     */
    public <T extends @Nullable Object> T run(Callable<T> action) {
        Object outer = enter();
        try {
            return action.call();
        } catch (Exception e) {
            throw Failures.unchecked(e);
        } finally {
            exit(outer);
        }
    }

    private @Nullable Object enter() {
        Object outer = CurrentContext.get();
        if (outer == this || !entered.compareAndSet(false, true)) {
            throw new IllegalStateException("Cannot enter the context, as it is entered already: " + this
                    + ". Call the code directly, or in a copy.");
        }
        CurrentContext.set(this);
        return outer;
    }

    private void exit(@Nullable Object outer) {
        CurrentContext.set(outer);
        entered.set(false);
    }

    /** The variable's value in this context; null if it is not set here, whatever its default. */
    @SuppressWarnings("unchecked") // only values of type T are set
    public <T> @Nullable T get(ContextVar<T> variable) {
        return (T) bindings.get(variable, null);
    }

    /** The variable's value in this context, or else {@code fallback}. */
    @SuppressWarnings({"unchecked", "NullAway"}) // only values of type T are set
    public <T extends @Nullable Object> T getOrDefault(ContextVar<T> variable, T fallback) {
        return (T) bindings.get(variable, fallback);
    }

    /** Whether the variable is set in this context. */
    public boolean contains(ContextVar<?> variable) {
        return bindings.contains(variable);
    }

    /** The variables that are set in this context now. */
    public Set<ContextVar<?>> variables() {
        return Collections.unmodifiableSet(bindings.variables());
    }

    /** How many variables are set in this context. */
    public int size() {
        return bindings.size();
    }

    @Override
    public String toString() {
        return "<Context " + bindings + ">";
    }
}
