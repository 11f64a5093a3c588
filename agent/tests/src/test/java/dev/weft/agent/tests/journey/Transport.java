package dev.weft.agent.tests.journey;

import dev.weft.Async;

/** What a subclass overrides without an annotation of its own. */
abstract class Transport implements Vehicle {
    @Override
    @Async
    public String ride(int stops) {
        return name() + Journey.slow(stops);
    }
}
