package dev.weft.agent.tests;

import static dev.weft.Asyncio.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.weft.*;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Errors of the JVM in a step of a task, under a real loop: shapes 51 and 53. */
@Tag("built")
class StepErrorsTest {
    @Async
    private static int bottomless(int k) {
        return bottomless(k + 1) + 1;
    }

    @Async
    private static int overflowing(boolean later) {
        if (later) {
            sleep(Duration.ZERO);
        }
        return bottomless(0);
    }

    @Async
    private static int exhausting() {
        sleep(Duration.ZERO);
        return new long[Integer.MAX_VALUE].length;
    }

    @Async
    private static String fine(String text) {
        sleep(Duration.ofMillis(1));
        return text;
    }

    @Async
    private static List<Object> besideOthers(Coroutine<?> failing) {
        Task<String> before = createTask(() -> fine("before"));
        Task<?> broken = createTask(failing);
        Task<String> after = createTask(() -> fine("after"));
        List<Object> outcomes = new ArrayList<>();
        try {
            outcomes.add(await(broken));
        } catch (Throwable e) {
            outcomes.add(e.getClass().getSimpleName());
        }
        outcomes.add(await(before));
        outcomes.add(await(after));
        outcomes.add(fine("again"));
        return outcomes;
    }

    @Test
    void aStackOverflowEndsItsTaskAlone() {
        assertThat(run(() -> besideOthers(() -> overflowing(false))))
                .containsExactly("StackOverflowError", "before", "after", "again");
        assertThat(run(() -> besideOthers(() -> overflowing(true))))
                .containsExactly("StackOverflowError", "before", "after", "again");
    }

    /** Whoever can go on without the memory catches it; for the others there is no telling what is still whole. */
    @Test
    void anOutOfMemoryErrorEndsTheLoopAlone() {
        assertThat(catchThrowable(() -> run(() -> besideOthers(() -> exhausting()))))
                .isInstanceOf(OutOfMemoryError.class);
        assertThat(run(() -> fine("again"))).isEqualTo("again");
    }

    @Async
    private static int sleepsAtDepth(int depth) {
        if (depth > 0) {
            return sleepsAtDepth(depth - 1) + 1;
        }
        sleep(Duration.ZERO);
        return 0;
    }

    /** There may be too little stack left to save a frame, or to return to the loop in order. */
    @Test
    void aStackOverflowWhileSuspendingEndsItsTaskAlone() {
        int possible = 0;
        int refused = 0;
        for (int depth = 1_000; refused < 20; depth += depth / 50) {
            int fixed = depth;
            List<Object> outcomes = run(() -> besideOthers(() -> sleepsAtDepth(fixed)));
            if (outcomes.get(0).equals("StackOverflowError")) {
                refused++;
            } else {
                assertThat(outcomes.get(0)).isEqualTo(depth);
                possible++;
            }
            assertThat(outcomes.subList(1, 4)).containsExactly("before", "after", "again");
        }
        assertThat(possible).isPositive();
    }

    @Async
    private static int failsAtOnce() {
        String nothing = null;
        int length = nothing.length();
        sleep(Duration.ZERO);
        return length;
    }

    @Test
    void aFailureBeforeTheFirstSuspensionIsTheTasks() {
        List<String> order = new ArrayList<>();
        Throwable thrown = catchThrowable(() -> run(() -> {
            Task<Integer> task = createTask(() -> failsAtOnce());
            order.add("created");
            return await(task);
        }));
        assertThat(thrown).isInstanceOf(NullPointerException.class);
        assertThat(order).containsExactly("created");
    }
}
