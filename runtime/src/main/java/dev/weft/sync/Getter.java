package dev.weft.sync;

import dev.weft.internal.Continuation;
import org.jspecify.annotations.Nullable;

/** A task that waits for an item. */
final class Getter<T> extends Place {
    private final AsyncQueue<T> queue;
    private final boolean nullAtEnd;

    /** @param nullAtEnd whether the end of the queue is null and not an exception */
    Getter(Continuation co, AsyncQueue<T> queue, boolean nullAtEnd) {
        super(co);
        this.queue = queue;
        this.nullAtEnd = nullAtEnd;
    }

    @Override
    public @Nullable Object proceed(Continuation co) {
        if (!queue.isEmpty()) {
            return queue.remove(co);
        }
        if (queue.isShutDown()) {
            return nullAtEnd ? null : queue.take(co); // throws
        }
        queue.getters.append(this); // another task was faster
        sleepAgain();
        return AGAIN;
    }

    @Override
    protected void leave() {
        queue.getters.remove(this);
    }

    @Override
    public void passOn(Continuation co) {
        if (!queue.isEmpty()) {
            queue.getters.wakeNext(co);
        }
    }

    @Override
    public String toString() {
        return "<get from " + queue + ">";
    }
}
