package dev.weft;

import org.jspecify.annotations.Nullable;

/**
 * What a coroutine gets where it waits when its task is cancelled.
 *
 * <p>An error, so that {@code catch (Exception e)} does not swallow it. Code that catches it to clean up throws it on. Its
 * stack trace is where the cancelled task was suspended.
 */
public final class CancelledError extends Error {
    private static final long serialVersionUID = 1;

    /** The error of a cancellation without a message. */
    public CancelledError() {
        this(null);
    }

    /** The error of a cancellation, with what {@link Task#cancel(String)} was given. */
    public CancelledError(@Nullable String message) {
        super(message);
    }

    /** Does nothing: the stack of the loop that delivers the cancellation says nothing. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
