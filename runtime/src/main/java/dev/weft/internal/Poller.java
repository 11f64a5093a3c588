package dev.weft.internal;

import java.nio.channels.SelectableChannel;

/** How a loop waits: for ready channels, for a time to pass, for other threads. Loop thread only, but for {@link #wakeup}. */
public interface Poller {
    /** Longer than any program runs. */
    long FOREVER = Long.MAX_VALUE;

    /** What a channel is watched for. */
    enum Interest {
        /** Data, a connection to accept, or the end of the stream. */
        READ,
        /** Room for data, or the end of an attempt to connect. */
        WRITE
    }

    /** Says where the jobs of ready channels go. Called once, before anything else. */
    void deliverTo(ReadyQueue ready);

    /** Waits until a channel is ready, the time has passed or {@link #wakeup} was called; 0 only looks. */
    void poll(long nanos);

    /** Ends the current poll, or the next one if there is none. Any thread. */
    void wakeup();

    /** Delivers {@code job} whenever the channel is ready, instead of any job before it. */
    void watch(SelectableChannel channel, Interest interest, IoJob job);

    /** Ends a watch, and tells whether there was one. */
    boolean unwatch(SelectableChannel channel, Interest interest);

    /** Counts work that goes on elsewhere and will call back: a clock that jumps must wait for it. */
    default void externalWork(int change) {}

    /** Gives everything back; nothing else is called afterwards. */
    void close();
}
