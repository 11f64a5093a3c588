package dev.weft;

import static dev.weft.Asyncio.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How many iterations of the loop each operation takes, until the code that waits for it resumes: as many as in Python. */
class IterationCountsTest {
    @Test
    void callThatDoesNotSuspend() {
        assertThat(iterations(() -> noop())).isZero();
    }

    @Test
    void awaitOfACoroutineThatDoesNotSuspend() {
        assertThat(iterations(() -> await((Coroutine<Integer>) () -> noop()))).isZero();
    }

    @Test
    void awaitOfADoneFuture() {
        assertThat(iterations(() -> {
                    AsyncFuture<Integer> future = EventLoop.running().createFuture();
                    future.setResult(1);
                    await(future);
                }))
                .isZero();
    }

    @Test
    void awaitOfADoneTask() {
        assertThat(afterADoneTask(task -> await(task))).isZero();
    }

    @Test
    void sleepZero() {
        assertThat(iterations(() -> sleep(Duration.ZERO))).isEqualTo(1);
    }

    @Test
    void sleepOfANegativeTime() {
        assertThat(iterations(() -> sleep(Duration.ofSeconds(-1)))).isEqualTo(1);
    }

    @Test
    void sleepOfSomeTimeResumesInTheIterationAfterTheTimer() {
        List<String> order = new ArrayList<>();
        TestLoop.run(() -> {
            EventLoop loop = EventLoop.running();
            long when = loop.time() + 1_000_000;
            createTask(() -> {
                sleep(Duration.ofMillis(1));
                order.add("slept");
            });
            sleep(Duration.ZERO); // now it sleeps
            loop.callAt(when, () -> {
                order.add("timer");
                loop.callSoon(() -> order.add("next"));
            });
            sleep(Duration.ofMillis(2));
        });
        assertThat(order).containsExactly("timer", "slept", "next");
    }

    @Test
    void resultThatIsSetNow() {
        assertThat(iterations(() -> {
                    EventLoop loop = EventLoop.running();
                    AsyncFuture<Integer> future = loop.createFuture();
                    loop.callSoon(() -> future.setResult(1)); // in the next iteration, after the counter
                    await(future);
                }))
                .isEqualTo(2);
    }

    @Test
    void awaitOfANewTask() {
        assertThat(iterations(() -> await(createTask(() -> noop())))).isEqualTo(2);
    }

    @Test
    void gatherOfTwo() {
        assertThat(iterations(() -> gather(() -> noop(), () -> noop()))).isEqualTo(3);
    }

    @Test
    void gatherOfOneOfNoneAndOfOneThatIsDone() {
        assertThat(iterations(() -> gather(() -> noop()))).isEqualTo(3);
        assertThat(iterations(() -> gather())).isZero();
        assertThat(afterADoneTask(task -> gather(task))).isZero();
    }

    @Test
    void gatherOutcomesOfTwo() {
        assertThat(iterations(() -> gatherOutcomes(() -> noop(), () -> noop()))).isEqualTo(3);
    }

    @Test
    void taskGroupWithOneTask() {
        assertThat(iterations(() -> taskGroup(group -> {
                    group.createTask(() -> noop());
                })))
                .isEqualTo(3);
    }

    @Test
    void taskGroupWithTwoTasksAndWithNone() {
        assertThat(iterations(() -> taskGroup(group -> {
                    group.createTask(() -> noop());
                    group.createTask(() -> noop());
                })))
                .isEqualTo(3);
        assertThat(iterations(() -> taskGroup(group -> {}))).isZero();
    }

    @Test
    void taskGroupThatFailsInItsBodyAndWhileItWaits() {
        assertThat(iterations(() -> Thrown.by(() -> taskGroup(group -> {
                    group.createTask(() -> fail());
                    sleep(Duration.ofSeconds(10));
                }))))
                .isEqualTo(3);
        assertThat(iterations(() -> Thrown.by(() -> taskGroup(group -> {
                    group.createTask(() -> fail());
                    group.createTask(() -> sleep(Duration.ofSeconds(10)));
                }))))
                .isEqualTo(5);
    }

    @Test
    void waitUntilOneTask() {
        assertThat(iterations(() -> waitUntil(ALL_COMPLETED, createTask(() -> noop()))))
                .isEqualTo(3);
    }

    @Test
    void waitUntilWithATimeoutUntilTheFirstAndOfADoneTask() {
        assertThat(iterations(() -> waitUntil(ALL_COMPLETED, List.of(createTask(() -> noop())), Duration.ofSeconds(1))))
                .isEqualTo(3);
        assertThat(iterations(() -> {
                    Task<Void> sleeper = createTask(() -> sleep(Duration.ofMillis(1)));
                    Task<Void> first = createTask(() -> {});
                    waitUntil(FIRST_COMPLETED, first, sleeper);
                    sleeper.cancel();
                }))
                .isEqualTo(3);
        assertThat(afterADoneTask(task -> waitUntil(ALL_COMPLETED, task))).isEqualTo(2);
    }

    @Test
    void asCompletedOfOneAndOfTwo() {
        assertThat(iterations(() -> {
                    for (Awaitable<Integer> next : asCompleted(() -> noop())) {
                        await(next);
                    }
                }))
                .isEqualTo(3);
        assertThat(iterations(() -> {
                    for (Awaitable<Integer> next : asCompleted(() -> noop(), () -> noop())) {
                        await(next);
                    }
                }))
                .isEqualTo(3);
        assertThat(iterations(() -> asCompletedTasks(() -> noop()).iterator().next()))
                .isEqualTo(3);
    }

    @Test
    void shieldOfACoroutine() {
        assertThat(iterations(() -> shield(() -> noop()))).isEqualTo(3);
    }

    @Test
    void shieldOfATaskAndOfOneThatIsDone() {
        assertThat(iterations(() -> shield(createTask(() -> noop())))).isEqualTo(3);
        assertThat(afterADoneTask(task -> shield(task))).isZero();
    }

    @Test
    void waitForACoroutine() {
        assertThat(iterations(() -> waitFor(() -> noop(), Duration.ofSeconds(1))))
                .isZero();
    }

    @Test
    void waitForATask() {
        assertThat(iterations(() -> waitFor(createTask(() -> noop()), Duration.ofSeconds(1))))
                .isEqualTo(2);
    }

    @Test
    void waitForWithNoTime() {
        assertThat(iterations(() -> Thrown.by(() -> waitFor(() -> noop(), Duration.ZERO))))
                .isEqualTo(3);
        assertThat(afterADoneTask(task -> waitFor(task, Duration.ZERO))).isZero();
    }

    @Test
    void timeoutThatDoesNotSuspendAndOneThatIsDueAtOnce() {
        assertThat(iterations(() -> timeout(Duration.ofSeconds(1), () -> noop())))
                .isZero();
        assertThat(iterations(() -> Thrown.by(() -> timeout(Duration.ZERO, () -> sleep(Duration.ofSeconds(10))))))
                .isEqualTo(2);
    }

    @Test
    void cancelOfASleepingTask() {
        List<Integer> laps = new ArrayList<>();
        TestLoop.run(() -> {
            Counter counter = new Counter();
            Task<Void> sleeper = createTask(() -> {
                try {
                    sleep(Duration.ofSeconds(100));
                } finally {
                    laps.add(counter.lap());
                }
            });
            sleep(Duration.ZERO);
            counter.lap();
            sleeper.cancel();
            try {
                await(sleeper);
            } catch (CancelledError e) {
                laps.add(counter.lap());
            }
            counter.stop();
        });
        assertThat(laps).containsExactly(1, 1); // the second one counts from the first
    }

    @Test
    void cancelBeforeTheStart() {
        assertThat(iterations(() -> {
                    Task<Void> task = createTask(() -> sleep(Duration.ofSeconds(10)));
                    task.cancel();
                    Thrown.by(task);
                }))
                .isEqualTo(2);
    }

    @Async
    private static int noop() {
        return 1;
    }

    @Async
    private static void fail() {
        throw new IllegalStateException();
    }

    private static int afterADoneTask(AsyncConsumer<Task<Integer>> operation) {
        List<Integer> laps = new ArrayList<>();
        TestLoop.run(() -> {
            Task<Integer> task = createTask(() -> noop());
            await(task);
            Counter counter = new Counter();
            operation.accept(task);
            laps.add(counter.lap());
            counter.stop();
        });
        return laps.get(0);
    }

    private static int iterations(AsyncRunnable operation) {
        List<Integer> laps = new ArrayList<>();
        TestLoop.run(() -> {
            Counter counter = new Counter();
            operation.run();
            laps.add(counter.lap());
            counter.stop();
        });
        return laps.get(0);
    }

    /** Runs in every iteration. */
    static final class Counter {
        private final EventLoop loop = EventLoop.running();
        private Handle next = loop.callSoon(this::count);
        private int iterations;
        private boolean spinning = true;

        private void count() {
            iterations++;
            if (spinning) {
                next = loop.callSoon(this::count);
            }
        }

        int lap() {
            int lap = iterations;
            iterations = 0;
            return lap;
        }

        void stop() {
            spinning = false;
            next.cancel();
        }
    }
}
