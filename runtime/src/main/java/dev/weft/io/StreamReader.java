package dev.weft.io;

import static java.util.Objects.requireNonNull;

import dev.weft.Async;
import dev.weft.AsyncFuture;
import dev.weft.AsyncIterable;
import dev.weft.EventLoop;
import dev.weft.internal.Buffers;
import dev.weft.internal.ByteQueue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that come from the other side of a {@link Connection}, from a {@link Subprocess}, or from {@link StandardInput}.
 *
 * <pre>{@code
 * String line;
 * while ((line = reader.readLine()) != null) {
 *     System.out.println(line);
 * }
 * }</pre>
 *
 * <p>One task at a time may read. A method that is cancelled, or fails, has taken nothing from the stream unless it says so,
 * so that the next call finds it. All methods throw the connection's failure once it is lost.
 *
 * <p>The <i>limit</i>, 64 KiB unless the connection was made with another, bounds lines and what {@link #readUntil} reads. No
 * more is read ahead than twice as much, and what one look at the network gives.
 */
public final class StreamReader {
    static final int LIMIT = 64 * 1024;
    private static final byte[] NOTHING = {};
    private static final byte NEWLINE = '\n';

    final EventLoop loop;
    private final int limit;
    private final @Nullable Source source; // null in tests
    private @Nullable ByteQueue received; // null while there is nothing
    private boolean ended; // nothing more comes
    private boolean paused; // the source does not read
    private @Nullable IOException failure;
    private @Nullable AsyncFuture<@Nullable Void> waiter; // done if its task was cancelled

    StreamReader(EventLoop loop, int limit, @Nullable Source source) {
        if (limit <= 0) {
            throw new IllegalArgumentException("Limit cannot be <= 0: " + limit);
        }
        this.loop = loop;
        this.limit = limit;
        this.source = source;
    }

    /**
     * Suspends until there is something, and takes up to {@code max} bytes of it; does not wait for more.
     *
     * @return an empty array at the end of the stream, or if {@code max} is 0
     */
    @Async
    public byte[] read(int max) throws IOException {
        checkNotNegative(max);
        checkNotFailed();
        if (max == 0) {
            return NOTHING;
        }
        if (received == null && !ended) {
            data().await();
            checkNotFailed();
        }
        return take(Math.min(max, available()));
    }

    /**
     * Suspends until there is something, and moves as much of it to {@code target} as there is room for.
     *
     * @return how many bytes, or -1 at the end of the stream
     */
    @Async
    public int read(ByteBuffer target) throws IOException {
        checkNotFailed();
        if (!target.hasRemaining()) {
            return 0;
        }
        if (received == null && !ended) {
            data().await();
            checkNotFailed();
        }
        ByteQueue queue = received;
        if (queue == null) {
            return -1;
        }
        int moved = queue.moveTo(target);
        taken(queue);
        return moved;
    }

    /** Suspends until the end of the stream, and gives all up to there. What was read is lost if it is cancelled. */
    @Async
    public byte[] readAll() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (true) {
            byte[] part = read(limit);
            if (part.length == 0) {
                return all.toByteArray();
            }
            all.write(part, 0, part.length);
        }
    }

    /**
     * Suspends until there are {@code length} bytes, and takes them. The limit does not matter.
     *
     * @throws IncompleteReadException if the stream ends before; it has what there was
     */
    @Async
    public byte[] readExactly(int length) throws IOException {
        checkNotNegative(length);
        checkNotFailed();
        while (available() < length) {
            if (ended) {
                throw new IncompleteReadException(take(available()), length);
            }
            data().await();
            checkNotFailed();
        }
        return take(length);
    }

    /**
     * Suspends until there is a line, and gives it without its {@code \n} or {@code \r\n}; at the end of the stream what is
     * left. In UTF-8.
     *
     * @return null at the end of the stream
     * @throws LimitOverrunException if the line is longer than the limit; what was read of it has been dropped
     */
    @Async
    public @Nullable String readLine() throws IOException {
        return readLine(StandardCharsets.UTF_8);
    }

    /** The same in a charset in which {@code \n} is one byte and no part of another character. */
    @Async
    public @Nullable String readLine(Charset charset) throws IOException {
        checkNotFailed();
        int seen = 0;
        while (true) {
            int size = available();
            if (size > seen) {
                int newline = requireNonNull(received).indexOf(NEWLINE, seen);
                if (newline >= 0) {
                    return line(newline, charset);
                }
                seen = size;
                if (seen > limit) {
                    drop(seen);
                    throw new LimitOverrunException(
                            "The line is longer than the limit of " + limit + " bytes, and has not ended yet", seen);
                }
            }
            if (ended) {
                return size == 0 ? null : text(size, charset);
            }
            data().await();
            checkNotFailed();
        }
    }

    private String line(int length, Charset charset) throws LimitOverrunException {
        if (length > limit) {
            drop(length + 1);
            throw new LimitOverrunException(
                    "The line has " + length + " bytes, which is more than the limit of " + limit, length);
        }
        ByteQueue queue = requireNonNull(received);
        byte[] array = queue.array();
        int start = queue.start();
        boolean carriageReturn = length > 0 && array[start + length - 1] == '\r';
        String line = new String(array, start, carriageReturn ? length - 1 : length, charset);
        queue.skip(length + 1);
        taken(queue);
        return line;
    }

    private String text(int length, Charset charset) {
        ByteQueue queue = requireNonNull(received);
        String text = new String(queue.array(), queue.start(), length, charset);
        queue.skip(length);
        taken(queue);
        return text;
    }

    /**
     * Suspends until one of the separators has come, and gives all up to and including the one that ends first.
     *
     * @throws LimitOverrunException if there is more than the limit before it; that is left in the stream
     * @throws IncompleteReadException if the stream ends before; it has what there was
     * @throws IllegalArgumentException if there is no separator, or an empty one
     */
    @Async
    public byte[] readUntil(byte[]... separators) throws IOException {
        Separators wanted = new Separators(separators);
        checkNotFailed();
        int seen = 0;
        while (true) {
            ByteQueue queue = received;
            if (queue != null && wanted.isIn(queue, seen)) {
                if (wanted.start() > limit) {
                    throw new LimitOverrunException(
                            "Separator is found, but chunk is longer than limit", wanted.start());
                }
                return take(wanted.end());
            }
            seen = wanted.seen(available(), seen);
            if (seen > limit) {
                throw new LimitOverrunException("Separator is not found, and chunk exceed the limit", seen);
            }
            if (ended) {
                throw new IncompleteReadException(take(available()), -1);
            }
            data().await();
            checkNotFailed();
        }
    }

    /**
     * The lines as {@link #readLine()} gives them, up to the end of the stream. Leaving the loop early leaves the rest in the
     * stream. An {@link IOException} arrives as the cause of an {@link java.io.UncheckedIOException}.
     */
    public AsyncIterable<String> lines() {
        return () -> new Lines(this);
    }

    /** Whether the stream has ended and all of it has been read. */
    public boolean atEof() {
        return ended && received == null;
    }

    /** How many bytes can be read without waiting. */
    public int available() {
        return received == null ? 0 : received.size();
    }

    /** What the connection was lost by; null if it was not. */
    public @Nullable IOException exception() {
        return failure;
    }

    /** What the calling coroutine awaits next: something new, the end, or a failure. */
    private AsyncFuture<@Nullable Void> data() {
        if (waiter != null && !waiter.isDone()) {
            throw new IllegalStateException("Another coroutine waits for incoming data already. Let one task read, and"
                    + " hand on what it has read.");
        }
        if (paused) {
            resume(); // what is wanted is longer than the limit
        }
        waiter = loop.createFuture();
        return waiter;
    }

    private void wake() {
        AsyncFuture<@Nullable Void> woken = waiter;
        if (woken != null) {
            waiter = null;
            Waiters.wake(woken);
        }
    }

    private byte[] take(int length) {
        ByteQueue queue = received;
        if (queue == null || length == 0) {
            return NOTHING;
        }
        byte[] bytes = queue.take(length);
        taken(queue);
        return bytes;
    }

    private void drop(int length) {
        ByteQueue queue = requireNonNull(received);
        queue.skip(length);
        taken(queue);
    }

    private void taken(ByteQueue queue) {
        if (queue.isEmpty()) {
            received = null;
            buffers().giveBack(queue);
        }
        if (paused && available() <= limit) {
            resume();
        }
    }

    private Buffers buffers() {
        return loop.io$engine().buffers();
    }

    private void resume() {
        paused = false;
        if (source != null) {
            source.read(true);
        }
    }

    boolean isPaused() {
        return paused;
    }

    /** All that remains in {@code data} has come. */
    void feed(ByteBuffer data) {
        if (!data.hasRemaining()) {
            return;
        }
        ByteQueue queue = received;
        if (queue == null) {
            queue = buffers().borrow();
            received = queue;
        }
        queue.append(data, buffers());
        wake();
        if (!paused && queue.size() > 2L * limit) {
            paused = true;
            if (source != null) {
                source.read(false);
            }
        }
    }

    /** Takes all that has not been read: it is not meant for readers. */
    @Nullable
    ByteQueue takeReceived() {
        ByteQueue queue = received;
        received = null;
        if (paused) {
            resume();
        }
        return queue;
    }

    boolean hasEnded() {
        return ended;
    }

    void feedEof() {
        ended = true;
        wake();
    }

    void fail(IOException cause) {
        failure = cause;
        wake();
    }

    void connectionLost(@Nullable IOException cause) {
        if (cause == null) {
            feedEof();
        } else {
            fail(cause);
        }
    }

    void checkNotFailed() throws IOException {
        if (failure != null) {
            throw failure;
        }
    }

    private static void checkNotNegative(int length) {
        if (length < 0) {
            throw new IllegalArgumentException(
                    "length (" + length + ") must not be negative. All up to the end gives readAll().");
        }
    }

    @Override
    public String toString() {
        return "<StreamReader " + available() + " bytes" + (ended ? ", ended" : "")
                + (failure == null ? "" : ", failed: " + failure) + ">";
    }
}
