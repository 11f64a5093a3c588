package dev.weft;

import java.util.Collection;
import java.util.List;

/** One call of {@link Asyncio#race}. */
final class Race {
    private Race() {}

    /** Waits for the first to end, cancels the others and waits for them too. */
    @Async
    static <T> T first(EventLoop loop, Collection<? extends Awaitable<? extends T>> contenders) {
        if (contenders.isEmpty()) {
            throw new IllegalArgumentException("There is nobody in the race.");
        }
        List<AsyncFuture<T>> futures = Futures.distinct(Futures.<T>of(contenders, loop));
        AsyncFuture<AsyncFuture<T>> winner = loop.createFuture();
        for (AsyncFuture<T> future : futures) {
            future.addDoneCallback(done -> {
                if (winner.isDone()) {
                    done.observe();
                } else {
                    winner.finish(done);
                }
            });
        }
        AsyncFuture<T> first;
        try {
            first = winner.await();
        } finally {
            futures.forEach(AsyncFuture::cancel);
        }
        Gather.<T>outcomes(futures, loop).await();
        return first.result();
    }
}
