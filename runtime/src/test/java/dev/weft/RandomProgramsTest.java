package dev.weft;

import static dev.weft.Asyncio.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Whatever a program made of groups, limits, gathers and races does, and wherever it is cancelled: it ends, leaves no task
 * behind, reports no failure that somebody has seen, and takes back the cancellations that it requested itself, no others.
 */
class RandomProgramsTest {
    private static final int PROGRAMS = 300;
    private static final int MOST_POINTS = 40;

    @Test
    void everyProgramEndsAndCleansUpWhereverItIsCancelled() {
        long first = System.nanoTime();
        for (long seed = first; seed < first + PROGRAMS; seed++) {
            int points = run(seed, 0);
            for (int point = 1; point <= Math.min(points, MOST_POINTS); point++) {
                run(seed, point);
            }
        }
    }

    /** Runs a program that is cancelled at a suspension point; tells how many it came to. */
    private static int run(long seed, int cancelledAt) {
        RandomProgram program = new RandomProgram(seed, cancelledAt);
        try (TestLoop test = new TestLoop()) {
            test.complete(() -> {
                Task<?> root = program.complete();
                check(root, program);
                assertThat(leftOvers()).isEmpty();
                assertThat(currentTask().cancelling()).isZero();
            });
            test.close();
            assertThat(test.errors).allMatch(error -> error.message().endsWith("exception in shielded future"));
        } catch (Throwable failure) {
            throw new AssertionError("seed " + seed + ", cancelled at suspension point " + cancelledAt, failure);
        }
        return program.points();
    }

    private static void check(Task<?> root, RandomProgram program) {
        Task<?> victim = program.victim();
        assertThat(root.cancelling()).isEqualTo(root == victim ? 1 : 0);
        if (root == victim && !program.recovered()) { // nobody swallows the cancellation
            assertThat(root.isCancelled() || root.exception() != null).isTrue();
        }
        if (root.isCancelled()) {
            assertThat(victim).isNotNull();
        } else if (root.exception() != null) {
            assertThat(root.exception())
                    .isInstanceOfAny(RandomProgram.Boom.class, ExceptionGroup.class, AsyncTimeoutException.class);
        }
    }

    private static List<Task<?>> leftOvers() {
        List<Task<?>> others = new ArrayList<>(allTasks());
        others.remove(currentTask());
        return others;
    }
}
