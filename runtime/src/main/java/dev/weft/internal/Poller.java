package dev.weft.internal;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import org.jspecify.annotations.Nullable;

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

    /** What {@link #watch} has set, or null. */
    @Nullable
    IoJob watching(SelectableChannel channel, Interest interest);

    /** Ends a watch. */
    void unwatch(SelectableChannel channel, Interest interest);

    /** Ends a watch that is likely to begin again: if it does so before the next poll, that costs nothing. */
    void release(SelectableChannel channel, Interest interest);

    /**
     * Delivers {@code job} whenever the channel is ready for one of the key's operations, which the caller changes as it
     * likes; instead of any job of the channel before it, {@link #watch} included.
     */
    SelectionKey register(SelectableChannel channel, int operations, IoJob job);

    /** Closes a channel so that its address is free at once, and not only after the next poll. */
    void close(SelectableChannel channel) throws IOException;

    /** Work that goes on outside of the loop and will call back. */
    enum External {
        /** On a thread that the loop has started. */
        THREAD,
        /** Behind a future of another library, which some code of the loop itself may complete. */
        FUTURE
    }

    /** Counts external work: a clock that jumps must wait for it. */
    default void external(External kind, int change) {}

    /** Abandons registered jobs and gives everything back; nothing else is called afterwards. */
    void close();
}
