package dev.weft;

import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One call of {@link Asyncio#waitFor}. */
final class WaitFor {
    private WaitFor() {}

    @Async
    static <T> T waitFor(Awaitable<T> awaitable, @Nullable Duration limit) {
        if (limit == null || limit.compareTo(Duration.ZERO) > 0) {
            return Timeout.around(Timeout.after(limit), timeout -> awaitable.await());
        }
        AsyncFuture<T> future = Futures.of(awaitable, EventLoop.running());
        if (future.isDone()) {
            return future.result();
        }
        cancelAndWait(future);
        try {
            return future.result();
        } catch (CancelledError e) {
            throw new AsyncTimeoutException("The timeout has expired.", e);
        }
    }

    @Async
    private static <T> void cancelAndWait(AsyncFuture<T> future) {
        AsyncFuture<@Nullable Void> ended = future.loop.createFuture();
        Consumer<AsyncFuture<T>> release = new WaitingCallback<>(() -> ended, done -> {
            if (!ended.isDone()) {
                ended.finish(null);
            }
        });
        future.addDoneCallback(release);
        try {
            future.cancel();
            ended.await();
        } finally {
            future.removeDoneCallback(release);
        }
    }
}
