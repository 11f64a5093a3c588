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

    /** The task that failed or goes on, if it is still there. */
    public @Nullable Task<?> task() {
        return source instanceof Task<?> task ? task : null;
    }

    /** The message with a line about the source, and where that is suspended, as the default handler logs it. */
    public String describe() {
        if (source == null) {
            return message;
        }
        StringBuilder text = new StringBuilder(message).append(System.lineSeparator());
        text.append(source instanceof Handle ? "handle: " : "future: ").append(source);
        Task<?> task = task();
        if (task != null && !task.isDone()) {
            for (StackTraceElement element : task.stackTrace()) {
                text.append(System.lineSeparator()).append("    at ").append(element);
            }
        }
        return text.toString();
    }
}
