package dev.weft.sync;

import dev.weft.Async;
import dev.weft.AsyncRunnable;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Task;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets tasks that hold a lock wait, with the lock free meanwhile, until another task that holds it signals a change.
 *
 * <pre>{@code
 * AsyncCondition changed = new AsyncCondition();
 *
 * changed.withLock(() -> {
 *     changed.awaitUntil(() -> stock > 0);
 *     stock--;
 * });
 *
 * changed.withLock(() -> {
 *     stock++;
 *     changed.signal();
 * });
 * }</pre>
 *
 * <p>A signal is never lost: a task that was signalled and is cancelled before it goes on signals another one. So a wait may
 * end although what one waits for is not so; {@link #awaitUntil} looks again.
 */
public final class AsyncCondition {
    private final AsyncLock lock;
    private final WaitQueue waiters = new WaitQueue(this);

    /** A condition with a lock of its own. */
    public AsyncCondition() {
        this(new AsyncLock());
    }

    /** A condition of a lock; a lock may have several. */
    public AsyncCondition(AsyncLock lock) {
        this.lock = lock;
    }

    /** The lock that callers of the other methods hold. */
    public AsyncLock lock() {
        return lock;
    }

    /** Runs {@code body} with the lock held, as {@link AsyncLock#withLock(Coroutine)}. */
    @Async
    public <T> T withLock(Coroutine<T> body) {
        return lock.withLock(body);
    }

    /** The same for a body without a value. */
    @Async
    public void withLock(AsyncRunnable body) {
        lock.withLock(body);
    }

    /**
     * Frees the lock, suspends until a signal comes, and acquires the lock again.
     *
     * <p>Whatever happens, the lock is held again at the end: a cancellation is thrown when that is so.
     *
     * @throws IllegalStateException if nobody holds the lock
     */
    @Async
    public void await() {
        checkLocked("wait on");
        Task<?> holder = lock.holder;
        Waiter waiter = waiters.add();
        try {
            try {
                lock.release();
                waiter.turn.await();
            } finally {
                waiters.remove(waiter);
                reacquire(holder);
            }
        } catch (Throwable failure) {
            waiters.wakeNext(); // in case that this one had the signal
            throw failure;
        }
    }

    /** Waits until {@code predicate} holds; asks it at once, and again after each signal, with the lock held. */
    @Async
    public void awaitUntil(BooleanSupplier predicate) {
        while (!predicate.getAsBoolean()) {
            await();
        }
    }

    /** Wakes who has waited longest, as {@code signal(1)}. */
    public void signal() {
        signal(1);
    }

    /**
     * Wakes up to {@code n} of those who wait. They go on, one after the other, when they get the lock.
     *
     * @throws IllegalStateException if nobody holds the lock
     */
    public void signal(int n) {
        checkLocked("signal");
        int woken = 0;
        while (woken < n && waiters.wakeNext()) {
            woken++;
        }
    }

    /**
     * Wakes all who wait.
     *
     * @throws IllegalStateException if nobody holds the lock
     */
    public void signalAll() {
        checkLocked("signal");
        waiters.wakeAll();
    }

    /** Gets the lock in spite of cancellations, and throws the last of them then. */
    @Async
    private void reacquire(@Nullable Task<?> holder) {
        CancelledError cancellation = null;
        boolean acquired = false;
        while (!acquired) {
            try {
                lock.acquire();
                acquired = true;
            } catch (CancelledError e) {
                cancellation = e;
            }
        }
        lock.holder = holder;
        if (cancellation != null) {
            throw cancellation;
        }
    }

    private void checkLocked(String action) {
        if (!lock.isLocked()) {
            throw new IllegalStateException("cannot " + action + " un-acquired lock: " + this
                    + ". Do it within withLock(...), or between lock().acquire() and lock().release().");
        }
    }

    @Override
    public String toString() {
        return "<AsyncCondition [" + (lock.isLocked() ? "locked" : "unlocked") + waiters.describe() + "]>";
    }
}
