package dev.weft.internal;

import org.jspecify.annotations.Nullable;

/**
 * What a task waits for when that is no future: its turn in some line. What the wait gives is found out only when the task
 * runs again, and it may then have to wait on. A wait needs neither a future nor a frame, and may begin again: a task
 * keeps its last one. Loop thread only.
 *
 * <pre>
 *   over --begin--> asleep --wake--> woken --proceed, or passOn if the task was cancelled--> over, or asleep again
 *                      +---cancel---> over
 * </pre>
 */
public abstract class Wait {
    /** What {@link #proceed} gives if the task has to wait on. */
    public static final Object AGAIN = new Object();

    private final @Nullable Job task; // null if nothing can suspend
    private boolean asleep;
    private boolean woken;

    /** The running task's. */
    protected Wait(Continuation co) {
        task = co.running;
    }

    /** What the running task waited for last, if it still knows it: a wait that is over. */
    protected static @Nullable Object last(Continuation co) {
        return co.running == null ? null : co.running.lastWait();
    }

    /** The leaf of a suspension: the running task waits. Its caller then returns a dummy value. */
    @SuppressWarnings("NullAway") // a task runs, or this throws first
    public final void begin(Continuation co) {
        co.suspend();
        task.waitFor(this);
        asleep = true;
    }

    /** Called by {@link #proceed} before it gives {@link #AGAIN}. */
    protected final void sleepAgain() {
        asleep = true;
    }

    /**
     * Lets the task run in the next iteration of its loop.
     *
     * @param co of the code that calls this, or {@link Continuation#REFUSING} if that has none at hand
     * @throws IllegalStateException on a wrong thread; then nothing has changed
     */
    @SuppressWarnings("NullAway") // it has begun
    public final void wake(Continuation co) {
        task.woken(co);
        asleep = false;
        woken = true;
    }

    /** Called when the task runs: tells whether it was woken. The wait is over then, unless it goes on. */
    public final boolean takeTurn() {
        boolean taken = woken;
        woken = false;
        return taken;
    }

    /** Called when the task is cancelled: tells whether it slept, and does so no more. */
    public final boolean cancel() {
        if (!asleep) {
            return false;
        }
        asleep = false;
        leave();
        return true;
    }

    /** Whether its task waits for this no more. */
    public final boolean isOver() {
        return !asleep && !woken;
    }

    /** The task was cancelled in its sleep: it is in line no more. */
    protected abstract void leave();

    /** The task runs after it was woken: gives what the call that waits returns, or throws, or is {@link #AGAIN}. */
    public abstract @Nullable Object proceed(Continuation co);

    /** The task runs after it was woken, but was cancelled in between: the turn is another one's. */
    public abstract void passOn(Continuation co);
}
