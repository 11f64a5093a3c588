package dev.weft.schedules;

import static dev.weft.Asyncio.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.AsyncIterable;
import dev.weft.AsyncIterator;
import dev.weft.Yielder;
import java.util.Random;

/** Generators within generators, whose iterations are closed early: no element is lost, and each that began cleans up once. */
final class GeneratorsScenario extends Scenario {
    private final int tasks;
    private final int operations;
    private int begun;
    private int ended;

    GeneratorsScenario(Moments moments, long seed, int tasks, int operations) {
        super(moments, seed);
        this.tasks = tasks;
        this.operations = operations;
    }

    @Override
    void start() {
        for (int i = 0; i < tasks; i++) {
            spawn(random -> repeat(operations, random, choices -> consume(choices)));
        }
    }

    @Async
    private void consume(Random random) throws Exception {
        int expected = 0;
        try (AsyncIterator<Integer> elements = numbers(random.nextLong(), 3).iterator()) {
            while (elements.hasNext() && random.nextInt(6) > 0) {
                assertThat(elements.next()).isEqualTo(expected++);
                pause(random);
            }
        } catch (Boom e) {
            moments.here();
        }
    }

    /** 0, 1 and so on. */
    private AsyncIterable<Integer> numbers(long seed, int depth) {
        return generate(out -> {
            Random random = new Random(seed);
            begun++;
            try {
                make(out, random, depth);
            } finally {
                try {
                    pause(random); // a cleanup that suspends
                } finally {
                    ended++;
                }
            }
        });
    }

    @Async
    private void make(Yielder<Integer> out, Random random, int depth) throws Exception {
        switch (random.nextInt(depth == 0 ? 1 : 3)) {
            case 0 -> {
                int count = random.nextInt(5);
                for (int i = 0; i < count; i++) {
                    pause(random);
                    out.yield(i);
                }
                if (random.nextInt(6) == 0) {
                    throw new Boom();
                }
            }
            case 1 -> out.yieldAll(numbers(random.nextLong(), depth - 1));
            default -> {
                try (AsyncIterator<Integer> elements =
                        numbers(random.nextLong(), depth - 1).iterator()) {
                    while (elements.hasNext()) {
                        pause(random);
                        out.yield(elements.next());
                    }
                }
            }
        }
    }

    @Override
    void check() {
        assertThat(ended).isEqualTo(begun);
    }

    @Override
    public String toString() {
        return begun + " begun, " + ended + " ended";
    }
}
