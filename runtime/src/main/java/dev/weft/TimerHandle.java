package dev.weft;

/** A callback that was scheduled for a time. */
public sealed interface TimerHandle extends Handle permits TimerCallback {
    /** The time in nanoseconds of the loop's clock, as of {@link EventLoop#time}. */
    long when();
}
