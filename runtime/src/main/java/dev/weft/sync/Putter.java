package dev.weft.sync;

import dev.weft.internal.Continuation;
import org.jspecify.annotations.Nullable;

/** A task that waits for room for its item. */
final class Putter<T> extends Place {
    private final AsyncQueue<T> queue;
    private final T item;

    Putter(Continuation co, AsyncQueue<T> queue, T item) {
        super(co);
        this.queue = queue;
        this.item = item;
    }

    @Override
    public @Nullable Object proceed(Continuation co) {
        if (queue.isFull() && !queue.isShutDown()) {
            queue.putters.append(this); // another task was faster
            sleepAgain();
            return AGAIN;
        }
        queue.putNowait(item, co);
        return null;
    }

    @Override
    protected void leave() {
        queue.putters.remove(this);
    }

    @Override
    public void passOn(Continuation co) {
        if (!queue.isFull()) {
            queue.putters.wakeNext(co);
        }
    }

    @Override
    public String toString() {
        return "<put into " + queue + ">";
    }
}
