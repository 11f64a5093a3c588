package dev.weft.internal;

/** What a loop takes its time from. */
@FunctionalInterface
public interface Clock {
    /** The time since the start of this program, or near it. */
    Clock SYSTEM = new Clock() {
        private final long origin = System.nanoTime();

        @Override
        public long nanos() {
            return System.nanoTime() - origin;
        }
    };

    /** Nanoseconds from an origin that never changes; never goes back. */
    long nanos();
}
