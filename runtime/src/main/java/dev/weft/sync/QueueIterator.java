package dev.weft.sync;

import dev.weft.Async;
import dev.weft.AsyncIterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Takes the items of a queue. */
final class QueueIterator<T> implements AsyncIterator<T> {
    private final AsyncQueue<T> queue;
    private @Nullable T taken; // by hasNext, for the next call of next
    private boolean closed;

    QueueIterator(AsyncQueue<T> queue) {
        this.queue = queue;
    }

    @Async
    @Override
    public boolean hasNext() {
        if (taken == null && !closed) {
            taken = queue.next();
        }
        return taken != null;
    }

    @Async
    @Override
    public T next() {
        T item = hasNext() ? taken : null;
        if (item == null) {
            throw new NoSuchElementException("The queue was shut down and is empty: " + queue + ".");
        }
        taken = null;
        return item;
    }

    @Async
    @Override
    public void close() {
        closed = true;
        T item = taken;
        taken = null;
        if (item != null) {
            queue.putBack(item);
        }
    }
}
