package dev.weft.agent.tests.journey;

/** Overrides, and suspends only because what it overrides is annotated. */
final class Train extends Transport {
    private final int number;

    Train(int number) {
        this.number = number;
    }

    @Override
    public String name() {
        return "train " + Journey.slow(number);
    }

    @Override
    public String ride(int stops) {
        return super.ride(stops) + " on time";
    }
}
