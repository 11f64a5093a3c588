package dev.weft.io;

import dev.weft.Async;
import dev.weft.AsyncFuture;
import dev.weft.Asyncio;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * Sends a part of a file through a connection. Loop thread only.
 *
 * <p>The system copies from the file to the socket by itself, as much as the socket takes. As it may have to wait for the disk
 * meanwhile, and all tasks with it, this is done in pieces, and the others run in between.
 */
final class FileTransfer {
    static final int PIECE = 256 * 1024;
    private static final int COPIED_PIECE = 64 * 1024;

    private final StreamWriter writer;
    private final long start;
    private final long count;
    private long sent;
    private @Nullable AsyncFuture<@Nullable Void> room; // while the connection takes no more

    FileTransfer(StreamWriter writer, long start, long count) {
        this.writer = writer;
        this.start = start;
        this.count = count;
    }

    static void check(long position, long count) {
        if (position < 0 || count < 0) {
            throw new IllegalArgumentException("position=" + position + " and count=" + count + " must be >= 0");
        }
    }

    /** Suspends until all is sent, or the file has ended; tells how much it was. What was written before goes first. */
    @Async
    long run(FileChannel file) throws IOException {
        WritableByteChannel target = writer.sink.fileTarget();
        return target != null ? runInSystem(file, target) : runThroughMemory(file);
    }

    @Async
    private long runInSystem(FileChannel file, WritableByteChannel target) throws IOException {
        writer.flush();
        while (writer.bufferSize() > 0) {
            awaitRoom();
        }
        try {
            while (sent < count) {
                writer.checkNotClosed();
                long length = file.transferTo(start + sent, Math.min(PIECE, count - sent), target);
                sent += length;
                if (length > 0) {
                    Asyncio.yieldNow();
                } else if (start + sent >= file.size()) {
                    break;
                } else {
                    writer.sink.awaitRoom(true);
                    awaitRoom();
                }
            }
        } finally {
            writer.sink.awaitRoom(false);
        }
        return sent;
    }

    /** The same where bytes are changed on their way: they are read, and written like others. */
    @Async
    long runThroughMemory(FileChannel file) throws IOException {
        byte[] piece = new byte[(int) Math.min(COPIED_PIECE, count)];
        while (sent < count) {
            writer.checkNotClosed();
            int length = file.read(ByteBuffer.wrap(piece, 0, (int) Math.min(piece.length, count - sent)), start + sent);
            if (length < 0) {
                break;
            }
            writer.append(piece, 0, length);
            sent += length;
            writer.drain();
            Asyncio.yieldNow();
        }
        return sent;
    }

    @Async
    private void awaitRoom() throws IOException {
        AsyncFuture<@Nullable Void> next = writer.sink.loop().createFuture();
        room = next;
        next.await();
        writer.checkNotClosed();
    }

    /** The connection takes more, or has been closed. */
    void wake() {
        if (room != null) {
            Waiters.wake(room);
        }
    }
}
