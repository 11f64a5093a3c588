package dev.weft.io;

import dev.weft.Async;
import dev.weft.Asyncio;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.ExceptionGroup;
import dev.weft.ReturnWhen;
import dev.weft.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Attempts of which the first that succeeds counts. Each begins when the one before has failed, or some time after that has
 * begun, whatever comes first. Loop thread only.
 */
final class StaggeredRace<T> {
    private final EventLoop loop;
    private final List<? extends Coroutine<? extends T>> attempts;
    private final @Nullable Duration delay;
    private final Consumer<? super T> discard;
    private final List<Task<T>> running = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();

    /**
     * @param delay between the beginnings; null to wait for failures only
     * @param discard gets the values that do not count
     */
    StaggeredRace(
            EventLoop loop,
            List<? extends Coroutine<? extends T>> attempts,
            @Nullable Duration delay,
            Consumer<? super T> discard) {
        this.loop = loop;
        this.attempts = attempts;
        this.delay = delay;
        this.discard = discard;
    }

    /**
     * Suspends until one has succeeded, and all others have ended, which are cancelled.
     *
     * @throws ExceptionGroup with all failures if none has succeeded
     */
    @Async
    T run() {
        Task<T> winner;
        try {
            winner = firstToSucceed();
        } catch (CancelledError e) {
            endOthers();
            throw e;
        }
        try {
            endOthers();
        } catch (CancelledError e) {
            if (winner != null) {
                discard.accept(winner.result());
            }
            throw e;
        }
        if (winner == null) {
            throw new ExceptionGroup("All attempts have failed", failures);
        }
        return winner.result();
    }

    @Async
    private @Nullable Task<T> firstToSucceed() {
        for (int next = 0; next < attempts.size(); next++) {
            Task<T> latest = start(attempts.get(next));
            long nextStart = delay == null ? Long.MAX_VALUE : loop.time() + delay.toNanos();
            boolean last = next == attempts.size() - 1;
            while (last ? !running.isEmpty() : running.contains(latest) && loop.time() < nextStart) {
                Task<T> winner = awaitNext(last || delay == null ? null : Duration.ofNanos(nextStart - loop.time()));
                if (winner != null) {
                    return winner;
                }
            }
        }
        return null;
    }

    @SuppressWarnings("unchecked") // a coroutine only gives values
    private Task<T> start(Coroutine<? extends T> attempt) {
        Task<T> task = loop.createTask((Coroutine<T>) attempt);
        running.add(task);
        return task;
    }

    /** Suspends until some attempt has ended or the time has passed; gives one that has succeeded, if any has. */
    @Async
    private @Nullable Task<T> awaitNext(@Nullable Duration limit) {
        Asyncio.waitUntil(ReturnWhen.FIRST_COMPLETED, running, limit);
        for (Task<T> task : List.copyOf(running)) {
            if (task.isDone()) {
                Throwable failure = task.isCancelled() ? cancellation(task) : task.exception();
                running.remove(task);
                if (failure == null) {
                    return task;
                }
                failures.add(failure);
            }
        }
        return null;
    }

    private static Throwable cancellation(Task<?> task) {
        return new IllegalStateException("The attempt was cancelled: " + task.name());
    }

    @Async
    private void endOthers() {
        if (running.isEmpty()) {
            return;
        }
        for (Task<T> task : running) {
            task.addDoneCallback(ended -> {
                if (!ended.isCancelled() && ended.exception() == null) {
                    discard.accept(ended.result());
                }
            });
            task.cancel();
        }
        Asyncio.waitUntil(ReturnWhen.ALL_COMPLETED, running);
    }
}
