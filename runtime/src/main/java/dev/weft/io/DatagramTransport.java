package dev.weft.io;

import dev.weft.Async;
import dev.weft.AsyncFuture;
import dev.weft.EventLoop;
import dev.weft.internal.Engine;
import dev.weft.internal.IoJob;
import dev.weft.sync.AsyncQueue;
import dev.weft.sync.QueueShutDownException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The channel of a datagram endpoint in its loop. Loop thread only.
 *
 * <p>Reading stays switched on as long as there is room in the queue. One datagram is read for each time that the channel
 * is ready; more of them only if others wait already, since to look in vain costs a system call.
 */
class DatagramTransport extends IoJob {
    private static final int MOST_AT_ONCE = 16;

    final EventLoop loop;
    final DatagramChannel channel;
    private final Engine engine;
    private final SelectionKey key;
    private final AsyncQueue<Object> received; // datagrams, and failures in between
    private final ArrayDeque<Sending> senders = new ArrayDeque<>(); // wait for room, in this order
    private boolean closed;

    /** Takes over a channel that is bound and does not block. */
    DatagramTransport(EventLoop loop, DatagramChannel channel, int queueSize) {
        this.loop = loop;
        this.channel = channel;
        received = AsyncQueue.fifo(queueSize);
        engine = loop.io$engine();
        key = engine.poller().register(channel, SelectionKey.OP_READ, this);
    }

    @Override
    protected void ready() {
        if (!key.isValid()) {
            return;
        }
        int operations = key.readyOps() & key.interestOps();
        if ((operations & SelectionKey.OP_WRITE) != 0) {
            sendWaiting();
        }
        if ((operations & SelectionKey.OP_READ) != 0) {
            read();
        }
    }

    private void read() {
        int left = MOST_AT_ONCE;
        do {
            Object item = receive();
            if (item == null) {
                return;
            }
            received.putNowait(item);
            if (received.isFull()) {
                interest(SelectionKey.OP_READ, false);
                return;
            }
            left--;
        } while (received.size() > 1 && left > 0);
    }

    private @Nullable Object receive() {
        ByteBuffer data = engine.buffers().transfer();
        try {
            SocketAddress sender = channel.receive(data);
            if (sender == null) {
                return null;
            }
            byte[] bytes = new byte[data.flip().remaining()];
            data.get(bytes);
            return new Datagram(bytes, (InetSocketAddress) sender);
        } catch (IOException e) {
            return e;
        }
    }

    /** Suspends until there is a datagram, or a failure; null when the channel is closed. */
    @Async
    @Nullable
    Object take() {
        Object item;
        try {
            item = received.get();
        } catch (QueueShutDownException e) {
            return null;
        }
        interest(SelectionKey.OP_READ, true);
        return item;
    }

    /** Suspends until it is sent; to a connected peer without a target. */
    @Async
    void send(ByteBuffer data, @Nullable SocketAddress target) throws IOException {
        checkOpen();
        if (senders.isEmpty() && transmit(data, target)) {
            return;
        }
        Sending sending = new Sending(data, target, loop.createFuture());
        senders.add(sending);
        interest(SelectionKey.OP_WRITE, true);
        try {
            sending.done.await();
        } finally {
            senders.remove(sending); // if this was cancelled
        }
        if (sending.failure != null) {
            throw sending.failure;
        }
    }

    private void sendWaiting() {
        Sending next;
        while ((next = senders.peek()) != null) {
            if (!next.done.isDone()) {
                try {
                    if (!transmit(next.data, next.target)) {
                        return;
                    }
                } catch (IOException e) {
                    next.failure = e;
                }
                Waiters.wake(next.done);
            }
            senders.remove();
        }
        interest(SelectionKey.OP_WRITE, false);
    }

    /** Sends it if there is room. */
    private boolean transmit(ByteBuffer data, @Nullable SocketAddress target) throws IOException {
        ByteBuffer transfer = engine.buffers().transfer();
        int length = data.remaining();
        if (length > transfer.capacity()) {
            throw new SocketException("A datagram cannot have " + length + " bytes. The most is about 65,500.");
        }
        transfer.put(data.duplicate()).flip();
        if (put(transfer, target) == 0 && length > 0) { // an empty one counts as sent
            return false;
        }
        data.position(data.limit());
        return true;
    }

    /** How many bytes were sent: all, or none if there was no room. */
    int put(ByteBuffer data, @Nullable SocketAddress target) throws IOException {
        return target == null ? channel.write(data) : channel.send(data, target);
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

    /** Closes it at once: those who wait are told, what has come and was not asked for is lost. */
    void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        received.shutdown(true);
        for (Sending sending : senders) {
            sending.failure = closedException();
            Waiters.wake(sending.done);
        }
        engine.poller().close(channel);
    }

    /** The loop is closed: nobody runs who could wait. */
    @Override
    protected void abandoned() {
        closed = true;
        try {
            channel.close();
        } catch (IOException e) {
            received.shutdown(true);
        }
    }

    boolean isClosed() {
        return closed;
    }

    void checkOpen() throws SocketException {
        if (closed) {
            throw closedException();
        }
    }

    SocketException closedException() {
        return new SocketException("The endpoint is closed: " + this);
    }

    @Override
    public String toString() {
        return "<DatagramTransport " + (closed ? "closed " : "open ") + channel + ">";
    }

    /** A datagram that waits for room. */
    private static final class Sending {
        final ByteBuffer data;
        final @Nullable SocketAddress target;
        final AsyncFuture<@Nullable Void> done;

        @Nullable
        IOException failure;

        Sending(ByteBuffer data, @Nullable SocketAddress target, AsyncFuture<@Nullable Void> done) {
            this.data = data;
            this.target = target;
            this.done = done;
        }
    }
}
