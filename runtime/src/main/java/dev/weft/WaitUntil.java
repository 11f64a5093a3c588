package dev.weft;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One call of {@link Asyncio#waitUntil}. It neither throws what tasks throw nor cancels them. */
final class WaitUntil<T> {
    private final EventLoop loop;
    private final ReturnWhen when;
    private final List<Task<T>> tasks;
    private final AsyncFuture<@Nullable Void> release;
    private final Consumer<AsyncFuture<T>> callback;
    private int unfinished;

    @SuppressWarnings("unchecked") // a task only gives values
    WaitUntil(EventLoop loop, ReturnWhen when, Collection<? extends Task<? extends T>> tasks) {
        if (tasks.isEmpty()) {
            throw new IllegalArgumentException("Set of Tasks is empty: there is nothing to wait for.");
        }
        this.loop = loop;
        this.when = Objects.requireNonNull(when, "when");
        this.tasks = Futures.distinct((Collection<? extends Task<T>>) tasks);
        this.tasks.forEach(task -> Futures.of(task, loop)); // checks the loop
        unfinished = this.tasks.size();
        release = loop.createFuture();
        callback = new WaitingCallback<>(() -> release, this::taskDone);
    }

    @Async
    Waited<T> await(@Nullable Duration timeout) {
        TimerHandle timer = timeout == null ? null : loop.callLater(timeout, this::release);
        tasks.forEach(task -> task.addDoneCallback(callback));
        try {
            release.await();
        } finally {
            if (timer != null) {
                timer.cancel();
            }
            tasks.forEach(task -> task.removeDoneCallback(callback));
        }
        return result();
    }

    private void taskDone(AsyncFuture<T> task) {
        unfinished--;
        boolean enough = switch (when) {
            case FIRST_COMPLETED -> true;
            case FIRST_EXCEPTION -> unfinished == 0 || !task.isCancelled() && task.exception() != null;
            case ALL_COMPLETED -> unfinished == 0;
        };
        if (enough) {
            release();
        }
    }

    private void release() {
        if (!release.isDone()) {
            release.finish(null);
        }
    }

    private Waited<T> result() {
        Set<Task<T>> done = new LinkedHashSet<>();
        Set<Task<T>> pending = new LinkedHashSet<>();
        for (Task<T> task : tasks) {
            (task.isDone() ? done : pending).add(task);
        }
        return new Waited<>(Collections.unmodifiableSet(done), Collections.unmodifiableSet(pending));
    }
}
