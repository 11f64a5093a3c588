package dev.weft.schedules;

import java.util.Random;

/** Plays scenarios, and tells how to repeat what failed. */
final class Schedules {
    private static final long SEED = Long.getLong("weft.schedules.seed", System.nanoTime());
    private static final int SCHEDULES = Integer.getInteger("weft.schedules", 300);

    private Schedules() {}

    /** How to make a scenario: the seed decides on everything but the cancellations. */
    interface Maker {
        Scenario make(Moments moments, long seed);
    }

    /** Plays a scenario with many seeds, and as many tasks cancelled at random. */
    static void random(Maker maker) {
        for (int i = 0; i < SCHEDULES; i++) {
            long seed = SEED + i;
            try {
                maker.make(new RandomMoments(new Random(~seed)), seed).play();
            } catch (Throwable failure) {
                throw new AssertionError(
                        "seed " + seed + "; again with -Dweft.schedules=1 -Dweft.schedules.seed=" + seed, failure);
            }
        }
    }

    /** How many schedules each test plays. */
    static int number() {
        return SCHEDULES;
    }

    /** The first seed. */
    static long seed() {
        return SEED;
    }
}
