package dev.weft.io;

import dev.weft.EventLoop;
import dev.weft.internal.ByteQueue;
import dev.weft.internal.Continuation;
import dev.weft.internal.Engine;
import dev.weft.internal.Job;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Feeds one loop after the other from a stream that blocks and outlives them, by one daemon thread.
 *
 * <p>What the thread has read waits in {@code arrived} until a loop takes it, so that nothing is lost between two loops.
 * The thread reads the next chunk only when the loop has taken the one before and its reader has room.
 */
final class InputPump {
    private static final int CHUNK = 8 * 1024;

    private final Supplier<InputStream> stream;
    private final Object lock = new Object();

    // Under the lock.
    private final ArrayDeque<ByteBuffer> arrived = new ArrayDeque<>();
    private boolean ended;
    private @Nullable IOException failure;
    private @Nullable Feeder feeder; // of the loop that reads
    private boolean wanted; // that the thread reads on
    private boolean started;

    InputPump(Supplier<InputStream> stream) {
        this.stream = stream;
    }

    StreamReader readerFor(EventLoop loop) {
        Feeder mine;
        synchronized (lock) {
            Feeder present = feeder;
            if (present != null) {
                if (present.loop == loop) {
                    return present.reader;
                }
                throw new IllegalStateException("Another loop reads the standard input: " + present.loop
                        + ". Read it in one loop and hand on what it has read.");
            }
            mine = new Feeder(loop);
            feeder = mine;
        }
        mine.take();
        return mine.reader;
    }

    /** Lets the thread read one chunk. */
    private void want() {
        synchronized (lock) {
            wanted = true;
            lock.notifyAll();
            if (!started) {
                started = true;
                Thread thread = new Thread(null, this::pump, "weft-stdin", 0, false);
                thread.setDaemon(true);
                thread.start();
            }
        }
    }

    // The pump's thread.
    private void pump() {
        byte[] chunk = new byte[CHUNK];
        try {
            InputStream source = stream.get();
            int length = 0;
            while (length >= 0) {
                awaitDemand();
                length = source.read(chunk);
                arrived(length < 0 ? null : ByteBuffer.wrap(Arrays.copyOf(chunk, length)), null);
            }
        } catch (IOException e) {
            arrived(null, e);
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts this thread", e);
        }
    }

    private void awaitDemand() throws InterruptedException {
        synchronized (lock) {
            while (!wanted) {
                lock.wait();
            }
            wanted = false;
        }
    }

    private void arrived(@Nullable ByteBuffer data, @Nullable IOException cause) {
        synchronized (lock) {
            if (data == null) {
                ended = true;
                failure = cause;
            } else {
                arrived.add(data);
            }
            if (feeder != null) {
                feeder.wake();
            }
        }
    }

    /** Brings what has arrived to the reader of a loop. */
    private final class Feeder implements Source {
        final EventLoop loop;
        final StreamReader reader;
        private final Engine engine;
        private boolean feeding = true; // loop thread only
        private boolean over; // loop thread only

        Feeder(EventLoop loop) {
            this.loop = loop;
            engine = loop.io$engine();
            reader = new StreamReader(loop, StreamReader.LIMIT, this);
            engine.onClose(this::leave);
        }

        // The pump's thread.
        void wake() {
            engine.post(new Look());
        }

        @Override
        public void read(boolean on) {
            feeding = on;
            if (on) {
                engine.schedule(new Look()); // the reader is in the middle of something
            }
        }

        private final class Look extends Job {
            @Override
            protected void run(Continuation co) {
                take();
            }
        }

        /** Takes what has arrived, and asks for more if there is room. */
        void take() {
            while (feeding && !over) {
                ByteBuffer data;
                IOException cause;
                synchronized (lock) {
                    data = arrived.poll();
                    over = data == null && ended;
                    cause = failure;
                }
                if (over) {
                    reader.connectionLost(cause);
                } else if (data == null) {
                    want();
                    return;
                } else {
                    reader.feed(data);
                }
            }
        }

        /** The loop is closed: what its reader has is for the next one. */
        private void leave() {
            over = true;
            ByteQueue rest = reader.takeReceived();
            synchronized (lock) {
                if (rest != null) {
                    arrived.addFirst(ByteBuffer.wrap(rest.take(rest.size())));
                }
                feeder = null;
            }
        }
    }
}
