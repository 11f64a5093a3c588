package dev.weft.sync;

import dev.weft.internal.Continuation;
import org.jspecify.annotations.Nullable;

/** A task that waits for an item. */
final class Getter<T> extends Place {
    private final AsyncQueue<T> queue;
    private final boolean nullAtEnd;

    private Getter(Continuation co, AsyncQueue<T> queue, boolean nullAtEnd) {
        super(co);
        this.queue = queue;
        this.nullAtEnd = nullAtEnd;
    }

    /**
     * The running task's place: that which it had before, if it has waited for nothing else since.
     *
     * @param nullAtEnd whether the end of the queue is null and not an exception
     */
    @SuppressWarnings("unchecked") // a getter of a queue has its type
    static <T> Getter<T> of(Continuation co, AsyncQueue<T> queue, boolean nullAtEnd) {
        return last(co) instanceof Getter<?> last && last.queue == queue && last.nullAtEnd == nullAtEnd
                ? (Getter<T>) last
                : new Getter<>(co, queue, nullAtEnd);
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
