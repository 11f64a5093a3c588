package dev.weft.io;

import dev.weft.EventLoop;
import dev.weft.internal.Buffers;
import dev.weft.internal.Engine;
import dev.weft.internal.IoJob;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import org.jspecify.annotations.Nullable;

/** What a {@link StreamWriter} sends to. Loop thread only. */
abstract class Sink extends IoJob {
    /**
     * <pre>
     *   open --close--> closing --all is written--> closed
     *     +---- the other side or the network fails, or abort ----^
     * </pre>
     */
    enum State {
        OPEN,
        CLOSING,
        CLOSED
    }

    State state = State.OPEN;
    boolean dropped; // something that was written has been lost

    @Nullable
    IOException lost; // why it was closed, if it was not on purpose

    private @Nullable Waiters closeWaiters;

    abstract EventLoop loop();

    final Engine engine() {
        return loop().io$engine();
    }

    final Buffers buffers() {
        return engine().buffers();
    }

    /** Takes as much as it can now, and tells how much. */
    abstract int send(byte[] data, int offset, int length) throws IOException;

    /** Whether it sends bytes as they are, so that {@link #send(ByteBuffer)} can be called. */
    boolean isPlain() {
        return false;
    }

    /** The same from memory that a channel writes from without a copy. */
    int send(ByteBuffer data) throws IOException {
        throw new AssertionError(this);
    }

    /** What files can be copied into by the operating system; null if there is no such thing, or bytes are changed on their way. */
    @Nullable
    WritableByteChannel fileTarget() {
        return null;
    }

    /** How much it has taken that has not been sent. */
    abstract int unsent();

    /** Switches the calls of {@link StreamWriter#flush} when there is room. */
    abstract void awaitRoom(boolean on);

    /** Whether the stream can be ended in this direction alone. */
    abstract boolean canEnd();

    /** Ends the stream; all that was written has been sent. */
    abstract void shutdownOutput();

    /** Called by the writer when all is written. */
    abstract void written();

    /** Closes it when all is written; at once if all is. */
    abstract void close();

    /** Closes it without writing what is left. */
    abstract void abort();

    /** It is no more. */
    abstract void lose(IOException cause);

    final boolean isOpen() {
        return state == State.OPEN;
    }

    final boolean isClosed() {
        return state == State.CLOSED;
    }

    /** Why it was closed, if it was not on purpose. */
    final @Nullable IOException lost() {
        return lost;
    }

    /** Something was written that cannot be sent: nobody has to know who has closed it himself. */
    final void dropped() {
        dropped |= lost != null;
    }

    /** Whether something was written that could not be sent any more. */
    final boolean hasDropped() {
        return dropped;
    }

    /** Who waits for the end. */
    final Waiters closeWaiters() {
        if (closeWaiters == null) {
            closeWaiters = new Waiters();
        }
        return closeWaiters;
    }

    final void wakeCloseWaiters() {
        if (closeWaiters != null) {
            closeWaiters.wakeAll();
        }
    }

    /** Throws what the reader of the same connection has failed with, if there is one and it has. */
    abstract void checkReader() throws IOException;
}
