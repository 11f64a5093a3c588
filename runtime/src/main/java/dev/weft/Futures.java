package dev.weft;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;

/** Turns what can be awaited into futures of a loop. */
final class Futures {
    private Futures() {}

    /** The future itself if it is one, else a new task that waits for the awaitable. */
    @SuppressWarnings("unchecked") // a future only gives values
    static <T> AsyncFuture<T> of(Awaitable<? extends T> awaitable, EventLoop loop) {
        if (awaitable instanceof AsyncFuture<?> future) {
            if (future.loop != loop) {
                throw new IllegalStateException(future + " is attached to a different loop than " + loop
                        + ". Use its loop().submit(...) and await the CompletableFuture.");
            }
            return (AsyncFuture<T>) future;
        }
        return loop.createTask((Awaitable<T>) awaitable);
    }

    /** The same for several, starting tasks in order; each future comes as often as it was passed. */
    static <T> List<AsyncFuture<T>> of(Collection<? extends Awaitable<? extends T>> awaitables, EventLoop loop) {
        List<AsyncFuture<T>> futures = new ArrayList<>(awaitables.size());
        for (Awaitable<? extends T> awaitable : awaitables) {
            futures.add(of(awaitable, loop));
        }
        return futures;
    }

    /** Without repetitions. */
    static <F> List<F> distinct(Collection<? extends F> futures) {
        return new ArrayList<>(new LinkedHashSet<>(futures));
    }

    /** Coroutines without a value as such with one, which is null. */
    static List<Awaitable<Void>> of(AsyncRunnable[] bodies, EventLoop loop) {
        List<Awaitable<Void>> tasks = new ArrayList<>(bodies.length);
        Arrays.asList(bodies).forEach(body -> tasks.add(loop.createTask(body)));
        return tasks;
    }
}
