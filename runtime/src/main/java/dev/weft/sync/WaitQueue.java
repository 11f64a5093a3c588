package dev.weft.sync;

import dev.weft.AsyncFuture;
import dev.weft.EventLoop;
import org.jspecify.annotations.Nullable;

/**
 * Those who wait for something, in the order of arrival: what lies under every class of this package but the queues, whose
 * {@link Line} needs no place for those who were woken. Loop thread only.
 *
 * <p>To wake somebody ends no wait by itself: the task runs in a later iteration, and may be cancelled before it does. Until
 * then it keeps its place, so that a newcomer can see that somebody comes first:
 *
 * <pre>
 *   first: woken or cancelled, has not run yet ... sleeper: asleep or cancelled ... last
 * </pre>
 *
 * How to wait, for all that have to pass on a turn which they cannot take:
 *
 * <pre>{@code
 * Waiter waiter = waiters.add();
 * try {
 *     try {
 *         waiter.turn.await();
 *     } finally {
 *         waiters.remove(waiter);
 *     }
 * } catch (CancelledError e) {
 *     ... // wake another one, if waiter.isWoken()
 *     throw e;
 * }
 * }</pre>
 */
final class WaitQueue {
    private final Object owner;
    private @Nullable EventLoop loop; // that of the first who waited; from then on the only one
    private @Nullable Waiter first;
    private @Nullable Waiter last;
    private int size;

    /** All before it are woken or cancelled, and so is everybody if it is null. */
    private @Nullable Waiter sleeper;

    /** @param owner what is waited for, as messages call it */
    WaitQueue(Object owner) {
        this.owner = owner;
    }

    /** The calling coroutine gets in line; it awaits {@link Waiter#turn} next. */
    Waiter add() {
        AsyncFuture<@Nullable Void> turn = boundLoop().createFuture();
        Waiter waiter = new Waiter(turn);
        waiter.before = last;
        if (last == null) {
            first = waiter;
        } else {
            last.after = waiter;
        }
        last = waiter;
        if (sleeper == null) {
            sleeper = waiter;
        }
        size++;
        return waiter;
    }

    /** The waiter's task runs again. */
    void remove(Waiter waiter) {
        Waiter before = waiter.before;
        Waiter after = waiter.after;
        if (before == null) {
            first = after;
        } else {
            before.after = after;
        }
        if (after == null) {
            last = before;
        } else {
            after.before = before;
        }
        if (sleeper == waiter) {
            sleeper = after;
        }
        size--;
    }

    /** Wakes the first in line if it sleeps; if it is cancelled, it will pass the turn on when it runs. */
    void wakeFirst() {
        if (first != null && !first.turn.isDone()) {
            wake(first);
        }
    }

    /** Wakes the first that is neither woken nor cancelled, and tells whether there was one. */
    boolean wakeNext() {
        Waiter waiter = sleeper;
        while (waiter != null && waiter.turn.isDone()) {
            waiter = waiter.after;
        }
        sleeper = waiter;
        if (waiter == null) {
            return false;
        }
        wake(waiter);
        return true;
    }

    /** Wakes them all. */
    @SuppressWarnings("StatementWithEmptyBody")
    void wakeAll() {
        while (wakeNext()) {}
    }

    @SuppressWarnings("NullAway") // null stands for no value
    private void wake(Waiter waiter) {
        waiter.turn.setResult(null); // throws on a wrong thread, before anything has changed
        if (sleeper == waiter) {
            sleeper = waiter.after;
        }
    }

    /** Whether somebody is in line who has not been cancelled. */
    boolean hasLive() {
        Waiter waiter = first;
        while (waiter != null && waiter.turn.isCancelled()) {
            waiter = waiter.after;
        }
        return waiter != null;
    }

    /** The end of a description: {@code , waiters:2}, or nothing. */
    String describe() {
        return size == 0 ? "" : ", waiters:" + size;
    }

    private EventLoop boundLoop() {
        EventLoop running = EventLoop.running();
        if (loop == null) {
            loop = running;
        } else if (loop != running) {
            throw new IllegalStateException(owner + " is bound to a different event loop: " + loop
                    + ", where somebody waited for it first. Make one for each loop.");
        }
        return running;
    }
}
