package dev.weft.benchmarks.servers;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** One connection of the server that is written by hand. */
abstract class NioSession {
    private static final int SIZE = 64 * 1024;
    private static final long ONES = 0x0101010101010101L;
    private static final long NEWLINES = '\n' * ONES;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private final SelectionKey key;
    private final SocketChannel channel;
    private final Shared shared;
    private @Nullable ByteBuffer incomplete; // a line that has not ended
    private @Nullable ByteBuffer unsent; // answers that the socket did not take
    private boolean ending;

    /** What is in use while one connection is looked at, and empty afterwards. */
    static final class Shared {
        private final boolean batched;
        private final ByteBuffer in = ByteBuffer.allocateDirect(SIZE).order(ByteOrder.LITTLE_ENDIAN);
        private final ByteBuffer out = ByteBuffer.allocateDirect(SIZE);

        Shared(boolean batched) {
            this.batched = batched;
        }
    }

    NioSession(SelectionKey key, Shared shared) {
        this.key = key;
        this.shared = shared;
        channel = (SocketChannel) key.channel();
    }

    /** The line from {@code start} to its newline; false ends the connection. */
    protected abstract boolean line(ByteBuffer data, int start, int newline) throws IOException;

    final void ready() throws IOException {
        if (key.isWritable()) {
            sendRest();
        }
        if (key.isReadable()) {
            read();
        }
    }

    private void read() throws IOException {
        ByteBuffer data = shared.in.clear();
        int length = channel.read(data);
        if (length < 0) {
            channel.close();
            return;
        }
        data.flip();
        if (incomplete != null) {
            ByteBuffer joined =
                    ByteBuffer.allocate(incomplete.remaining() + length).order(ByteOrder.LITTLE_ENDIAN);
            data = joined.put(incomplete).put(data).flip();
            incomplete = null;
        }
        int start = 0;
        int newline;
        while (!ending && (newline = newline(data, start)) >= 0) {
            ending = !line(data, start, newline);
            start = newline + 1;
            if (!shared.batched) {
                flush();
            }
        }
        flush();
        if (start < data.limit()) {
            incomplete = copy(data.position(start));
        }
        if (ending && unsent == null) {
            channel.close();
        }
    }

    /** Takes a part of {@code data} as an answer. */
    final void answer(ByteBuffer data, int start, int end) throws IOException {
        if (end - start > shared.out.remaining()) {
            flush();
        }
        if (end - start > shared.out.remaining()) {
            send(data.slice(start, end - start));
        } else {
            int position = shared.out.position();
            shared.out.put(position, data, start, end - start).position(position + end - start);
        }
    }

    private void flush() throws IOException {
        ByteBuffer out = shared.out;
        if (out.position() > 0) {
            send(out.flip());
            out.clear();
        }
    }

    private void send(ByteBuffer data) throws IOException {
        if (unsent == null) {
            channel.write(data);
            if (!data.hasRemaining()) {
                return;
            }
            unsent = copy(data);
        } else {
            ByteBuffer joined = ByteBuffer.allocate(unsent.remaining() + data.remaining());
            unsent = joined.put(unsent).put(data).flip();
        }
        key.interestOps(SelectionKey.OP_WRITE); // nothing is read from a client that does not read
    }

    private void sendRest() throws IOException {
        ByteBuffer rest = unsent;
        if (rest == null) {
            return;
        }
        channel.write(rest);
        if (!rest.hasRemaining()) {
            unsent = null;
            key.interestOps(SelectionKey.OP_READ);
            if (ending) {
                channel.close();
            }
        }
    }

    private static ByteBuffer copy(ByteBuffer data) {
        return ByteBuffer.allocate(data.remaining())
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(data)
                .flip();
    }

    /** Where the first newline is from {@code at} on, or -1; looks at eight bytes at a time. */
    private static int newline(ByteBuffer data, int from) {
        int at = from;
        for (int last = data.limit() - Long.BYTES; at <= last; at += Long.BYTES) {
            long difference = data.getLong(at) ^ NEWLINES;
            long hits = (difference - ONES) & ~difference & HIGH_BITS;
            if (hits != 0) {
                return at + (Long.numberOfTrailingZeros(hits) >>> 3);
            }
        }
        for (; at < data.limit(); at++) {
            if (data.get(at) == '\n') {
                return at;
            }
        }
        return -1;
    }
}
