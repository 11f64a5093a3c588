package dev.weft.benchmarks.frames;

/** A user class with four methods that suspend. */
public interface Host {
    enum Method {
        /** Suspends at one point for ever. Its frame holds a reference and an int, and is reused. */
        ONE_POINT,

        /** Suspends at two points in turn. Its frame holds a reference and an int, and is reused. */
        TWO_POINTS,

        /** Calls a method that suspends once, for ever. That one's frame holds two references, and is new each time. */
        FRESH_FRAME
    }

    void start(Method method, Registers co);
}
