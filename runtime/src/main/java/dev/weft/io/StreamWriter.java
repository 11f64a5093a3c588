package dev.weft.io;

import static java.util.Objects.checkFromIndexSize;

import dev.weft.Async;
import dev.weft.Asyncio;
import dev.weft.internal.ByteQueue;
import dev.weft.internal.Outbox;
import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that go to the other side of a {@link Connection}, or to a {@link Subprocess}.
 *
 * <pre>{@code
 * writer.write("HELLO " + name + "\r\n");
 * writer.drain(); // suspends as long as the other side is slow
 * }</pre>
 *
 * <p>{@link #write} never waits: it collects. What was collected is sent when all tasks that can run have run, or when it is
 * 64 KiB, so that many small writes make one packet. Who writes more than a little calls {@link #drain} in between, which
 * keeps the memory for what is not sent yet bounded.
 */
public final class StreamWriter {
    private static final int MOST_COLLECTED = 64 * 1024;

    final Sink sink;
    private WaterMarks marks = WaterMarks.USUAL;
    private int outboxStart; // where in the loop's outbox the first bytes are
    private int outboxed; // how many
    private @Nullable ByteQueue collected; // those after them; null while there is nothing
    private boolean scheduled; // flush() will be called before the next poll
    private boolean full; // the channel took no more, and tells when it does
    private boolean paused; // too much is collected: drain() waits
    private boolean ending; // writeEof() was called
    private @Nullable Waiters drainers;
    private @Nullable FileTransfer transfer; // while it sends a file, nobody writes

    StreamWriter(Sink sink) {
        this.sink = sink;
    }

    /** Sends all of {@code data}, which may be changed afterwards. On a connection that is closed it does nothing. */
    public void write(byte[] data) {
        write(data, 0, data.length);
    }

    /**
     * Sends a part of {@code data}.
     *
     * @throws IllegalStateException after {@link #writeEof}, or while a file {@linkplain #transferFrom(Path) is sent}
     */
    public void write(byte[] data, int offset, int length) {
        checkFromIndexSize(offset, length, data.length);
        checkNoTransfer();
        append(data, offset, length);
    }

    /** Writes what has been checked. */
    void append(byte[] data, int offset, int length) {
        checkNotEnding();
        if (length == 0) {
            return;
        }
        int sent = 0;
        if (length > MOST_COLLECTED - bufferSize() && !full && sink.isOpen()) {
            flush();
            if (collected == null && length > MOST_COLLECTED && sink.isOpen()) {
                sent = send(data, offset, length);
                if ((sent < length || sink.unsent() > 0) && sink.isOpen()) {
                    room(false);
                }
            }
        }
        if (!sink.isOpen()) {
            sink.dropped();
        } else if (sent < length) {
            if (!outbox(data, offset + sent, length - sent)) {
                collect().append(data, offset + sent, length - sent, sink.buffers());
            }
            scheduleFlush();
        }
    }

    /** Collects in the loop's outbox if that goes: nobody else has written since the last bytes that are there. */
    private boolean outbox(byte[] data, int offset, int length) {
        if (full || collected != null || !sink.isPlain()) {
            return false;
        }
        Outbox outbox = sink.buffers().outbox();
        if (outboxed == 0) {
            outboxStart = outbox.end();
        } else if (outbox.end() != outboxStart + outboxed) {
            return false;
        }
        if (!outbox.append(data, offset, length)) {
            return false;
        }
        outboxed += length;
        return true;
    }

    /** Sends what remains in {@code data}, up to its limit. */
    public void write(ByteBuffer data) {
        if (data.hasArray()) {
            write(data.array(), data.arrayOffset() + data.position(), data.remaining());
            data.position(data.limit());
        } else {
            byte[] copy = new byte[data.remaining()];
            data.get(copy);
            write(copy);
        }
    }

    /** Sends a text in UTF-8. */
    public void write(String text) {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends one after the other. */
    public void writeAll(Iterable<byte[]> data) {
        data.forEach(this::write);
    }

    /**
     * Sends a file after what was written so far; suspends until it is sent. The file is opened and closed on another thread.
     * Otherwise as {@link #transferFrom(FileChannel, long, long)}.
     *
     * @return how many bytes it had
     * @throws java.nio.file.NoSuchFileException if there is none
     */
    @Async
    public long transferFrom(Path file) throws IOException {
        FileTransfer current = startTransfer(0, Long.MAX_VALUE);
        transfer = current; // nobody writes while the file is opened either
        try {
            FileChannel channel = OffLoop.open(file, StandardOpenOption.READ);
            try {
                return current.run(channel);
            } finally {
                channel.close();
            }
        } finally {
            transfer = null;
        }
    }

    /**
     * Sends a part of a file after what was written so far; suspends until it is sent, or the operating system has all of it.
     * Nothing is copied through the memory of the program, unless the connection has TLS. The channel's own position is neither
     * used nor changed.
     *
     * <p>The system sends pieces of up to 256 KiB at a time, and reads them from the disk if it has not got them in memory:
     * the loop stands still for so long. Other tasks run between the pieces.
     *
     * <p>Meanwhile nobody may write. If the task is cancelled or the connection closed in between, a part has been sent.
     *
     * @param position where in the file to begin, in bytes
     * @param count how many bytes to send at most; {@link Long#MAX_VALUE} for the rest of the file
     * @return how many bytes were sent: less than {@code count} only if the file has ended before
     * @throws IOException if the file cannot be read, or the connection is lost or closed
     * @throws IllegalStateException after {@link #writeEof}, or if another file is being sent
     */
    @Async
    public long transferFrom(FileChannel file, long position, long count) throws IOException {
        FileTransfer current = startTransfer(position, count);
        transfer = current;
        try {
            return current.run(file);
        } finally {
            transfer = null;
        }
    }

    private FileTransfer startTransfer(long position, long count) throws IOException {
        FileTransfer.check(position, count);
        checkNoTransfer();
        checkNotEnding();
        checkNotClosed();
        return new FileTransfer(this, position, Math.min(count, Long.MAX_VALUE - position));
    }

    void checkNoTransfer() {
        if (transfer != null) {
            throw new IllegalStateException(
                    "A file is being sent: await transferFrom(...) before writing anything else.");
        }
    }

    /** The channel takes more, or is closed. */
    void wakeTransfer() {
        if (transfer != null) {
            transfer.wake();
        }
    }

    /**
     * Suspends while more is collected than the high-water mark, until it is no more than the low-water mark; returns at once
     * otherwise.
     *
     * @throws IOException if the connection is lost or closed
     */
    @Async
    public void drain() throws IOException {
        sink.checkReader();
        if (!sink.isOpen()) {
            Asyncio.sleep(Duration.ZERO); // so that a loop which writes to the void lets others run
            checkNotClosed();
        }
        if (bufferSize() > marks.high()) {
            if (full) {
                paused = true;
            } else {
                flush();
            }
        }
        checkNotClosed();
        if (paused) {
            drainers().add(sink.loop()).await();
            if (sink.hasDropped()) {
                checkNotClosed();
            }
        }
    }

    /** Whether {@link #writeEof} can be called: TLS has no such end. */
    public boolean canWriteEof() {
        return sink.canEnd();
    }

    /**
     * Ends the stream after what was written so far: the other side reads its end, and may go on writing.
     *
     * @throws UnsupportedOperationException on a connection with TLS, which ends in both directions or not at all
     */
    public void writeEof() {
        if (!canWriteEof()) {
            throw new UnsupportedOperationException(
                    "TLS does not end one direction by itself. Tell the other side in its"
                            + " own language that no more comes, or close() the connection.");
        }
        checkNoTransfer();
        if (ending || !sink.isOpen()) {
            return;
        }
        ending = true;
        if (bufferSize() == 0) {
            sink.shutdownOutput();
        }
    }

    /** Closes the connection when all that was written is sent, or has failed. Reading ends at once. */
    public void close() {
        sink.close();
    }

    /** Closes the connection now; what has not been sent is lost. */
    public void abort() {
        sink.abort();
    }

    /** Whether the connection is closed, or about to be. */
    public boolean isClosing() {
        return !sink.isOpen();
    }

    /**
     * Suspends until the connection is closed, by {@link #close} or otherwise.
     *
     * @throws IOException why, if it was not closed on purpose
     */
    @Async
    public void waitClosed() throws IOException {
        if (!sink.isClosed()) {
            sink.closeWaiters().add(sink.loop()).await();
        }
        IOException lost = sink.lost();
        if (lost != null) {
            throw lost;
        }
    }

    /** How many bytes have not been sent yet; what is encrypted already counts with its length then. */
    public int bufferSize() {
        return outboxed + (collected == null ? 0 : collected.size()) + sink.unsent();
    }

    /** The number of unsent bytes above which {@link #drain} waits; 64 KiB at first. */
    public int highWater() {
        return marks.high();
    }

    /** The number of unsent bytes at which {@link #drain} goes on; a quarter of the other at first. */
    public int lowWater() {
        return marks.low();
    }

    /**
     * Sets both.
     *
     * @throws IllegalArgumentException unless {@code high >= low >= 0}
     */
    public void setWaterMarks(int high, int low) {
        marks = new WaterMarks(high, low);
        updatePaused();
    }

    private void checkNotEnding() {
        if (ending) {
            throw new IllegalStateException(
                    "Cannot write after writeEof(): the other side has been told that no more comes.");
        }
    }

    void checkNotClosed() throws IOException {
        if (sink.isClosed()) {
            IOException lost = sink.lost();
            throw lost != null ? lost : new SocketException("Connection lost: it has been closed.");
        }
    }

    private ByteQueue collect() {
        if (collected == null) {
            collected = sink.buffers().borrow();
        }
        return collected;
    }

    private void scheduleFlush() {
        if (!scheduled && !full) {
            scheduled = true;
            sink.engine().beforePoll(sink);
        }
    }

    /** Called before the loop's next poll. */
    void flushCollected() {
        scheduled = false;
        if (!full) {
            flush();
        }
    }

    /** Sends what is collected, as far as the channel takes it. */
    void flush() {
        if (outboxed == 0 && collected == null && !full) {
            return;
        }
        if (outboxed > 0) {
            sendOutboxed();
        } else if (collected != null) {
            sendCollected(collected);
        }
        if (sink.isClosed()) {
            return;
        }
        if (bufferSize() == 0) {
            room(true);
            if (ending) {
                sink.shutdownOutput();
            }
            sink.written();
        } else {
            room(false);
        }
        updatePaused();
    }

    private void sendOutboxed() {
        ByteBuffer data = sink.buffers().outbox().part(outboxStart, outboxed);
        try {
            sink.send(data);
        } catch (IOException e) {
            sink.lose(e);
            return;
        }
        outboxed = 0;
        if (data.hasRemaining()) {
            collect().prepend(data, sink.buffers());
        } else if (collected != null) {
            sendCollected(collected);
        }
    }

    private void sendCollected(ByteQueue queue) {
        int sent = send(queue.array(), queue.start(), queue.size());
        if (sink.isClosed()) {
            return;
        }
        queue.skip(sent);
        if (queue.isEmpty()) {
            collected = null;
            sink.buffers().giveBack(queue);
        }
    }

    /** There is room now, if there was none. */
    void flushIfFull() {
        if (full) {
            flush();
        }
    }

    /** Takes what is collected: it is sent as it is, by somebody else. */
    @Nullable
    ByteQueue takeCollected() {
        if (outboxed > 0) {
            collect().prepend(sink.buffers().outbox().part(outboxStart, outboxed), sink.buffers());
            outboxed = 0;
        }
        ByteQueue queue = collected;
        collected = null;
        full = queue != null;
        return queue;
    }

    boolean isEnding() {
        return ending;
    }

    private void room(boolean there) {
        if (full == there) {
            full = !there;
            sink.awaitRoom(full);
        }
    }

    private int send(byte[] data, int offset, int length) {
        try {
            return sink.send(data, offset, length);
        } catch (IOException e) {
            sink.lose(e);
            return 0;
        }
    }

    private void updatePaused() {
        int size = bufferSize();
        if (size > marks.high()) {
            paused = true;
        } else if (paused && size <= marks.low()) {
            paused = false;
            wakeDrainers();
        }
    }

    private Waiters drainers() {
        if (drainers == null) {
            drainers = new Waiters();
        }
        return drainers;
    }

    private void wakeDrainers() {
        if (drainers != null) {
            drainers.wakeAll();
            drainers = null;
        }
    }

    /** Nothing can be sent any more. */
    void connectionLost() {
        outboxed = 0;
        ByteQueue queue = collected;
        if (queue != null) {
            collected = null;
            sink.buffers().giveBack(queue);
        }
        full = false;
        paused = false;
        wakeDrainers();
        wakeTransfer();
    }

    @Override
    public String toString() {
        return "<StreamWriter " + bufferSize() + " bytes to send, " + sink + ">";
    }
}
