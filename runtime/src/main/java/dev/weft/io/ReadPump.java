package dev.weft.io;

import dev.weft.EventLoop;
import dev.weft.internal.Continuation;
import dev.weft.internal.Engine;
import dev.weft.internal.Job;
import dev.weft.internal.Poller.External;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Feeds a reader from a stream that blocks, by a daemon thread that ends with the stream.
 *
 * <p>The thread reads at most two chunks ahead of the loop, and only it touches the stream: closing a file descriptor that
 * another thread reads from is not safe. So a pump that is stopped while it reads ends when that read does.
 */
final class ReadPump implements Source {
    private static final int CHUNK = 32 * 1024;
    private static final int AHEAD = 2;

    final StreamReader reader;
    private final Engine engine;
    private final InputStream stream;
    private final Thread thread;
    private final Semaphore permits = new Semaphore(AHEAD); // to read a chunk; the loop gives, the thread takes
    private volatile boolean stopped; // the loop sets it

    // Loop thread only.
    private final Runnable onEnd;
    private boolean ended;
    private boolean feeding = true;
    private int held; // permits, while the reader has enough

    /**
     * Starts it.
     *
     * @param onEnd called once, when nothing more comes or it was stopped
     */
    ReadPump(EventLoop loop, InputStream stream, int limit, String name, Runnable onEnd) {
        this.stream = stream;
        this.onEnd = onEnd;
        engine = loop.io$engine();
        reader = new StreamReader(loop, limit, this);
        thread = new Thread(null, this::pump, name, 0, false);
        thread.setDaemon(true);
        engine.poller().external(External.THREAD, 1);
        thread.start();
    }

    @Override
    public void read(boolean on) {
        feeding = on;
        if (on) {
            permits.release(held);
            held = 0;
        }
    }

    /** Nothing more comes, whatever the stream has; what the reader has stays there. */
    void stop() {
        if (!ended) {
            stopped = true;
            permits.release();
            reader.feedEof();
            end();
        }
    }

    /** The same when the loop is closed: nobody runs who could read. */
    void abandon() {
        stopped = true;
        permits.release();
    }

    private void end() {
        ended = true;
        engine.poller().external(External.THREAD, -1);
        onEnd.run();
    }

    // The pump's thread, as all that follow up to the job.
    private void pump() {
        IOException failure = null;
        byte[][] chunks = new byte[AHEAD][];
        try (InputStream source = stream) {
            for (int i = 0; ; i = (i + 1) % AHEAD) {
                permits.acquireUninterruptibly();
                if (stopped) {
                    return;
                }
                byte[] chunk = chunks[i];
                if (chunk == null) {
                    chunk = new byte[CHUNK];
                    chunks[i] = chunk; // the loop has done with it when there is a permit for it again
                }
                int length = source.read(chunk);
                if (length < 0) {
                    break;
                }
                engine.post(new Arrival(ByteBuffer.wrap(chunk, 0, length), null));
            }
        } catch (IOException e) {
            failure = e;
        }
        engine.post(new Arrival(null, failure));
    }

    /** What the thread tells the loop: data, or the end. */
    private final class Arrival extends Job {
        private final @Nullable ByteBuffer data;
        private final @Nullable IOException failure;

        Arrival(@Nullable ByteBuffer data, @Nullable IOException failure) {
            this.data = data;
            this.failure = failure;
        }

        @Override
        protected void run(Continuation co) {
            if (ended) {
                return;
            }
            if (data == null) {
                reader.connectionLost(failure);
                end();
                return;
            }
            reader.feed(data);
            if (feeding) {
                permits.release();
            } else {
                held++;
            }
        }
    }
}
