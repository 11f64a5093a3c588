package dev.weft.examples;

import dev.weft.EventLoop;
import java.time.Duration;
import java.util.Locale;

/** The time since it was made, by the clock of the running loop, in units of {@link Mail#D}. */
final class Stopwatch {
    private final EventLoop loop = EventLoop.running();
    private final Duration start = loop.time();

    @Override
    public String toString() {
        double units = (double) loop.time().minus(start).toNanos() / Mail.D.toNanos();
        return String.format(Locale.ROOT, "%.2f x D", units);
    }
}
