package dev.weft.io;

import dev.weft.AsyncFuture;
import dev.weft.EventLoop;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Those who wait for one thing that happens to all of them at once. Loop thread only. */
final class Waiters {
    private List<AsyncFuture<@Nullable Void>> waiting = new ArrayList<>(1);

    /** The calling coroutine awaits the result next. */
    AsyncFuture<@Nullable Void> add(EventLoop loop) {
        waiting.removeIf(AsyncFuture::isDone); // of those who were cancelled
        AsyncFuture<@Nullable Void> future = loop.createFuture();
        waiting.add(future);
        return future;
    }

    void wakeAll() {
        List<AsyncFuture<@Nullable Void>> woken = waiting;
        waiting = new ArrayList<>(1);
        woken.forEach(Waiters::wake);
    }

    @SuppressWarnings("NullAway") // null stands for no value
    static void wake(AsyncFuture<@Nullable Void> future) {
        if (!future.isDone()) {
            future.setResult(null);
        }
    }
}
