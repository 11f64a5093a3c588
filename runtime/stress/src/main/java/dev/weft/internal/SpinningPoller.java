package dev.weft.internal;

import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A poller without channels that spins until it is woken, and notices if nobody does. */
public final class SpinningPoller implements Poller {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(5);

    private volatile boolean woken; // any thread sets it, the loop clears it
    private volatile boolean forgotten;

    @Override
    public void poll(long nanos) {
        if (nanos == 0) {
            return;
        }
        long start = System.nanoTime();
        while (!woken) {
            if (System.nanoTime() - start > PATIENCE) {
                forgotten = true;
                return;
            }
            Thread.onSpinWait();
        }
        woken = false;
    }

    @Override
    public void wakeup() {
        woken = true;
    }

    /** Whether it has slept for so long that a wake-up must have been lost. */
    public boolean isForgotten() {
        return forgotten;
    }

    @Override
    public void deliverTo(ReadyQueue ready) {}

    @Override
    public void watch(SelectableChannel channel, Interest interest, IoJob job) {
        throw new UnsupportedOperationException();
    }

    @Override
    public @Nullable IoJob watching(SelectableChannel channel, Interest interest) {
        return null;
    }

    @Override
    public void unwatch(SelectableChannel channel, Interest interest) {}

    @Override
    public void release(SelectableChannel channel, Interest interest) {}

    @Override
    public SelectionKey register(SelectableChannel channel, int operations, IoJob job) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close(SelectableChannel channel) {}

    @Override
    public void close() {}
}
