package dev.weft;

import java.time.Duration;
import java.util.Locale;

/** Durations in the loop's unit. */
final class Durations {
    private Durations() {}

    /** As nanoseconds, or the longest time that there is. */
    static long nanos(Duration duration) {
        try {
            return duration.toNanos();
        } catch (ArithmeticException e) {
            return duration.isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    /** {@code now + nanos}, or the end of time. */
    static long deadline(long now, long nanos) {
        long sum = now + nanos;
        if (((now ^ sum) & (nanos ^ sum)) < 0) {
            return nanos < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        return sum;
    }

    /** Nanoseconds as people read them. */
    static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.3f", nanos / 1e9);
    }
}
