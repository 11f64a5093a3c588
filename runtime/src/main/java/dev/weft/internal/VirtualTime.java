package dev.weft.internal;

import java.nio.channels.SelectableChannel;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * A clock that stands still while jobs run and jumps to the next deadline when there is nothing else to do: programs that
 * sleep for hours end at once, always with the same times.
 *
 * <p>Work outside of the loop (threads, foreign futures) takes no virtual time as long as it ends before the next
 * deadline does in real time; watched channels are given a few milliseconds before the clock jumps.
 */
public final class VirtualTime implements Clock, Poller {
    private static final ThreadLocal<Boolean> ON = ThreadLocal.withInitial(() -> false);
    private static final long GRACE = TimeUnit.MILLISECONDS.toNanos(5);

    private final NioPoller channels = new NioPoller();
    private ReadyQueue ready = new ReadyQueue();
    private long now;
    private int externalWork;

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
        if (externalWork > 0) {
            long start = System.nanoTime();
            channels.poll(nanos);
            if (System.nanoTime() - start < nanos) {
                return; // called back
            }
        } else if (channels.isWatching()) {
            channels.poll(Math.min(nanos, GRACE));
            if (!ready.isEmpty()) {
                return;
            }
        }
        now += nanos;
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
    public boolean unwatch(SelectableChannel channel, Interest interest) {
        return channels.unwatch(channel, interest);
    }

    @Override
    public void externalWork(int change) {
        externalWork += change;
    }

    @Override
    public void close() {
        channels.close();
    }
}
