package dev.weft;

import dev.weft.internal.Continuation;
import dev.weft.internal.Timer;
import org.jspecify.annotations.Nullable;

/** The timer of a sleeping task: what it runs when due makes the task ready. Loop thread only. */
final class Sleeper extends Timer {
    private @Nullable Task<?> task; // null as soon as it is ready again

    Sleeper(Task<?> task, long when) {
        super(when);
        this.task = task;
    }

    @Nullable
    Task<?> task() {
        return task;
    }

    @Override
    protected void run(Continuation co) {
        Task<?> sleeping = task;
        if (sleeping != null) {
            task = null;
            sleeping.wake();
        }
    }

    /** Makes the task ready before the time. */
    void interrupt() {
        Task<?> sleeping = task;
        if (sleeping != null) {
            task = null;
            sleeping.loop.engine.cancel(this);
            sleeping.wake();
        }
    }

    @Override
    public String toString() {
        return "<sleep until " + Durations.seconds(when()) + ">";
    }
}
