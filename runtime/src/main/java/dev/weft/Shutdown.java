package dev.weft;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The end of a {@link Runner}'s loop: cancels the tasks that are left, waits for them, then for the worker threads. */
final class Shutdown {
    private final EventLoop loop;
    private final Limits limits;
    private boolean givenUp;

    /**
     * How long it may take.
     *
     * @param warning until tasks that go on after their cancellation are named
     * @param tasks until nobody waits for them any more; null for never
     * @param workers until nobody waits for the worker threads any more
     */
    record Limits(Duration warning, @Nullable Duration tasks, Duration workers) {
        static final Limits USUAL = new Limits(Duration.ofSeconds(10), null, Duration.ofMinutes(5));
    }

    Shutdown(EventLoop loop, Limits limits) {
        this.loop = loop;
        this.limits = limits;
    }

    /** Returns when all is done, or has taken too long, or the thread is interrupted. */
    void run() {
        boolean interrupted = Thread.interrupted(); // has cancelled the main task, but not what is left to do
        try {
            List<Task<?>> cancelled = cancel(loop.allTasks());
            if (!cancelled.isEmpty()) {
                await(cancelled);
                reportFailures(cancelled);
            }
            if (!givenUp && !loop.generators.isEmpty()) {
                await(List.of(loop.createTask("close of generators", loop::shutdownGenerators)));
            }
            if (!givenUp) {
                runUntilDone(loop.shutdownOfWorkers(limits.workers));
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private List<Task<?>> cancel(Collection<Task<?>> tasks) {
        List<Task<?>> cancelled = new ArrayList<>();
        for (Task<?> task : tasks) {
            try {
                task.cancel();
                cancelled.add(task);
            } catch (IllegalStateException cycle) { // it can never end
                loop.callExceptionHandler(new LoopError("Task cannot be cancelled during run() shutdown", cycle, task));
            }
        }
        return cancelled;
    }

    private void await(List<Task<?>> tasks) {
        Handle warning = warnAfter(limits.warning, tasks);
        Handle limit = limits.tasks == null ? null : loop.callLater(limits.tasks, this::giveUp);
        runUntilDone(Gather.<Object>outcomes(tasks, loop));
        warning.cancel();
        if (limit != null) {
            limit.cancel();
        }
    }

    private Handle warnAfter(Duration delay, List<Task<?>> tasks) {
        return loop.callLater(delay, () -> {
            for (Task<?> task : tasks) {
                if (!task.isDone()) {
                    String message = "Task goes on " + Durations.seconds(Durations.nanos(limits.warning))
                            + " seconds after its cancellation: run() cannot end. Let CancelledError pass, or limit"
                            + " the wait with Runner.builder().shutdownTimeout(...)";
                    loop.callExceptionHandler(new LoopError(message, null, task));
                }
            }
        });
    }

    private void giveUp() {
        givenUp = true;
        loop.stop();
    }

    private void runUntilDone(AsyncFuture<?> future) {
        future.addDoneCallback(done -> loop.stop());
        while (!future.isDone() && !givenUp) { // others may call stop() too
            loop.runForever();
            givenUp |= Thread.currentThread().isInterrupted();
        }
    }

    private void reportFailures(List<Task<?>> tasks) {
        for (Task<?> task : tasks) {
            Throwable failure = task.isDone() && !task.isCancelled() ? task.exception() : null;
            if (failure != null) {
                loop.callExceptionHandler(new LoopError("unhandled exception during run() shutdown", failure, task));
            }
        }
    }
}
