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

    /** Called once after {@link Engine#beforePoll}. May make jobs ready; must not throw. */
    protected void beforePoll() {}

    /** Called when the loop is closed, if the job is {@linkplain Poller#register registered}: the channel is its own. */
    protected void abandoned() {}
}
