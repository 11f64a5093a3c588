package dev.weft;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A limit to the time that some code takes, as {@link Asyncio#timeout(Duration, AsyncFunction)} passes it to the code.
 *
 * <p>When the time has come the code gets a {@link CancelledError} where it waits, and {@code timeout} turns that into an
 * {@link AsyncTimeoutException}. Loop thread only.
 *
 * <pre>
 *   active --time has come--> expiring --code has ended--> expired
 *     |
 *     +--code has ended--> finished
 * </pre>
 */
public final class Timeout {
    private enum State {
        ACTIVE,
        EXPIRING,
        EXPIRED,
        FINISHED
    }

    private final Task<?> task;
    private final EventLoop loop;
    private final int cancellingBefore;
    private State state = State.ACTIVE;
    private @Nullable Handle handle;
    private @Nullable Long when;

    private Timeout(Task<?> task, @Nullable Long when) {
        this.task = task;
        loop = task.loop;
        cancellingBefore = task.cancelling();
        schedule(when);
    }

    /** Runs {@code body} in the calling task; a null time never comes. */
    @Async
    static <T> T around(@Nullable Long when, AsyncFunction<? super Timeout, ? extends T> body) {
        Timeout timeout = new Timeout(EventLoop.running().requireTask(), when);
        T value;
        try {
            value = body.apply(timeout);
        } catch (Throwable failure) {
            throw Failures.unchecked(timeout.end() ? withTimeout(failure) : failure);
        }
        timeout.end();
        return value;
    }

    /** The same, but goes on when the time has come. */
    @Async
    static Timeout movingOn(@Nullable Long when, AsyncConsumer<? super Timeout> body) {
        Timeout timeout = new Timeout(EventLoop.running().requireTask(), when);
        try {
            body.accept(timeout);
        } catch (Throwable failure) {
            if (!timeout.end()) {
                throw Failures.unchecked(failure);
            }
            if (!(failure instanceof CancelledError)) {
                throw Failures.unchecked(withTimeout(failure));
            }
            return timeout;
        }
        timeout.end();
        return timeout;
    }

    /** The time after {@code delay}, as {@link #around} takes it. */
    static @Nullable Long after(@Nullable Duration delay) {
        return delay == null
                ? null
                : (Long) Durations.deadline(EventLoop.running().time(), Durations.nanos(delay));
    }

    /** The time of expiry in nanoseconds of the loop's clock, or null for none. */
    public @Nullable Long when() {
        return when;
    }

    /** Whether the time has come while the code ran. */
    public boolean expired() {
        return state == State.EXPIRING || state == State.EXPIRED;
    }

    /** Moves the time of expiry to {@code delay} from now; null for none. */
    public void reschedule(@Nullable Duration delay) {
        rescheduleAt(delay == null ? null : (Long) Durations.deadline(loop.time(), Durations.nanos(delay)));
    }

    /** Moves the time of expiry to a {@link EventLoop#time}; null for none. */
    public void rescheduleAt(@Nullable Long when) {
        if (state != State.ACTIVE) {
            throw new IllegalStateException("Cannot change state of " + name(state)
                    + " Timeout. Reschedule it while the code within runs and the time has not come.");
        }
        schedule(when);
    }

    private void schedule(@Nullable Long when) {
        this.when = when;
        if (handle != null) {
            handle.cancel();
            handle = null;
        }
        if (when != null) {
            handle = when <= loop.time() ? loop.callSoon(this::expire) : loop.callAt(when, this::expire);
        }
    }

    private void expire() {
        handle = null;
        state = State.EXPIRING;
        task.cancel();
    }

    /** Tells whether the time has come and nobody else wants the task cancelled. */
    private boolean end() {
        if (handle != null) {
            handle.cancel();
            handle = null;
        }
        if (state == State.ACTIVE) {
            state = State.FINISHED;
            return false;
        }
        state = State.EXPIRED;
        return task.uncancel() <= cancellingBefore;
    }

    /** What is thrown where the body threw {@code failure} after the time had come. */
    private static Throwable withTimeout(Throwable failure) {
        if (failure instanceof CancelledError) {
            return new AsyncTimeoutException("The timeout has expired.", failure);
        }
        addTimeout(failure, cancellationBehind(failure));
        if (failure instanceof ExceptionGroup group) {
            for (Throwable member : group.exceptions()) {
                CancelledError cancellation = cancellationBehind(member);
                if (cancellation != null) {
                    addTimeout(member, cancellation);
                }
            }
        }
        return failure;
    }

    private static void addTimeout(Throwable failure, @Nullable CancelledError cancellation) {
        failure.addSuppressed(new AsyncTimeoutException("The timeout has expired too.", cancellation));
    }

    private static @Nullable CancelledError cancellationBehind(Throwable failure) {
        Throwable cause = failure.getCause();
        while (cause != null && !(cause instanceof CancelledError)) {
            cause = cause.getCause();
        }
        return (CancelledError) cause;
    }

    private static String name(State state) {
        return state.name().toLowerCase(java.util.Locale.ROOT);
    }

    @Override
    public String toString() {
        String time = state == State.ACTIVE ? " when=" + (when == null ? "never" : Durations.seconds(when)) : "";
        return "<Timeout [" + name(state) + "]" + time + ">";
    }
}
