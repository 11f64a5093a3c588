package dev.weft.io;

import dev.weft.EventLoop;
import dev.weft.internal.Continuation;
import dev.weft.internal.Engine;
import dev.weft.internal.Job;
import dev.weft.internal.Poller.External;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Writes to a stream that blocks, by a daemon thread that is started with the first byte and ends with the stream.
 *
 * <p>One chunk at a time is on its way; while it is, there is no room for another. Once there is a thread, only it touches
 * the stream: to close one that another thread writes to would block.
 */
final class WritePump extends Sink {
    private static final int CHUNK = 64 * 1024;
    private static final byte[] END = {};

    final StreamWriter writer;
    private final EventLoop loop;
    private final Engine engine; // for the thread, which may not ask the loop
    private final OutputStream stream;
    private final String name;
    private final LinkedBlockingQueue<byte[]> chunks = new LinkedBlockingQueue<>(); // one and the end at most

    // Loop thread only.
    private @Nullable Thread thread;
    private int underway; // bytes of the chunk that is on its way, 0 if there is none

    WritePump(EventLoop loop, OutputStream stream, String name) {
        this.loop = loop;
        engine = loop.io$engine();
        this.stream = stream;
        this.name = name;
        writer = new StreamWriter(this);
    }

    @Override
    EventLoop loop() {
        return loop;
    }

    @Override
    int send(byte[] data, int offset, int length) {
        if (underway > 0) {
            return 0;
        }
        byte[] chunk = new byte[Math.min(length, CHUNK)];
        System.arraycopy(data, offset, chunk, 0, chunk.length);
        if (thread == null) {
            thread = new Thread(null, this::pump, name, 0, false);
            thread.setDaemon(true);
            thread.start();
        }
        underway = chunk.length;
        engine.poller().external(External.THREAD, 1);
        chunks.add(chunk);
        return chunk.length;
    }

    @Override
    int unsent() {
        return state == State.CLOSED ? 0 : underway;
    }

    @Override
    void awaitRoom(boolean on) {
        // There is room when the chunk has been written.
    }

    /** Sends what the writer has collected. */
    @Override
    protected void beforePoll() {
        writer.flushCollected();
    }

    @Override
    protected void ready() {
        throw new AssertionError("not watched by a poller");
    }

    /** A chunk has been written, or not. */
    private void chunkWritten(@Nullable IOException failure) {
        underway = 0;
        engine.poller().external(External.THREAD, -1);
        if (state == State.CLOSED) {
            return;
        }
        if (failure != null) {
            lose(failure);
        } else {
            writer.flushIfFull();
        }
    }

    @Override
    boolean canEnd() {
        return true;
    }

    @Override
    void shutdownOutput() {
        close();
    }

    @Override
    void close() {
        if (state == State.OPEN) {
            state = State.CLOSING;
            closeIfWritten();
        }
    }

    @Override
    void written() {
        closeIfWritten();
    }

    private void closeIfWritten() {
        if (state == State.CLOSING && writer.bufferSize() == 0) {
            end(null);
        }
    }

    @Override
    void abort() {
        end(null);
    }

    @Override
    void lose(IOException cause) {
        end(cause);
    }

    /** Nobody reads any more. */
    void readerIsGone() {
        if (writer.bufferSize() > 0) {
            lose(new IOException("Broken pipe: the process has ended without reading all of its standard input"));
        } else {
            abort();
        }
    }

    private void end(@Nullable IOException cause) {
        if (state == State.CLOSED) {
            return;
        }
        dropped = writer.bufferSize() > 0;
        state = State.CLOSED;
        lost = cause;
        closeStream();
        writer.connectionLost();
        wakeCloseWaiters();
    }

    private void closeStream() {
        if (thread != null) {
            chunks.add(END);
            return;
        }
        try {
            stream.close(); // writes nothing, so that it does not block
        } catch (IOException e) {
            lost = lost == null ? e : lost;
        }
    }

    /** The loop is closed: nobody runs who could wait. */
    void abandon() {
        if (state != State.CLOSED) {
            state = State.CLOSED;
            closeStream();
        }
    }

    @Override
    void checkReader() {}

    // The pump's thread.
    private void pump() {
        IOException failure = null;
        try (OutputStream target = stream) {
            while (true) {
                byte[] chunk = chunks.take();
                if (chunk == END) {
                    return;
                }
                if (failure == null) {
                    try {
                        target.write(chunk);
                        target.flush();
                    } catch (IOException e) {
                        failure = e; // the loop sends the end next
                    }
                }
                engine.post(new Written(failure));
            }
        } catch (IOException | InterruptedException e) {
            // Closed, even if that failed; nobody interrupts this thread.
        }
    }

    /** Tells the loop that a chunk is no longer on its way. */
    private final class Written extends Job {
        private final @Nullable IOException failure;

        Written(@Nullable IOException failure) {
            this.failure = failure;
        }

        @Override
        protected void run(Continuation co) {
            chunkWritten(failure);
        }
    }

    @Override
    public String toString() {
        return "<WritePump " + state.name().toLowerCase(Locale.ROOT) + " " + name + ">";
    }
}
