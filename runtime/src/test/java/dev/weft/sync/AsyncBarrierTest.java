package dev.weft.sync;

import static dev.weft.Asyncio.*;
import static dev.weft.TestLoop.ms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.weft.AsyncRunnable;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.TestLoop;
import dev.weft.Thrown;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class AsyncBarrierTest {
    private static final int N = 5;

    private final AsyncBarrier barrier = new AsyncBarrier(N);
    private final List<Object> results1 = new ArrayList<>();
    private final List<Object> results2 = new ArrayList<>();
    private final List<Object> results3 = new ArrayList<>();
    private int count;

    private static List<Task<Void>> makeTasks(int n, AsyncRunnable body) {
        List<Task<Void>> tasks = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            tasks.add(createTask(body));
        }
        return tasks;
    }

    private static void runTasks(int n, AsyncRunnable body) {
        TestLoop.run(() -> gather(makeTasks(n, body)));
    }

    private static void assertWholeAndEmpty(AsyncBarrier barrier) {
        assertThat(barrier.waiting()).isZero();
        assertThat(barrier.isBroken()).isFalse();
        assertThat(barrier).hasToString("<AsyncBarrier [filling, waiters:0/" + barrier.parties() + "]>");
    }

    @Test
    void repr() {
        TestLoop.run(() -> {
            assertThat(barrier).hasToString("<AsyncBarrier [filling, waiters:0/5]>");
            List<Task<Integer>> waiters = new ArrayList<>();
            Coroutine<Integer> wait = barrier::await;
            waiters.add(createTask(wait));
            waiters.add(createTask(wait));
            sleep(ms(0));
            assertThat(barrier).hasToString("<AsyncBarrier [filling, waiters:2/5]>");

            for (int i = barrier.waiting(); i < barrier.parties(); i++) {
                waiters.add(createTask(wait));
            }
            sleep(ms(0));
            assertThat(barrier).hasToString("<AsyncBarrier [draining, waiters:0/5]>");

            waiters.add(createTask(wait));
            waiters.add(createTask(wait));
            sleep(ms(0));
            barrier.reset();
            assertThat(barrier.toString()).contains("resetting");

            waiters.add(createTask(wait));
            waiters.add(createTask(wait));
            sleep(ms(0));
            barrier.abort();
            assertThat(barrier).hasToString("<AsyncBarrier [broken]>");
            assertThat(barrier.isBroken()).isTrue();
            gatherOutcomes(waiters);
        });
    }

    @Test
    void barrierParties() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AsyncBarrier(0))
                .withMessage("parties must be > 0, not 0.");
        assertThatIllegalArgumentException().isThrownBy(() -> new AsyncBarrier(-4));
        assertThat(barrier.parties()).isEqualTo(N);
    }

    @Test
    void contextManager() {
        AsyncBarrier three = new AsyncBarrier(3);
        runTasks(3, () -> {
            results1.add(three.await());
        });
        assertThat(results1).containsExactlyInAnyOrder(0, 1, 2);
        assertWholeAndEmpty(three);
    }

    @Test
    void fillingOneTask() {
        TestLoop.run(() -> {
            AsyncBarrier alone = new AsyncBarrier(1);
            assertThat(alone.await()).isZero();
            assertWholeAndEmpty(alone);
        });
    }

    @Test
    void fillingOneTaskTwice() {
        TestLoop.run(() -> {
            AsyncBarrier alone = new AsyncBarrier(1);
            Task<Integer> first = createTask(() -> alone.await());
            sleep(ms(0));
            assertThat(alone.waiting()).isZero();
            Task<Integer> second = createTask(() -> alone.await());
            sleep(ms(0));
            assertThat(first.result()).isEqualTo(second.result()).isZero();
            assertWholeAndEmpty(alone);
        });
    }

    @Test
    void fillingTaskByTask() {
        TestLoop.run(() -> {
            AsyncBarrier three = new AsyncBarrier(3);
            List<Task<Integer>> tasks = new ArrayList<>();
            for (int come = 1; come <= 2; come++) {
                tasks.add(createTask(() -> three.await()));
                sleep(ms(0));
                assertThat(three.waiting()).isEqualTo(come);
                assertThat(three.toString()).contains("filling");
            }
            tasks.add(createTask(() -> three.await()));
            sleep(ms(0));
            waitUntil(ALL_COMPLETED, tasks);
            assertThat(tasks).extracting(Task::result).containsExactly(0, 1, 2);
            assertWholeAndEmpty(three);
        });
    }

    @Test
    void fillingTasksWaitTwice() {
        runTasks(N, () -> {
            barrier.await();
            results1.add(true);
            barrier.await();
            results1.add(false);
        });
        assertThat(Collections.frequency(results1, true)).isEqualTo(N);
        assertThat(Collections.frequency(results1, false)).isEqualTo(N);
        assertWholeAndEmpty(barrier);
    }

    @Test
    void fillingTasksCheckReturnValue() {
        runTasks(N, () -> {
            barrier.await();
            results1.add(barrier.await());
        });
        assertThat(results1).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
        assertWholeAndEmpty(barrier);
    }

    @Test
    void drainingState() {
        runTasks(N, () -> {
            barrier.await();
            results1.add(barrier.toString().contains("draining"));
        });
        assertThat(results1).containsExactly(true, true, true, true, false); // the last one ends the state
        assertWholeAndEmpty(barrier);
    }

    @Test
    void blockingTasksWhileDraining() {
        AsyncBarrier others = new AsyncBarrier(N - 2);
        runTasks(N, () -> {
            barrier.await();
            if (count < 2) {
                count++;
                barrier.await(); // blocks until the barrier is drained
            } else {
                others.await();
                barrier.await();
            }
        });
        assertWholeAndEmpty(barrier);
        assertWholeAndEmpty(others);
    }

    @Test
    void fillingTasksCancelOne() {
        TestLoop.run(() -> {
            AsyncBarrier three = new AsyncBarrier(3);
            AsyncRunnable body = () -> {
                three.await();
                results1.add(true);
            };
            Task<Void> first = createTask(body);
            sleep(ms(0));
            assertThat(three.waiting()).isEqualTo(1);
            Task<Void> second = createTask(body);
            sleep(ms(0));
            assertThat(three.waiting()).isEqualTo(2);

            first.cancel();
            sleep(ms(0));
            assertThat(three.waiting()).isEqualTo(1);
            assertThat(Thrown.by(() -> await(first))).isInstanceOf(CancelledError.class);

            Task<Void> third = createTask(body);
            sleep(ms(0));
            assertThat(three.waiting()).isEqualTo(2);
            Task<Void> fourth = createTask(body);
            gather(List.of(second, third, fourth));
            assertThat(results1).hasSize(3);
            assertWholeAndEmpty(three);
        });
    }

    @Test
    void resetBarrier() {
        TestLoop.run(() -> {
            AsyncBarrier alone = new AsyncBarrier(1);
            createTask(() -> alone.reset());
            sleep(ms(0));
            assertWholeAndEmpty(alone);
        });
    }

    @Test
    void resetBarrierWhileTasksWaiting() {
        TestLoop.run(() -> {
            List<Task<Void>> tasks = makeTasks(N - 1, () -> {
                try {
                    barrier.await();
                } catch (BrokenBarrierException e) {
                    results1.add(e.getMessage());
                }
            });
            sleep(ms(0));
            createTask(() -> barrier.reset());
            gather(tasks);
            assertThat(results1).hasSize(N - 1).first().asString().startsWith("The barrier was reset while this task");
            assertWholeAndEmpty(barrier);
        });
    }

    @Test
    void resetBarrierWhenTasksHalfDraining() {
        int rest = N / 2;
        runTasks(N, () -> {
            try {
                barrier.await();
            } catch (BrokenBarrierException e) {
                results1.add(true); // had not left yet
                return;
            }
            if (++count == N - rest) {
                barrier.reset();
            }
        });
        assertThat(results1).hasSize(rest);
        assertWholeAndEmpty(barrier);
    }

    @Test
    void resetBarrierWhenTasksHalfDrainingHalfBlocking() {
        int blocking = N / 2;
        runTasks(N, () -> {
            try {
                barrier.await();
            } catch (BrokenBarrierException e) {
                results1.add(true);
                barrier.await(); // with the others
                return;
            }
            if (++count > blocking) {
                barrier.reset();
                barrier.await();
            } else {
                try {
                    barrier.await(); // blocked by the draining, so it does not notice the reset
                } catch (BrokenBarrierException e) {
                    results2.add(true);
                }
            }
        });
        assertThat(results1).hasSize(blocking);
        assertThat(results2).isEmpty();
        assertWholeAndEmpty(barrier);
    }

    @Test
    void resetBarrierWhileTasksWaitingAndWaitingAgain() {
        TestLoop.run(() -> {
            List<Task<Void>> tasks = makeTasks(N - 1, () -> {
                try {
                    barrier.await();
                } catch (BrokenBarrierException e) {
                    results1.add(true);
                } finally {
                    barrier.await();
                    results2.add(true);
                }
            });
            createTask(() -> barrier.reset());
            sleep(ms(0));
            createTask(() -> {
                barrier.await();
                results2.add(true);
            });
            gather(tasks);
            sleep(ms(0));
            assertThat(results1).hasSize(N - 1);
            assertThat(results2).hasSize(N);
            assertWholeAndEmpty(barrier);
        });
    }

    @Test
    void resetBarrierWhileTasksDraining() {
        runTasks(N, () -> {
            barrier.await();
            if (++count == N) { // the last one that has left
                barrier.reset();
                barrier.await();
            } else {
                try {
                    barrier.await();
                    results1.add(true);
                } catch (BrokenBarrierException e) {
                    results2.add(true);
                }
            }
            barrier.await();
            results3.add(true);
        });
        assertThat(results1).hasSize(N - 1);
        assertThat(results2).isEmpty();
        assertThat(results3).hasSize(N);
        assertWholeAndEmpty(barrier);
    }

    @Test
    void abortBarrier() {
        TestLoop.run(() -> {
            AsyncBarrier alone = new AsyncBarrier(1);
            createTask(() -> alone.abort());
            sleep(ms(0));
            assertThat(alone.waiting()).isZero();
            assertThat(alone.isBroken()).isTrue();
            assertThat(Thrown.by(() -> alone.await()))
                    .isInstanceOf(BrokenBarrierException.class)
                    .hasMessage("The barrier is aborted: <AsyncBarrier [broken]>. reset() makes it usable again.");
            alone.reset();
            assertThat(alone.await()).isZero();
        });
    }

    @Test
    void abortBarrierWhenTasksHalfDrainingHalfBlocking() {
        int blocking = N / 2;
        runTasks(N, () -> {
            try {
                barrier.await();
            } catch (BrokenBarrierException e) {
                results1.add(true);
                return;
            }
            if (++count > blocking) {
                barrier.abort();
            } else {
                try {
                    barrier.await();
                } catch (BrokenBarrierException e) {
                    results2.add(true); // blocked by the draining
                }
            }
        });
        assertThat(barrier.isBroken()).isTrue();
        assertThat(results1).hasSize(blocking);
        assertThat(results2).hasSize(N - blocking - 1);
        assertThat(barrier.waiting()).isZero();
    }

    @Test
    void abortBarrierWhenException() {
        runTasks(N, () -> {
            try {
                if (barrier.await() == N / 2) {
                    throw new ArithmeticException();
                }
                barrier.await();
                results1.add(true);
            } catch (BrokenBarrierException e) {
                results2.add(true);
            } catch (ArithmeticException e) {
                barrier.abort();
            }
        });
        assertThat(barrier.isBroken()).isTrue();
        assertThat(results1).isEmpty();
        assertThat(results2).hasSize(N - 1);
        assertThat(barrier.waiting()).isZero();
    }

    @Test
    void abortBarrierWhenExceptionThenResetting() {
        AsyncBarrier second = new AsyncBarrier(N);
        runTasks(N, () -> {
            try {
                if (barrier.await() == N / 2) {
                    throw new ArithmeticException();
                }
                barrier.await();
                results1.add(true);
            } catch (BrokenBarrierException e) {
                results2.add(true);
            } catch (ArithmeticException e) {
                barrier.abort();
            }
            if (second.await() == N / 2) { // everybody has left
                barrier.reset();
            }
            second.await(); // nobody comes before the reset
            barrier.await();
            results3.add(true);
        });
        assertThat(results1).isEmpty();
        assertThat(results2).hasSize(N - 1);
        assertThat(results3).hasSize(N);
        assertWholeAndEmpty(barrier);
    }

    @Test
    void taskThatIsCancelledWhileItLeavesDoesNotHoldUpTheOthers() {
        TestLoop.run(() -> {
            List<Task<Void>> tasks = makeTasks(N, () -> {
                barrier.await();
                results1.add(true);
            });
            sleep(ms(0)); // all have come
            tasks.get(1).cancel();
            gatherOutcomes(tasks);
            assertThat(results1).hasSize(N - 1);
            assertWholeAndEmpty(barrier);
        });
    }
}
