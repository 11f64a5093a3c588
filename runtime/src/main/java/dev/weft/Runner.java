package dev.weft;

import dev.weft.internal.Rewriting;
import java.util.Collection;

/** A loop with a beginning and an end: what {@link Asyncio#run} does. */
final class Runner implements AutoCloseable {
    private final EventLoop loop;

    Runner() {
        if (LoopState.runningLoop() != null) {
            throw new IllegalStateException("run() cannot be called from a running event loop, as "
                    + Rewriting.caller() + " does. In a coroutine call the other coroutine directly, or start it with"
                    + " createTask(() -> ...).");
        }
        loop = EventLoop.create();
    }

    <T> T run(Coroutine<T> body) {
        return loop.runUntilComplete(body);
    }

    void run(AsyncRunnable body) {
        loop.runUntilComplete(body);
    }

    <T> T run(Awaitable<T> body) {
        return loop.runUntilComplete(body);
    }

    /** Cancels what is left and waits for it, then for the default executor; closes the loop. */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted(); // has cancelled the main task, but not what is left to do
        try {
            cancelAll(loop.allTasks());
            loop.runUntilComplete(loop.shutdownOfWorkers());
        } finally {
            loop.close();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void cancelAll(Collection<Task<?>> tasks) {
        if (tasks.isEmpty()) {
            return;
        }
        tasks.forEach(Task::cancel);
        loop.runUntilComplete(Gather.<Object>outcomes(tasks, loop));
        for (Task<?> task : tasks) {
            Throwable failure = task.isCancelled() ? null : task.exception();
            if (failure != null) {
                loop.callExceptionHandler(new LoopError("unhandled exception during run() shutdown", failure, task));
            }
        }
    }
}
