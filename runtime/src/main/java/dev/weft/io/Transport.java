package dev.weft.io;

import dev.weft.EventLoop;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Locale;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * A connected channel in its loop: feeds the reader, drains the writer. Loop thread only.
 *
 * <p>A change of interest costs two system calls, so that it stays as it is: reading as long as the reader has room,
 * writing only after a write that did not take all.
 */
class Transport extends Sink implements Source {
    // What another field leads to has none of its own here: a server holds many of these that do nothing.
    final StreamReader reader;
    final StreamWriter writer;
    private final SelectionKey key;
    private @Nullable TlsLayer tls; // the uppermost one

    /** Takes over a channel that is connected and does not block. */
    Transport(EventLoop loop, SocketChannel channel, int limit) {
        reader = new StreamReader(loop, limit, this);
        writer = new StreamWriter(this);
        key = engine().poller().register(channel, SelectionKey.OP_READ, this);
    }

    @Override
    final EventLoop loop() {
        return reader.loop;
    }

    final SocketChannel channel() {
        return (SocketChannel) key.channel();
    }

    @Override
    protected void ready() {
        if (!key.isValid()) {
            return;
        }
        int operations = key.readyOps() & key.interestOps();
        if ((operations & SelectionKey.OP_WRITE) != 0) {
            if (tls == null) {
                writer.flush();
                writer.wakeTransfer();
            } else {
                tls.bottom().writable();
            }
        }
        if ((operations & SelectionKey.OP_READ) != 0
                && (state == State.OPEN || (tls != null && state == State.CLOSING))) {
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
            length = channel().read(data);
        } catch (IOException e) {
            lose(e);
            return;
        }
        if (length > 0) {
            if (tls == null) {
                reader.feed(data.flip());
            } else {
                tls.bottom().received(data.flip());
            }
        } else if (length < 0) {
            interest(SelectionKey.OP_READ, false);
            if (tls == null) {
                reader.feedEof();
            } else {
                tls.bottom().receivedEof();
            }
        }
    }

    /** Switches reading. */
    @Override
    public void read(boolean on) {
        boolean reads = on && state == State.OPEN;
        if (tls != null) { // which has to see the other side's end
            reads = (reads || state == State.CLOSING) && tls.awaitsInput();
        }
        interest(SelectionKey.OP_READ, reads);
    }

    /** Switches the calls of {@link StreamWriter#flush} when there is room. */
    @Override
    void awaitRoom(boolean on) {
        if (tls == null) { // which knows itself whether there is room
            interest(SelectionKey.OP_WRITE, on);
        }
    }

    /** Switches the calls of {@link TlsLayer#writable}. */
    void awaitWritable(boolean on) {
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

    /** Writes as much as is taken, and tells how much. */
    @Override
    int send(byte[] data, int offset, int length) throws IOException {
        return tls == null ? sendPlain(data, offset, length) : tls.send(data, offset, length);
    }

    @Override
    boolean isPlain() {
        return tls == null;
    }

    @Override
    int send(ByteBuffer data) throws IOException {
        return channel().write(data);
    }

    /** How much has been taken that the channel has not. */
    @Override
    int unsent() {
        return tls == null ? 0 : tls.unsent();
    }

    /** Puts a layer of TLS between the channel and whatever has read and written it so far. */
    TlsLayer startTls(SSLEngine engine, TlsOptions options, String peer) {
        TlsLayer layer = new TlsLayer(this, tls, engine, options, peer);
        tls = layer;
        layer.start(writer.takeCollected(), reader.takeReceived(), reader.hasEnded());
        return layer;
    }

    /** The uppermost layer of TLS; null without. */
    @Nullable
    TlsLayer tls() {
        return tls;
    }

    /** Writes as much as the channel takes, and tells how much. */
    int sendPlain(byte[] data, int offset, int length) throws IOException {
        SocketChannel channel = channel();
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

    @Override
    @Nullable
    WritableByteChannel fileTarget() {
        return tls == null ? channel() : null;
    }

    @Override
    void shutdownOutput() {
        try {
            channel().shutdownOutput();
        } catch (IOException e) {
            lose(e);
        }
    }

    /** Closes it when all is written; at once if all is. */
    @Override
    void close() {
        if (state == State.OPEN) {
            state = State.CLOSING;
            read(false);
            closeIfWritten();
        }
    }

    void closeIfWritten() {
        if (state == State.CLOSING && writer.bufferSize() == 0) {
            written();
        }
    }

    /** Called by the writer when all is written. */
    @Override
    void written() {
        if (state == State.CLOSING) {
            if (tls == null) {
                end(null);
            } else {
                tls.close();
            }
        }
    }

    /** Both sides have ended the layers of TLS. */
    void closed() {
        end(null);
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
    @Override
    void abort() {
        end(null);
    }

    /** The connection is no more. */
    @Override
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
            channel().close();
        } catch (IOException e) {
            if (lost == null) {
                lost = e;
            }
        }
        if (tls != null) {
            tls.connectionLost();
        }
        reader.connectionLost(lost);
        writer.connectionLost();
        wakeCloseWaiters();
        ended();
    }

    /** Called once, when it is closed. */
    void ended() {}

    /** The loop is closed: nobody runs who could wait. */
    @Override
    protected void abandoned() {
        state = State.CLOSED;
        try {
            channel().close();
        } catch (IOException e) {
            lost = e;
        }
    }

    @Override
    void checkReader() throws IOException {
        reader.checkNotFailed();
    }

    @Override
    boolean canEnd() {
        return tls == null;
    }

    /** Whether it was a server that took it. */
    boolean isServed() {
        return false;
    }

    @Override
    public String toString() {
        return "<Transport " + state.name().toLowerCase(Locale.ROOT) + " " + channel() + ">";
    }
}
