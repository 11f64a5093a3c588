package dev.weft;

import dev.weft.internal.AsyncTrace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where tasks, futures and callbacks were created, which loops remember in debug mode; the innermost call first. */
final class Creation {
    private static final int DEPTH = 10;

    private Creation() {}

    /** The calling code, without the runtime's own calls. */
    static List<StackTraceElement> here(EventLoop loop) {
        Task<?> task = loop.state.isThisThread() ? loop.current() : null;
        return AsyncTrace.here(task == null ? null : task.frames(), DEPTH);
    }

    /** Where a task, a future or a handle was created; empty if nobody knows. */
    static List<StackTraceElement> of(@Nullable Object source) {
        List<StackTraceElement> creation = null;
        if (source instanceof Task<?> task) {
            creation = task.creation();
        } else if (source instanceof KnownFuture<?> future) {
            creation = future.creation;
        } else if (source instanceof SoonHandle handle) {
            creation = Captured.creation(handle.callback);
        } else if (source instanceof TimerCallback handle) {
            creation = Captured.creation(handle.callback);
        } else if (source instanceof ThreadsafeHandle handle) {
            creation = Captured.creation(handle.callback);
        } else if (source instanceof IoHandle handle) {
            creation = Captured.creation(handle.callback);
        }
        return creation == null ? List.of() : creation;
    }

    /** As a part of a description. */
    static String describe(@Nullable List<StackTraceElement> creation) {
        if (creation == null || creation.isEmpty()) {
            return "";
        }
        StackTraceElement innermost = creation.get(0);
        return " created at " + innermost.getFileName() + ":" + innermost.getLineNumber();
    }

    /** A future that remembers where it was created. */
    static final class KnownFuture<T> extends AsyncFuture<T> {
        private final List<StackTraceElement> creation;

        KnownFuture(EventLoop loop) {
            super(loop);
            creation = here(loop);
        }

        @Override
        String describeCreation() {
            return describe(creation);
        }
    }
}
