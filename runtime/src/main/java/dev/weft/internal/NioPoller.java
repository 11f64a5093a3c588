package dev.weft.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Waits in a {@link Selector}. */
public final class NioPoller implements Poller {
    private static final int READS = SelectionKey.OP_READ | SelectionKey.OP_ACCEPT;
    private static final int WRITES = SelectionKey.OP_WRITE | SelectionKey.OP_CONNECT;
    private static final long LONGEST = TimeUnit.DAYS.toNanos(1);

    private final Selector selector;
    private final Consumer<SelectionKey> deliver = this::deliver;
    private final List<SelectionKey> released = new ArrayList<>(); // to cancel before the next poll
    private ReadyQueue ready = new ReadyQueue();

    public NioPoller() {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void deliverTo(ReadyQueue ready) {
        this.ready = ready;
    }

    boolean isWatching() {
        return !selector.keys().isEmpty();
    }

    @Override
    public void poll(long nanos) {
        if (!released.isEmpty()) {
            cancelReleased();
        }
        try {
            if (nanos == FOREVER) {
                selector.select(deliver);
            } else if (nanos > 0) {
                // Rounded up: a wait that ends before its deadline would only be repeated.
                long millis = (Math.min(nanos, LONGEST) + 999_999) / 1_000_000;
                selector.select(deliver, millis);
            } else if (isWatching()) {
                selector.selectNow(deliver);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void wakeup() {
        selector.wakeup();
    }

    @Override
    public void watch(SelectableChannel channel, Interest interest, IoJob job) {
        if (channel.isBlocking()) {
            throw new IllegalArgumentException(
                    "The channel blocks: " + channel + ". Call configureBlocking(false) before.");
        }
        try {
            SelectionKey key = validKey(channel);
            if (key == null) {
                key = channel.register(selector, 0, new Watches());
            }
            if (!(key.attachment() instanceof Watches watches)) {
                throw new IllegalStateException(
                        "The channel is used by a connection: " + channel + ". Use its reader and writer.");
            }
            if (interest == Interest.READ) {
                watches.reader = job;
            } else {
                watches.writer = job;
            }
            key.interestOps(watches.operations(channel));
        } catch (ClosedChannelException e) {
            throw new IllegalArgumentException("The channel is closed: " + channel, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public SelectionKey register(SelectableChannel channel, int operations, IoJob job) {
        try {
            SelectionKey key = validKey(channel);
            if (key == null) {
                return channel.register(selector, operations, job);
            }
            key.attach(job);
            return key.interestOps(operations);
        } catch (ClosedChannelException e) {
            throw new IllegalArgumentException("The channel is closed: " + channel, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private @Nullable SelectionKey validKey(SelectableChannel channel) throws IOException {
        SelectionKey key = channel.keyFor(selector);
        if (key != null && !key.isValid()) {
            selector.selectNow(deliver); // only a selection forgets a cancelled key
            return null;
        }
        return key;
    }

    @Override
    public @Nullable IoJob watching(SelectableChannel channel, Interest interest) {
        Watches watches = watches(channel.keyFor(selector));
        if (watches == null) {
            return null;
        }
        return interest == Interest.READ ? watches.reader : watches.writer;
    }

    @Override
    public void unwatch(SelectableChannel channel, Interest interest) {
        SelectionKey key = forget(channel, interest);
        if (key != null && key.interestOps() == 0) {
            key.cancel();
        }
    }

    @Override
    public void release(SelectableChannel channel, Interest interest) {
        SelectionKey key = forget(channel, interest);
        if (key != null && key.interestOps() == 0) {
            released.add(key);
        }
    }

    /** Ends the interest; null if the channel is not watched at all. */
    private @Nullable SelectionKey forget(SelectableChannel channel, Interest interest) {
        SelectionKey key = channel.keyFor(selector);
        Watches watches = watches(key);
        if (key == null || watches == null) {
            return null;
        }
        if (interest == Interest.READ) {
            watches.reader = null;
        } else {
            watches.writer = null;
        }
        key.interestOps(watches.operations(channel));
        return key;
    }

    private static @Nullable Watches watches(@Nullable SelectionKey key) {
        return key != null && key.isValid() && key.attachment() instanceof Watches watches ? watches : null;
    }

    private void cancelReleased() {
        for (SelectionKey key : released) {
            if (watches(key) != null && key.interestOps() == 0) {
                key.cancel();
            }
        }
        released.clear();
    }

    @Override
    public void close(SelectableChannel channel) throws IOException {
        boolean registered = channel.keyFor(selector) != null;
        channel.close();
        if (registered) {
            selector.selectNow(deliver); // until a selection forgets its key, the system's socket stays open
        }
    }

    @Override
    public void close() {
        for (SelectionKey key : List.copyOf(selector.keys())) {
            if (key.isValid() && key.attachment() instanceof IoJob job) {
                job.abandoned();
            }
        }
        try {
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void deliver(SelectionKey key) {
        if (!key.isValid()) {
            return;
        }
        if (key.attachment() instanceof IoJob job) {
            enqueue(job);
            return;
        }
        Watches watches = (Watches) key.attachment();
        int operations = key.readyOps();
        if ((operations & READS) != 0) {
            enqueue(watches.reader);
        }
        if ((operations & WRITES) != 0) {
            enqueue(watches.writer);
        }
    }

    private void enqueue(@Nullable IoJob job) {
        if (job != null && !job.queued) {
            job.queued = true;
            ready.add(job);
        }
    }

    /** Who waits for one channel. */
    private static final class Watches {
        private @Nullable IoJob reader;
        private @Nullable IoJob writer;

        int operations(SelectableChannel channel) {
            int operations = 0;
            if (reader != null) {
                operations |= channel.validOps() & READS;
            }
            if (writer != null) {
                boolean connecting = channel instanceof SocketChannel socket && !socket.isConnected();
                operations |= connecting ? SelectionKey.OP_CONNECT : channel.validOps() & SelectionKey.OP_WRITE;
            }
            return operations;
        }
    }
}
