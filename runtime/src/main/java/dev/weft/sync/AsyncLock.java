package dev.weft.sync;

import dev.weft.Async;
import dev.weft.AsyncRunnable;
import dev.weft.Asyncio;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Task;
import org.jspecify.annotations.Nullable;

/**
 * A lock for tasks: between {@link #acquire} and {@link #release} no other task gets it.
 *
 * <pre>{@code
 * AsyncLock lock = new AsyncLock();
 *
 * lock.withLock(() -> {
 *     balance = fetchBalance(account); // suspends, with the lock held
 *     storeBalance(account, balance + 1);
 * });
 *
 * try (var held = lock.hold()) { // the same
 *     ...
 * }
 * }</pre>
 *
 * <p>Tasks get it in the order in which they asked; who asks later never overtakes. It is not reentrant. No task owns it:
 * one that was acquired by {@code acquire()} may be released by another task.
 */
public final class AsyncLock {
    private final WaitQueue waiters = new WaitQueue(this);
    private boolean locked;

    /** Whose {@link #withLock} or {@link #hold} it is; null if it is free or was acquired without a scope. */
    @Nullable
    Task<?> holder;

    /** A free lock. */
    public AsyncLock() {}

    /**
     * Suspends until the lock is free and all who asked before have had it, then takes it; returns at once if it is free
     * and nobody waits. If the task is cancelled while it waits, it does not get the lock.
     *
     * @throws IllegalStateException if the calling task holds it by {@link #withLock} or {@link #hold}: it would wait for
     *     itself
     */
    @Async
    public void acquire() {
        if (tryAcquire()) {
            return;
        }
        checkNoDeadlock();
        Waiter waiter = waiters.add();
        try {
            try {
                waiter.turn.await();
            } finally {
                waiters.remove(waiter);
            }
        } catch (CancelledError e) {
            if (!locked) { // then it is the next one's turn
                waiters.wakeFirst();
            }
            throw e;
        }
        locked = true;
    }

    /** Takes the lock if it is free and nobody waits for it; tells whether it did. */
    public boolean tryAcquire() {
        if (locked || waiters.hasLive()) {
            return false;
        }
        locked = true;
        return true;
    }

    /**
     * Frees the lock and wakes who has waited longest.
     *
     * @throws IllegalStateException if it is free
     */
    public void release() {
        if (!locked) {
            throw new IllegalStateException(
                    "Lock is not acquired: " + this + ". Release it once for each time that it was acquired.");
        }
        waiters.wakeFirst();
        holder = null;
        locked = false;
    }

    /** Whether somebody has it. */
    public boolean isLocked() {
        return locked;
    }

    /** Runs {@code body} with the lock held, and returns what it returns; releases the lock whatever happens. */
    @Async
    public <T> T withLock(Coroutine<T> body) {
        Task<?> caller = Asyncio.currentTask();
        acquire();
        holder = caller;
        try {
            return body.await();
        } finally {
            release();
        }
    }

    /** The same for a body without a value. */
    @Async
    public void withLock(AsyncRunnable body) {
        Task<?> caller = Asyncio.currentTask();
        acquire();
        holder = caller;
        try {
            Asyncio.await(body);
        } finally {
            release();
        }
    }

    /** Acquires the lock for the rest of a block: {@code try (var held = lock.hold()) { ... }}. */
    @Async
    public Held hold() {
        Task<?> caller = Asyncio.currentTask();
        acquire();
        holder = caller;
        return new Held(this::release);
    }

    private void checkNoDeadlock() {
        if (locked && holder != null && holder == Asyncio.currentTask()) {
            throw new IllegalStateException(
                    "Deadlock: " + holder + " holds " + this + " already and would wait for itself"
                            + " for ever. The lock is not reentrant: acquire it once, and let the code within rely on that.");
        }
    }

    @Override
    public String toString() {
        return "<AsyncLock [" + (locked ? "locked" : "unlocked") + waiters.describe() + "]>";
    }
}
