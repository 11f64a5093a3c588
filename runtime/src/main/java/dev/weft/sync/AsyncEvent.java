package dev.weft.sync;

import dev.weft.Async;

/**
 * A flag that tasks wait for.
 *
 * <pre>{@code
 * AsyncEvent started = new AsyncEvent();
 * createTask(() -> {
 *     started.await();
 *     ...
 * });
 * started.set(); // wakes all who wait
 * loop.callSoonThreadsafe(started::set); // the same from another thread
 * }</pre>
 */
public final class AsyncEvent {
    private final WaitQueue waiters = new WaitQueue(this);
    private boolean set;

    /** An event that is not set. */
    public AsyncEvent() {}

    /** Suspends until it is set; returns at once if it is. Who was woken returns even if it is cleared meanwhile. */
    @Async
    public void await() {
        if (set) {
            return;
        }
        Waiter waiter = waiters.add();
        try {
            waiter.turn.await();
        } finally {
            waiters.remove(waiter);
        }
    }

    /** Sets it and wakes all who wait. */
    public void set() {
        if (!set) {
            waiters.wakeAll();
            set = true;
        }
    }

    /** From now on tasks wait again until it is set. */
    public void clear() {
        set = false;
    }

    /** Whether it is set. */
    public boolean isSet() {
        return set;
    }

    @Override
    public String toString() {
        return "<AsyncEvent [" + (set ? "set" : "unset") + waiters.describe() + "]>";
    }
}
