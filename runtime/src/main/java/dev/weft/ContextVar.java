package dev.weft;

import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A variable that has a value of its own in each task: what thread-locals are to threads.
 *
 * <pre>{@code
 * static final ContextVar<String> REQUEST = ContextVar.named("request");
 *
 * REQUEST.where("r-17", () -> handle(connection)); // set in handle, and in the tasks that it starts
 * log(REQUEST.orElse("none"));
 * }</pre>
 *
 * <p>A task begins with the values of whoever creates it. From then on both go their own ways: what one of them sets the
 * other does not see. The same holds for callbacks of a loop, from the moment at which they are registered. Code that runs
 * outside of any loop has the values of its thread, which begins with none. See {@link Context} for more.
 *
 * <p>Variables are meant to be constants: a context holds those that were set in it.
 *
 * @param <T> what it holds; null may be a value
 */
public final class ContextVar<T extends @Nullable Object> {
    private static final Object NONE = new Object();
    private static final AtomicInteger COUNT = new AtomicInteger();

    /** Where it stands in {@link Bindings}. */
    final int number = COUNT.incrementAndGet();

    private final String name;
    private final @Nullable Object defaultValue;

    private ContextVar(String name, @Nullable Object defaultValue) {
        this.name = name;
        this.defaultValue = defaultValue;
    }

    /** A variable that has no value before one is set. */
    public static <T extends @Nullable Object> ContextVar<T> named(String name) {
        return new ContextVar<>(name, NONE);
    }

    /** A variable that has {@code value} as long as no other is set. */
    public static <T extends @Nullable Object> ContextVar<T> withDefault(String name, T value) {
        return new ContextVar<>(name, value);
    }

    /** What it was named. */
    public String name() {
        return name;
    }

    /**
     * Its value in the current context, or else its default.
     *
     * @throws NoSuchElementException if it has neither
     */
    @SuppressWarnings({"unchecked", "NullAway"}) // only values of type T are set
    public T get() {
        Object value = CurrentContext.bindings().get(this, defaultValue);
        if (value == NONE) {
            throw new NoSuchElementException(this + " has no value in the current context, and no default. "
                    + "Set it before, call get(fallback), or declare it with ContextVar.withDefault(...).");
        }
        return (T) value;
    }

    /** Its value in the current context, or else {@code fallback}; its default is not asked for. */
    @SuppressWarnings({"unchecked", "NullAway"}) // only values of type T are set
    public T get(T fallback) {
        return (T) CurrentContext.bindings().get(this, fallback);
    }

    /** The same as {@link #get(Object)}. */
    public T orElse(T fallback) {
        return get(fallback);
    }

    /** Whether it has a value in the current context; a default is none. */
    public boolean isSet() {
        return CurrentContext.bindings().get(this, NONE) != NONE;
    }

    /**
     * Sets it in the current context, for the calling code and the tasks and callbacks that this starts later.
     *
     * @return what {@link #reset} takes to undo it
     */
    public Token<T> set(T value) {
        Context context = CurrentContext.own();
        Object before = context.bindings.get(this, NONE);
        context.bindings = context.bindings.with(this, value);
        return new Token<>(this, context, before);
    }

    /**
     * Gives it back the value that it had before the {@link #set} that gave the token, none included.
     *
     * @throws IllegalStateException if the token was used already
     * @throws IllegalArgumentException if it comes from another variable or another context
     */
    public void reset(Token<T> token) {
        if (token.used) {
            throw new IllegalStateException(token + " has already been used once. A token undoes one call of set.");
        }
        if (token.variable != this) {
            throw new IllegalArgumentException(token + " was created by a different variable than " + this + ".");
        }
        if (CurrentContext.get() != token.context) {
            throw new IllegalArgumentException(
                    token + " was created in a different context: by another task, callback or"
                            + " thread. What was set there is not seen here.");
        }
        token.undo();
    }

    /** Runs {@code body} within the calling code, with {@code value}; afterwards the value is what it was before. */
    @Async
    public <R> R where(T value, Coroutine<R> body) {
        Token<T> token = set(value);
        try {
            return body.await();
        } finally {
            token.undo();
        }
    }

    /** The same for a body without a value. */
    @Async
    public void where(T value, AsyncRunnable body) {
        Token<T> token = set(value);
        try {
            body.run();
        } catch (Exception e) {
            throw Failures.unchecked(e);
        } finally {
            token.undo();
        }
    }

    @Override
    public String toString() {
        return "<ContextVar name='" + name + "'" + (defaultValue == NONE ? "" : " default=" + defaultValue) + ">";
    }

    /**
     * Undoes one call of {@link ContextVar#set}; closing it does so too:
     *
     * <pre>{@code
     * try (var token = REQUEST.set("r-17")) {
     *     handle(connection);
     * }
     * }</pre>
     */
    public static final class Token<T extends @Nullable Object> implements AutoCloseable {
        private final ContextVar<T> variable;
        private final Context context;
        private final @Nullable Object before;
        private boolean used;

        private Token(ContextVar<T> variable, Context context, @Nullable Object before) {
            this.variable = variable;
            this.context = context;
            this.before = before;
        }

        /** The variable that was set. */
        public ContextVar<T> variable() {
            return variable;
        }

        /** As {@link ContextVar#reset}, but does nothing if the token was used already. */
        @Override
        public void close() {
            if (!used) {
                variable.reset(this);
            }
        }

        private void undo() {
            used = true;
            Bindings bindings = context.bindings;
            context.bindings = before == NONE ? bindings.without(variable) : bindings.with(variable, before);
        }

        @Override
        public String toString() {
            return "<Token" + (used ? " used" : "") + " of " + variable + ">";
        }
    }
}
