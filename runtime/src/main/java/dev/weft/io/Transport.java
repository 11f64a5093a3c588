package dev.weft.io;

import dev.weft.EventLoop;
import dev.weft.internal.Buffers;
import dev.weft.internal.Engine;
import dev.weft.internal.IoJob;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A connected channel in its loop: feeds the reader, drains the writer. Loop thread only.
 *
 * <pre>
 *   open --close--> closing --all is written--> closed
 *     +---- the peer or the network fails, or abort ----^
 * </pre>
 *
 * <p>A change of interest costs two system calls, so that it stays as it is: reading as long as the reader has room,
 * writing only after a write that did not take all.
 */
final class Transport extends IoJob {
    private enum State {
        OPEN,
        CLOSING,
        CLOSED
    }

    final EventLoop loop;
    final Engine engine;
    final SocketChannel channel;
    final StreamReader reader;
    final StreamWriter writer;
    private final SelectionKey key;
    private State state = State.OPEN;
    private boolean dropped; // something that was written has been lost
    private @Nullable IOException lost; // why it was closed, if it was not on purpose
    private @Nullable Waiters closeWaiters;
    private @Nullable Runnable onClosed; // called once

    /** Takes over a channel that is connected and does not block. */
    Transport(EventLoop loop, SocketChannel channel, int limit) {
        this.loop = loop;
        this.channel = channel;
        engine = loop.io$engine();
        reader = new StreamReader(loop, limit, this);
        writer = new StreamWriter(this);
        key = engine.poller().register(channel, SelectionKey.OP_READ, this);
    }

    Buffers buffers() {
        return engine.buffers();
    }

    @Override
    protected void ready() {
        if (!key.isValid()) {
            return;
        }
        int operations = key.readyOps() & key.interestOps();
        if ((operations & SelectionKey.OP_WRITE) != 0) {
            writer.flush();
        }
        if ((operations & SelectionKey.OP_READ) != 0 && state == State.OPEN) {
            read();
        }
    }

    /** Sends what the writer has collected. */
    @Override
    protected void beforePoll() {
        writer.flushCollected();
    }

    private void read() {
        ByteBuffer data = buffers().transfer();
        int length;
        try {
            length = channel.read(data);
        } catch (IOException e) {
            lose(e);
            return;
        }
        if (length > 0) {
            reader.feed(data.flip());
        } else if (length < 0) {
            read(false);
            reader.feedEof();
        }
    }

    /** Switches reading. */
    void read(boolean on) {
        interest(SelectionKey.OP_READ, on && state == State.OPEN);
    }

    /** Switches the calls of {@link StreamWriter#flush} when there is room. */
    void awaitRoom(boolean on) {
        interest(SelectionKey.OP_WRITE, on);
    }

    private void interest(int operation, boolean on) {
        if (key.isValid()) {
            int before = key.interestOps();
            int operations = on ? before | operation : before & ~operation;
            if (operations != before) {
                key.interestOps(operations);
            }
        }
    }

    /** Writes as much as the channel takes, and tells how much. */
    int send(byte[] data, int offset, int length) throws IOException {
        ByteBuffer transfer = buffers().transfer();
        int sent = 0;
        while (sent < length) {
            int part = Math.min(length - sent, transfer.capacity());
            transfer.clear();
            transfer.put(data, offset + sent, part).flip();
            int taken = channel.write(transfer);
            sent += taken;
            if (taken < part) {
                break;
            }
        }
        return sent;
    }

    void shutdownOutput() {
        try {
            channel.shutdownOutput();
        } catch (IOException e) {
            lose(e);
        }
    }

    /** Closes it when all is written; at once if all is. */
    void close() {
        if (state == State.OPEN) {
            state = State.CLOSING;
            read(false);
            if (writer.bufferSize() == 0) {
                end(null);
            }
        }
    }

    /** Called by the writer when all is written. */
    void written() {
        if (state == State.CLOSING) {
            end(null);
        }
    }

    /** Writes what the channel takes now, and closes it. */
    void closeNow() {
        close();
        if (state == State.CLOSING) {
            writer.flush();
            abort();
        }
    }

    /** Closes it without writing what is left. */
    void abort() {
        end(null);
    }

    /** The connection is no more. */
    void lose(IOException cause) {
        end(cause);
    }

    private void end(@Nullable IOException cause) {
        if (state == State.CLOSED) {
            return;
        }
        state = State.CLOSED;
        lost = cause;
        dropped = writer.bufferSize() > 0;
        try {
            channel.close();
        } catch (IOException e) {
            if (lost == null) {
                lost = e;
            }
        }
        reader.connectionLost(lost);
        writer.connectionLost();
        if (closeWaiters != null) {
            closeWaiters.wakeAll();
        }
        if (onClosed != null) {
            onClosed.run();
        }
    }

    /** The loop is closed: nobody runs who could wait. */
    @Override
    protected void abandoned() {
        state = State.CLOSED;
        try {
            channel.close();
        } catch (IOException e) {
            lost = e;
        }
    }

    boolean isOpen() {
        return state == State.OPEN;
    }

    boolean isClosed() {
        return state == State.CLOSED;
    }

    /** Why it was closed, if it was not on purpose. */
    @Nullable
    IOException lost() {
        return lost;
    }

    /** Something was written that cannot be sent: nobody has to know who has closed it himself. */
    void dropped() {
        dropped |= lost != null;
    }

    /** Whether something was written that could not be sent any more. */
    boolean hasDropped() {
        return dropped;
    }

    /** Who waits for the end. */
    Waiters closeWaiters() {
        if (closeWaiters == null) {
            closeWaiters = new Waiters();
        }
        return closeWaiters;
    }

    void onClosed(Runnable action) {
        onClosed = action;
    }

    @Override
    public String toString() {
        return "<Transport " + state.name().toLowerCase(Locale.ROOT) + " " + channel + ">";
    }
}
