package dev.weft;

import dev.weft.internal.Continuation;
import dev.weft.internal.Job;

/** The handle of {@link EventLoop#callSoon}. Loop thread only. */
final class SoonHandle extends Job implements Handle {
    private final EventLoop loop;
    final Runnable callback;
    private boolean cancelled;

    SoonHandle(EventLoop loop, Runnable callback) {
        this.loop = loop;
        this.callback = callback;
    }

    @Override
    protected void run(Continuation co) {
        if (!cancelled) {
            loop.runCallback(callback, this);
        }
    }

    @Override
    public void cancel() {
        cancelled = true;
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }

    @Override
    public String toString() {
        return "<Handle " + (cancelled ? "cancelled " : "") + Descriptions.of(callback) + ">";
    }
}
