package dev.weft.io;

import dev.weft.Async;
import dev.weft.AsyncFuture;
import dev.weft.EventLoop;
import dev.weft.internal.IoJob;
import dev.weft.internal.Poller;
import dev.weft.internal.Poller.Interest;
import java.nio.channels.SelectableChannel;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One wait of a coroutine for a channel that the loop does not own. Loop thread only. */
final class Readiness extends IoJob {
    private final AsyncFuture<@Nullable Void> reached;

    private Readiness(AsyncFuture<@Nullable Void> reached) {
        this.reached = reached;
    }

    /** Suspends until the channel is ready, or may be. If the task is cancelled, the channel is no longer watched. */
    @Async
    static void await(SelectableChannel channel, Interest interest) {
        EventLoop loop = EventLoop.running();
        Poller poller = loop.io$engine().poller();
        if (poller.watching(channel, interest) != null) {
            throw new IllegalStateException("Somebody else waits to "
                    + interest.name().toLowerCase(Locale.ROOT) + ": " + channel
                    + ". Let one coroutine at a time use a direction of a channel, or guard it with an AsyncLock.");
        }
        Readiness wait = new Readiness(loop.createFuture());
        poller.watch(channel, interest, wait);
        try {
            wait.reached.await();
        } finally {
            poller.release(channel, interest);
        }
    }

    @Override
    protected void ready() {
        Waiters.wake(reached);
    }
}
