package dev.weft;

import dev.weft.internal.Continuation;
import dev.weft.internal.Timer;

/** The handle of {@link EventLoop#callAt}. Loop thread only. */
final class TimerCallback extends Timer implements TimerHandle {
    private final EventLoop loop;
    final Runnable callback;
    private boolean cancelled;

    TimerCallback(EventLoop loop, long when, Runnable callback) {
        super(when);
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
        if (!cancelled) {
            cancelled = true;
            loop.engine.cancel(this);
        }
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }

    @Override
    public String toString() {
        return "<TimerHandle " + (cancelled ? "cancelled " : "") + "when=" + Durations.seconds(when()) + " "
                + Descriptions.of(callback) + ">";
    }
}
