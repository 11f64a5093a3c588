package dev.weft.sync;

import dev.weft.Async;
import dev.weft.AsyncRunnable;
import dev.weft.Asyncio;
import dev.weft.CancelledError;
import dev.weft.Coroutine;

/**
 * A number of permits that tasks acquire and release: so many may do something at a time.
 *
 * <pre>{@code
 * AsyncSemaphore connections = new AsyncSemaphore(10);
 *
 * String page = connections.withPermit(() -> download(url));
 * }</pre>
 *
 * <p>Tasks get permits in the order in which they asked; who asks later never overtakes.
 */
public final class AsyncSemaphore {
    private final WaitQueue waiters = new WaitQueue(this);
    private final int bound;
    private int permits; // free, and not promised to a waiter that was woken

    /**
     * With so many permits; {@link #release} may add more.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public AsyncSemaphore(int permits) {
        this(permits, Integer.MAX_VALUE);
    }

    private AsyncSemaphore(int permits, int bound) {
        if (permits < 0) {
            throw new IllegalArgumentException("Semaphore initial value must be >= 0, not " + permits + ".");
        }
        this.permits = permits;
        this.bound = bound;
    }

    /**
     * One that never has more permits than in the beginning: to release one too many is an error.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public static AsyncSemaphore bounded(int permits) {
        return new AsyncSemaphore(permits, permits);
    }

    /**
     * Suspends until there is a permit and all who asked before have got theirs, then takes it; returns at once if there is
     * one and nobody waits. If the task is cancelled while it waits, it takes none.
     */
    @Async
    public void acquire() {
        if (tryAcquire()) {
            return;
        }
        Waiter waiter = waiters.add();
        try {
            try {
                waiter.turn.await();
            } finally {
                waiters.remove(waiter);
            }
        } catch (CancelledError e) {
            if (waiter.isWoken()) { // with a permit
                permits++;
            }
            throw e;
        } finally {
            wakeThoseWithPermit(); // those who came later had to wait for this one
        }
    }

    /** Takes a permit if there is one and nobody waits for it; tells whether it did. */
    public boolean tryAcquire() {
        if (isLocked()) {
            return false;
        }
        permits--;
        return true;
    }

    /**
     * Gives a permit back, or adds one; the first who waits gets it.
     *
     * @throws IllegalStateException if the semaphore is bounded and has all its permits
     */
    public void release() {
        if (permits >= bound) {
            throw new IllegalStateException("Semaphore released too many times: " + this + " is bounded to " + bound
                    + ". Release it once for each time that it was acquired.");
        }
        if (!waiters.wakeNext()) {
            permits++;
        }
    }

    /** Whether {@link #acquire} would have to wait: there is no permit, or somebody comes first. */
    public boolean isLocked() {
        return permits == 0 || waiters.hasLive();
    }

    /** Runs {@code body} with a permit, and returns what it returns; gives the permit back whatever happens. */
    @Async
    public <T> T withPermit(Coroutine<T> body) {
        acquire();
        try {
            return body.await();
        } finally {
            release();
        }
    }

    /** The same for a body without a value. */
    @Async
    public void withPermit(AsyncRunnable body) {
        acquire();
        try {
            Asyncio.await(body);
        } finally {
            release();
        }
    }

    /** Acquires a permit for the rest of a block: {@code try (var held = semaphore.hold()) { ... }}. */
    @Async
    public Held hold() {
        acquire();
        return new Held(this::release);
    }

    private void wakeThoseWithPermit() {
        while (permits > 0 && waiters.wakeNext()) {
            permits--;
        }
    }

    @Override
    public String toString() {
        String state = isLocked() ? "locked" : "unlocked, value:" + permits;
        return "<AsyncSemaphore [" + state + waiters.describe() + "]>";
    }
}
