package dev.weft.internal;

/** What runs when a channel is ready; however often the channel is seen ready, it is queued once until it has run. */
public abstract class IoJob extends Job {
    boolean queued; // loop thread only

    @Override
    protected final void run(Continuation co) {
        queued = false;
        ready();
    }

    /** Called by the loop's iteration. */
    protected abstract void ready();
}
