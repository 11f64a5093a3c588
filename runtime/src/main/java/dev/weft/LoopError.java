package dev.weft;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A failure that nobody but an {@link ExceptionHandler} gets.
 *
 * @param message what happened
 * @param exception what was thrown, if anything was
 * @param source what it happened to: an {@link AsyncFuture}, a {@link Handle}, or the description of a future that is gone
 * @param creationStack where the source was created, the innermost call first; empty unless the loop is in
 *     {@linkplain EventLoop#setDebug debug mode}
 */
public record LoopError(
        String message,
        @Nullable Throwable exception,
        @Nullable Object source,
        List<StackTraceElement> creationStack) {
    /** The same, with what the source itself knows of its creation. */
    public LoopError(String message, @Nullable Throwable exception, @Nullable Object source) {
        this(message, exception, source, Creation.of(source));
    }

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

    /**
     * The message with a line about the source, where that is suspended and where it was created, as the default handler
     * logs it.
     */
    public String describe() {
        if (source == null) {
            return message;
        }
        StringBuilder text = new StringBuilder(message).append(System.lineSeparator());
        text.append(source instanceof Handle ? "handle: " : "future: ").append(source);
        Task<?> task = task();
        if (task != null && !task.isDone()) {
            append(text, List.of(task.stackTrace()));
        }
        if (!creationStack.isEmpty()) {
            text.append(System.lineSeparator()).append("created:");
            append(text, creationStack);
        }
        return text.toString();
    }

    private static void append(StringBuilder text, List<StackTraceElement> stack) {
        for (StackTraceElement element : stack) {
            text.append(System.lineSeparator()).append("    at ").append(element);
        }
    }
}
