package dev.weft;

import dev.weft.internal.Continuation;
import dev.weft.internal.Job;
import dev.weft.internal.Signals;

/** What one signal calls. Loop thread only, but for its arrival. */
final class SignalHandle implements Handle {
    private final EventLoop loop;
    private final String signal;
    private final Runnable callback;
    private final Signals taken;
    private boolean cancelled;

    /** Takes the signal. */
    SignalHandle(EventLoop loop, String signal, Runnable callback) {
        this.loop = loop;
        this.signal = signal;
        this.callback = callback;
        Runnable arrival = () -> loop.engine.post(new Arrival());
        taken = Signals.take(signal, arrival);
    }

    @Override
    public void cancel() {
        cancelled = true;
        taken.giveBack();
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }

    private final class Arrival extends Job {
        @Override
        protected void run(Continuation co) {
            if (!cancelled) {
                loop.runCallback(callback, SignalHandle.this);
            }
        }
    }

    @Override
    public String toString() {
        return "<Handle of " + signal + " " + Descriptions.of(callback) + ">";
    }
}
