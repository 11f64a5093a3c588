package dev.weft.schedules;

import static dev.weft.Asyncio.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.AsyncRunnable;
import dev.weft.AsyncTimeoutException;
import dev.weft.CancelledError;
import dev.weft.Task;
import dev.weft.TaskOptions;
import dev.weft.TestLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A program of several tasks, the same for the same seed, and what must be true of it whoever is cancelled. */
abstract class Scenario {
    /** Longer than all sleeps of a program together: who waits after it waits for others, or for ever. */
    private static final Duration ALL_SLEEPS = Duration.ofHours(1);

    final Moments moments;
    final Random random;
    private final long seed;
    private final List<Task<?>> tasks = new ArrayList<>();

    Scenario(Moments moments, long seed) {
        this.moments = moments;
        this.seed = seed;
        random = new Random(seed);
    }

    /** Starts the tasks. */
    @Async
    abstract void start() throws Exception;

    /** Checks what must be true when all sleeps are over, and lets those go on that wait rightly. */
    @Async
    void settle() throws Exception {}

    /** Checks what must be true when all tasks have ended. */
    abstract void check();

    /** Runs it in a loop of its own. */
    final void play() {
        try (TestLoop test = new TestLoop()) {
            test.complete(() -> {
                if (moments instanceof NumberedMoments) {
                    test.reportEachJob(); // so that there is a moment after it
                }
                direct();
            });
            test.loop.close();
            assertThat(test.errors).allMatch(error -> isTolerated(error.message()));
        }
    }

    /** Whether a task may end with this failure. */
    boolean mayFailWith(Throwable failure) {
        return false;
    }

    /** Whether a program may send this to the loop's exception handler. */
    boolean isTolerated(String message) {
        return false;
    }

    @Async
    private void direct() throws Exception {
        moments.spareCaller();
        start();
        if (moments instanceof RandomMoments disturber) {
            spawn(random -> disturber.disturb());
        }
        sleep(ALL_SLEEPS);
        settle();
        assertThat(waitUntil(ALL_COMPLETED, tasks, ALL_SLEEPS).pending())
                .as("wait for ever in %s", this)
                .isEmpty();
        for (Task<?> task : tasks) {
            Throwable failure = task.isCancelled() ? null : task.exception();
            if (failure != null && !mayFailWith(failure)) {
                throw new AssertionError(task.toString(), failure);
            }
        }
        check();
        assertThat(allTasks()).as("left behind").containsExactly(currentTask());
    }

    /** What a task does; its choices come from {@code random}, so that they do not depend on other tasks. */
    interface Body extends dev.weft.AsyncConsumer<Random> {}

    final Task<Void> spawn(Body body) {
        Random choices = new Random(seed * 31 + tasks.size());
        TaskOptions options = TaskOptions.DEFAULT.eager(random.nextInt(4) == 0);
        Task<Void> task = createTask(options, (AsyncRunnable) () -> body.accept(choices));
        tasks.add(task);
        return task;
    }

    /** Goes on at once, in the next iteration or after some time. */
    @Async
    final void pause(Random random) {
        moments.here();
        switch (random.nextInt(3)) {
            case 0 -> sleep(Duration.ZERO);
            case 1 -> sleep(TestLoop.ms(1 + random.nextInt(3)));
            default -> {}
        }
    }

    /** Does something several times; may go on after a cancellation, and does after a timeout. */
    @Async
    final void repeat(int times, Random random, Body operation) throws Exception {
        for (int i = 0; i < times; i++) {
            try {
                pause(random);
                if (random.nextInt(4) == 0) {
                    timeout(TestLoop.ms(random.nextInt(4)), () -> operation.accept(random));
                } else {
                    operation.accept(random);
                }
            } catch (CancelledError e) {
                if (random.nextBoolean()) {
                    throw e;
                }
            } catch (AsyncTimeoutException e) {
                moments.here();
            }
        }
    }
}
