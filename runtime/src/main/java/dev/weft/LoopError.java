package dev.weft;

import org.jspecify.annotations.Nullable;

/**
 * A failure that nobody but an {@link ExceptionHandler} gets.
 *
 * @param message what happened
 * @param exception what was thrown, if anything was
 * @param source what it happened to: an {@link AsyncFuture}, a {@link Handle}, or the description of a future that is gone
 */
public record LoopError(
        String message,
        @Nullable Throwable exception,
        @Nullable Object source) {
    /** The future or task that failed, if it is still there. */
    public @Nullable AsyncFuture<?> future() {
        return source instanceof AsyncFuture<?> future ? future : null;
    }

    /** The callback that failed, if it was one. */
    public @Nullable Handle handle() {
        return source instanceof Handle handle ? handle : null;
    }

    /** The message with a line about the source, as the default handler logs it. */
    public String describe() {
        if (source == null) {
            return message;
        }
        return message + System.lineSeparator() + (source instanceof Handle ? "handle: " : "future: ") + source;
    }
}
