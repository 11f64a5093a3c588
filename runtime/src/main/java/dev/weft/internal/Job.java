package dev.weft.internal;

import org.jspecify.annotations.Nullable;

/**
 * Something that a loop runs once per scheduling: a callback, a due timer, the next step of a task.
 *
 * <p>Jobs carry their own link, so that queueing one allocates nothing. A job is in at most one queue at a time.
 */
public abstract class Job {
    /** The next job of the queue or inbox that this one is in. Owned by that queue. */
    @Nullable
    Job next;

    /**
     * Does the work. Only the loop's iteration calls this.
     *
     * <p>Implementations report ordinary failures themselves; what they throw ends {@link Engine#runForever}.
     *
     * @param co the registers of the loop that runs it
     */
    protected abstract void run(Continuation co);

    /** Suspends for something other than a future: only the steps of tasks do. */
    protected void waitFor(Wait wait) {
        throw new AssertionError(this);
    }

    /** What it waited for last, if that was a wait and nothing came since. */
    protected @Nullable Object lastWait() {
        throw new AssertionError(this);
    }

    /**
     * Makes it ready to run after {@link #waitFor}.
     *
     * @param co as in {@link Wait#wake}
     * @throws IllegalStateException on a wrong thread
     */
    protected void woken(Continuation co) {
        throw new AssertionError(this);
    }
}
