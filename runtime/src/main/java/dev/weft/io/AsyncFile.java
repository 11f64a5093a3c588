package dev.weft.io;

import static java.util.Objects.requireNonNull;

import dev.weft.Async;
import dev.weft.AsyncCloseable;
import dev.weft.AsyncFuture;
import dev.weft.AsyncIterable;
import dev.weft.Asyncio;
import dev.weft.EventLoop;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;

/**
 * A file that is read and written without blocking the loop.
 *
 * <pre>{@code
 * try (AsyncFile file = AsyncFile.open(path, READ)) {
 *     for (String line : file.lines()) {
 *         ...
 *     }
 * }
 * }</pre>
 *
 * <p>Each operation runs on a thread of the loop's default executor, one at a time, in the order of the calls. If a task is
 * cancelled while it waits for its turn, nothing happens; afterwards the operation goes on to its end, and those that follow
 * wait for it. So a file is never closed, nor read, in the middle of a write.
 *
 * <p>For a whole file at once, {@code toThread(() -> Files.readString(path))} is as good. To send a file through a connection,
 * {@link StreamWriter#transferFrom(Path)} costs less. Loop thread only.
 */
public final class AsyncFile implements AsyncCloseable {
    private final FileOperations operations = new FileOperations(EventLoop.running());
    private final Path path;
    private final FileChannel channel;
    private boolean closed;

    private AsyncFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * Opens a file.
     *
     * @param options as for {@link FileChannel#open(Path, OpenOption...)}: reading if there are none
     * @throws java.nio.file.NoSuchFileException if there is none, and no option to create it
     */
    @Async
    public static AsyncFile open(Path path, OpenOption... options) throws IOException {
        requireNonNull(path, "path");
        return new AsyncFile(path, OffLoop.open(path, options.clone()));
    }

    /** The path that it was opened with. */
    public Path path() {
        return path;
    }

    /**
     * Reads up to {@code max} bytes from the file's position on, and moves it.
     *
     * @return up to {@code max} bytes; none only at the end of the file, or if {@code max} is 0
     */
    @Async
    public byte[] read(int max) throws IOException {
        checkCount(max);
        return inTurn(() -> {
            ByteBuffer target = ByteBuffer.allocate((int) Math.min(max, room(channel.position())));
            channel.read(target);
            return bytes(target);
        });
    }

    /** Reads up to {@code max} bytes from a position on, counted from the start of the file; leaves the file's own position. */
    @Async
    public byte[] read(int max, long position) throws IOException {
        checkCount(max);
        checkPosition(position);
        return inTurn(() -> {
            ByteBuffer target = ByteBuffer.allocate((int) Math.min(max, room(position)));
            channel.read(target, position);
            return bytes(target);
        });
    }

    /** How many bytes follow; more if that cannot be known, as in files that the system makes up. */
    private long room(long position) throws IOException {
        return Math.max(channel.size() - position, 8 * 1024);
    }

    private static byte[] bytes(ByteBuffer read) {
        return read.hasRemaining() ? Arrays.copyOf(read.array(), read.position()) : read.array();
    }

    /**
     * Reads the rest of the file, from its position on.
     *
     * @throws OutOfMemoryError if that is too much for an array
     */
    @Async
    public byte[] readAll() throws IOException {
        return inTurn(() -> Channels.newInputStream(channel).readAllBytes());
    }

    /**
     * The lines from the start of the file, in UTF-8, without their terminators {@code \n} or {@code \r\n}. Each iteration has
     * a position of its own, and reads 64 KiB at a time. What fails is thrown as {@link java.io.UncheckedIOException}.
     */
    public AsyncIterable<String> lines() {
        return () -> new FileLines(this);
    }

    /**
     * Writes all of {@code data} at the file's position, or at its end if it was opened to append, and moves it. Nobody may
     * change {@code data} until this returns; if the task was cancelled, it is best not used again.
     */
    @Async
    public void write(byte[] data) throws IOException {
        write(ByteBuffer.wrap(data));
    }

    /** Writes what remains in {@code data}, up to its limit. */
    @Async
    public void write(ByteBuffer data) throws IOException {
        inTurn(() -> {
            while (data.hasRemaining()) {
                channel.write(data);
            }
            return true;
        });
    }

    /** Writes a text in UTF-8. */
    @Async
    public void write(String text) throws IOException {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes all of {@code data} at a position, counted from the start of the file; leaves the file's own position. */
    @Async
    public void write(byte[] data, long position) throws IOException {
        checkPosition(position);
        inTurn(() -> {
            ByteBuffer source = ByteBuffer.wrap(data);
            while (source.hasRemaining()) {
                channel.write(source, position + source.position());
            }
            return true;
        });
    }

    /** Where the next {@link #read(int)} or {@link #write(byte[])} begins, in bytes. */
    @Async
    public long position() throws IOException {
        return inTurn(() -> channel.position());
    }

    /** Sets where the next {@link #read(int)} or {@link #write(byte[])} begins; may be beyond the end. */
    @Async
    public void position(long position) throws IOException {
        checkPosition(position);
        inTurn(() -> channel.position(position));
    }

    /** How long the file is, in bytes. */
    @Async
    public long size() throws IOException {
        return inTurn(() -> channel.size());
    }

    /** Cuts the file off; does nothing if it is not longer than {@code size} bytes. */
    @Async
    public void truncate(long size) throws IOException {
        checkPosition(size);
        inTurn(() -> channel.truncate(size));
    }

    /** Suspends until all that was written is on the disk, together with the file's attributes. */
    @Async
    public void force() throws IOException {
        inTurn(() -> {
            channel.force(true);
            return true;
        });
    }

    /** Whether {@link #close} was called. */
    public boolean isClosed() {
        return closed;
    }

    /** Closes the file after the operations that were called before. A second call does nothing. */
    @Async
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        AsyncFuture<Boolean> done = operations.add(() -> {
            channel.close();
            return true;
        });
        try {
            Asyncio.shield(done); // it is closed also if this task is cancelled
        } catch (CompletionException e) {
            throw OffLoop.unwrapped(e);
        }
    }

    @Async
    private <T> T inTurn(Callable<T> work) throws IOException {
        if (closed) {
            throw new IOException("The file is closed: " + path);
        }
        AsyncFuture<T> result = operations.add(work);
        try {
            return result.await();
        } catch (CompletionException e) {
            throw OffLoop.unwrapped(e);
        }
    }

    private static void checkCount(int max) {
        if (max < 0) {
            throw new IllegalArgumentException("A number of bytes cannot be negative: " + max);
        }
    }

    private static void checkPosition(long position) {
        if (position < 0) {
            throw new IllegalArgumentException("A position in a file cannot be negative: " + position);
        }
    }

    @Override
    public String toString() {
        return "<AsyncFile " + (closed ? "closed " : "open ") + path + ">";
    }
}
