package dev.weft;

import org.jspecify.annotations.Nullable;

/**
 * How a computation ended: with a value, or with an exception.
 *
 * @param value the value; null if there is an exception
 * @param exception what was thrown, as it was thrown; null if there is a value
 */
public record Outcome<T>(@Nullable T value, @Nullable Throwable exception) {
    /** Whether there is a value. */
    public boolean isSuccess() {
        return exception == null;
    }

    /**
     * The value.
     *
     * @throws java.util.concurrent.CompletionException with the exception as its cause, if there is one and it is a checked
     *     exception; others are thrown as they are
     */
    @SuppressWarnings("NullAway") // a value may be null
    public T result() {
        if (exception != null) {
            throw Failures.unchecked(exception);
        }
        return value;
    }
}
