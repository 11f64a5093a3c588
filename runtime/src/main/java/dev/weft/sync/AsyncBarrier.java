package dev.weft.sync;

import dev.weft.Async;
import java.util.Locale;

/**
 * A point where a number of tasks wait for each other. When all have come they go on, and the barrier may be used again.
 *
 * <pre>{@code
 * AsyncBarrier barrier = new AsyncBarrier(3);
 *
 * int index = barrier.await(); // in three tasks: 0, 1 and 2, in the order of arrival
 * }</pre>
 *
 * <p>Who comes while the others are still leaving waits for the next round. One that is cancelled while it waits is no
 * longer counted.
 *
 * <pre>
 *   filling --all have come--> draining --all have left--> filling
 *   filling or draining --reset()--> resetting --all have left--> filling
 *   any --abort()--> broken --reset()--> resetting if somebody has not left yet, else filling
 * </pre>
 */
public final class AsyncBarrier {
    private enum State {
        FILLING,
        DRAINING,
        RESETTING,
        BROKEN
    }

    private final AsyncCondition changed = new AsyncCondition();
    private final int parties;
    private State state = State.FILLING;
    private int count; // have come and not left

    /**
     * For so many tasks.
     *
     * @throws IllegalArgumentException if there are none
     */
    public AsyncBarrier(int parties) {
        if (parties < 1) {
            throw new IllegalArgumentException("parties must be > 0, not " + parties + ".");
        }
        this.parties = parties;
    }

    /**
     * Suspends until all have come.
     *
     * @return how many had come before
     * @throws BrokenBarrierException if the barrier is broken, or was reset or aborted while the task waited
     */
    @Async
    public int await() {
        return changed.withLock(() -> cross());
    }

    /** Breaks off the round: those who wait get a {@link BrokenBarrierException}; then a new round begins. */
    @Async
    public void reset() {
        changed.withLock(() -> {
            state = count > 0 ? State.RESETTING : State.FILLING;
            changed.signalAll();
        });
    }

    /** Breaks it: those who wait, and who come later, get a {@link BrokenBarrierException}, until it is reset. */
    @Async
    public void abort() {
        changed.withLock(() -> {
            state = State.BROKEN;
            changed.signalAll();
        });
    }

    /** Whether it was aborted, and not reset since. */
    public boolean isBroken() {
        return state == State.BROKEN;
    }

    /** How many tasks wait for each other. */
    public int parties() {
        return parties;
    }

    /** How many have come and wait for the others. */
    public int waiting() {
        return state == State.FILLING ? count : 0;
    }

    @Async
    private int cross() {
        changed.awaitUntil(() -> state != State.DRAINING && state != State.RESETTING);
        checkWhole(state == State.BROKEN);
        int index = count++;
        try {
            if (count == parties) {
                state = State.DRAINING;
                changed.signalAll();
            } else {
                changed.awaitUntil(() -> state != State.FILLING);
                checkWhole(state == State.BROKEN || state == State.RESETTING);
            }
            return index;
        } finally {
            count--;
            left();
        }
    }

    private void left() {
        if (count > 0) {
            return;
        }
        if (state == State.RESETTING || state == State.DRAINING) {
            state = State.FILLING;
        }
        changed.signalAll();
    }

    private void checkWhole(boolean broken) {
        if (broken) {
            throw new BrokenBarrierException(
                    state == State.BROKEN
                            ? "The barrier is aborted: " + this + ". reset() makes it usable again."
                            : "The barrier was reset while this task waited: " + this
                                    + ". Wait again for the new round.");
        }
    }

    @Override
    public String toString() {
        String waiters = isBroken() ? "" : ", waiters:" + waiting() + "/" + parties;
        return "<AsyncBarrier [" + state.name().toLowerCase(Locale.ROOT) + waiters + "]>";
    }
}
