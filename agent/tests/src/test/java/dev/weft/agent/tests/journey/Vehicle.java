package dev.weft.agent.tests.journey;

import dev.weft.Async;

/** Suspends in a default method. */
interface Vehicle {
    @Async
    String name();

    @Async
    default String ride(int stops) {
        return name() + " " + Journey.slow(stops) + " late";
    }

    static Vehicle bus() {
        return () -> "bus";
    }
}
