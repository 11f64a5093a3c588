package dev.weft.examples;

import dev.weft.EventLoop;
import java.util.Locale;

/** The time since it was made, by the clock of the running loop, in units of {@link Mail#D}. */
final class Stopwatch {
    private final EventLoop loop = EventLoop.running();
    private final long start = loop.time(); // nanoseconds

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.2f x D", (double) (loop.time() - start) / Mail.D.toNanos());
    }
}
