package dev.weft.internal;

/**
 * A job with a deadline: it waits in a {@link TimerWheel} and moves to the ready queue when it is due.
 *
 * <p>Loop thread only.
 */
public abstract class Timer extends Job {
    static final int NOWHERE = -1;

    /** The deadline, in nanoseconds of the loop's clock. */
    final long when;

    /** Orders timers of equal deadline by creation; set by the wheel and compared by difference, as it may wrap. */
    int sequence;

    /** {@link #NOWHERE}, or where this timer is in the slot, heap or run that holds it. */
    int place = NOWHERE;

    protected Timer(long when) {
        this.when = when;
    }

    /** The deadline, in nanoseconds of the loop's clock. */
    public final long when() {
        return when;
    }

    final boolean isBefore(Timer other) {
        return when != other.when ? when < other.when : sequence - other.sequence < 0;
    }
}
