package dev.weft;

import static dev.weft.Asyncio.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Programs made of groups, timeouts, gathers and sleeps at random, which fail and are cancelled at random: whatever
 * happens, each of them ends, leaves no task behind and takes back the cancellations that it requested itself.
 */
class RandomProgramsTest {
    private static final int PROGRAMS = 500;

    @Test
    void everyProgramEndsAndCleansUp() {
        long first = System.nanoTime();
        for (long seed = first; seed < first + PROGRAMS; seed++) {
            try {
                check(new Random(seed));
            } catch (Throwable failure) {
                throw new AssertionError("seed " + seed, failure);
            }
        }
    }

    private static void check(Random random) {
        TestLoop.run(() -> {
            Task<Void> root = createTask(() -> node(random, 4));
            boolean cancelled = random.nextBoolean();
            if (cancelled) {
                sleep(randomTime(random));
                cancelled = root.cancel();
            }
            waitUntil(ALL_COMPLETED, root);
            if (root.isCancelled()) {
                assertThat(cancelled).isTrue();
            } else if (root.exception() != null) {
                assertThat(root.exception())
                        .isInstanceOfAny(Boom.class, ExceptionGroup.class, AsyncTimeoutException.class);
            }
            if (!cancelled) {
                assertThat(root.cancelling()).isZero();
            }
            assertThat(leftOvers()).isEmpty();
            assertThat(currentTask().cancelling()).isZero();
        });
    }

    private static List<Task<?>> leftOvers() {
        List<Task<?>> others = new ArrayList<>(allTasks());
        others.remove(currentTask());
        return others;
    }

    private static Duration randomTime(Random random) {
        return Duration.ofMillis(random.nextInt(6));
    }

    @Async
    private static void node(Random random, int depth) {
        int before = currentTask().cancelling();
        boolean ended = false;
        try {
            act(random, depth);
            ended = true;
        } catch (Boom | ExceptionGroup | AsyncTimeoutException e) {
            if (currentTask().cancelling() < before) {
                throw new AssertionError("somebody else's cancellation was taken back");
            }
            if (random.nextInt(3) > 0) {
                throw e;
            }
            sleep(randomTime(random)); // and goes on
        }
        if (ended && currentTask().cancelling() < before) {
            throw new AssertionError("somebody else's cancellation was taken back");
        }
    }

    @Async
    private static void act(Random random, int depth) {
        int choice = depth == 0 ? random.nextInt(3) : random.nextInt(9);
        switch (choice) {
            case 0 -> sleep(randomTime(random));
            case 1 -> sleep(Duration.ZERO);
            case 2 -> {
                sleep(randomTime(random));
                if (random.nextInt(3) == 0) {
                    throw new Boom();
                }
            }
            case 3, 4 -> group(random, depth);
            case 5 -> timeout(randomTime(random), () -> node(random, depth - 1));
            case 6 ->
                waitFor(
                        createTask(() -> node(random, depth - 1)),
                        randomTime(random).plusMillis(1));
            case 7 -> gatherOutcomes(() -> node(random, depth - 1), () -> node(random, depth - 1));
            default -> {
                try {
                    node(random, depth - 1);
                } finally {
                    sleep(randomTime(random)); // a cleanup that suspends
                }
            }
        }
    }

    @Async
    private static void group(Random random, int depth) {
        taskGroup(group -> {
            int children = random.nextInt(4);
            for (int i = 0; i < children; i++) {
                group.createTask(() -> node(random, depth - 1));
            }
            if (random.nextInt(8) == 0) {
                group.cancel();
            }
            node(random, depth - 1);
        });
    }

    private static final class Boom extends RuntimeException {}
}
