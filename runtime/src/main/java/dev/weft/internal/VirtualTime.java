package dev.weft.internal;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A clock that stands still while jobs run and jumps to the next deadline when there is nothing else to do: programs that
 * sleep for hours end at once, always with the same times.
 *
 * <p>Work on threads takes no virtual time as long as it ends before the next deadline does in real time. The futures of
 * other libraries are given 100 ms before the clock jumps, watched channels 5 ms.
 */
public final class VirtualTime implements Clock, Poller {
    private static final ThreadLocal<Boolean> ON = ThreadLocal.withInitial(() -> false);
    private static final long CHANNEL_GRACE = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long FUTURE_GRACE = TimeUnit.MILLISECONDS.toNanos(100);

    private final NioPoller channels = new NioPoller();
    private ReadyQueue ready = new ReadyQueue();
    private long now;
    private int threads; // that work for the loop
    private int futures; // of other libraries that it waits for

    /** Does {@code action}; every loop that this thread creates meanwhile lives in a virtual time of its own. */
    public static <T> T during(Callable<T> action) throws Exception {
        boolean before = ON.get();
        ON.set(true);
        try {
            return action.call();
        } finally {
            ON.set(before);
        }
    }

    /** Whether loops that this thread creates live in virtual time. */
    public static boolean isOn() {
        return ON.get();
    }

    @Override
    public long nanos() {
        return now;
    }

    /** Lets time pass, as if the job that calls this had been busy. */
    public void advance(long nanos) {
        now += nanos;
    }

    @Override
    public void deliverTo(ReadyQueue ready) {
        this.ready = ready;
        channels.deliverTo(ready);
    }

    @Override
    public void poll(long nanos) {
        if (nanos == 0 || nanos == FOREVER) {
            channels.poll(nanos);
            return;
        }
        long patience = Math.min(nanos, patience());
        if (patience > 0) {
            long start = System.nanoTime();
            channels.poll(patience);
            if (!ready.isEmpty() || System.nanoTime() - start < patience) {
                return; // called back
            }
        }
        now += nanos;
    }

    /** How long to wait in real time before the clock jumps. */
    private long patience() {
        if (threads > 0) {
            return FOREVER;
        }
        if (futures > 0) {
            return FUTURE_GRACE;
        }
        return channels.isWatching() ? CHANNEL_GRACE : 0;
    }

    @Override
    public void wakeup() {
        channels.wakeup();
    }

    @Override
    public void watch(SelectableChannel channel, Interest interest, IoJob job) {
        channels.watch(channel, interest, job);
    }

    @Override
    public @Nullable IoJob watching(SelectableChannel channel, Interest interest) {
        return channels.watching(channel, interest);
    }

    @Override
    public void unwatch(SelectableChannel channel, Interest interest) {
        channels.unwatch(channel, interest);
    }

    @Override
    public void release(SelectableChannel channel, Interest interest) {
        channels.release(channel, interest);
    }

    @Override
    public SelectionKey register(SelectableChannel channel, int operations, IoJob job) {
        return channels.register(channel, operations, job);
    }

    @Override
    public void close(SelectableChannel channel) throws IOException {
        channels.close(channel);
    }

    @Override
    public void external(External kind, int change) {
        if (kind == External.THREAD) {
            threads += change;
        } else {
            futures += change;
        }
    }

    @Override
    public void close() {
        channels.close();
    }
}
