package dev.weft.sync;

import static dev.weft.Asyncio.*;
import static dev.weft.TestLoop.ms;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.CancelledError;
import dev.weft.Task;
import dev.weft.TestLoop;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A task that waits for items again and again keeps its place. */
class GetterTest {
    private final AsyncQueue<Integer> queue = AsyncQueue.fifo(0);
    private final List<Object> trace = new ArrayList<>();

    @Test
    void taskThatWasCancelledInLineMayWaitAgain() {
        TestLoop.run(() -> {
            Task<Integer> task = createTask(() -> {
                try {
                    return queue.get();
                } catch (CancelledError cancelled) {
                    trace.add("cancelled");
                }
                return queue.get();
            });
            sleep(ms(0));
            task.cancel();
            sleep(ms(0));
            assertThat(trace).containsExactly("cancelled");
            assertThat(queue).hasToString("<AsyncQueue maxSize=0 getters[1]>");
            queue.putNowait(1);
            assertThat(await(task)).isEqualTo(1);
        });
    }

    @Test
    void taskThatWaitsAgainStandsBehindTheOthers() {
        TestLoop.run(() -> {
            createTask(() -> {
                trace.add("a" + queue.get());
                trace.add("a" + queue.get());
            });
            createTask(() -> trace.add("b" + queue.get()));
            for (int i = 1; i <= 3; i++) {
                sleep(ms(1));
                queue.putNowait(i);
            }
            sleep(ms(1));
            assertThat(trace).containsExactly("a1", "b2", "a3");
        });
    }

    @Test
    void taskThatGoesFromQueueToQueueGetsWhatItAskedFor() {
        TestLoop.run(() -> {
            AsyncQueue<Integer> other = AsyncQueue.fifo(0);
            Task<Integer> difference = createTask(() -> {
                int sum = 0;
                for (int i = 0; i < 3; i++) {
                    sum += queue.get() - other.get();
                }
                return sum;
            });
            for (int i = 0; i < 3; i++) {
                sleep(ms(1));
                other.putNowait(1);
                sleep(ms(1));
                queue.putNowait(10);
            }
            assertThat(await(difference)).isEqualTo(27);
        });
    }

    @Test
    void taskThatGotItsItemWaitsForNothing() {
        TestLoop.run(() -> {
            Task<Integer> task = createTask(() -> {
                queue.get();
                trace.add(currentTask().toString());
                yieldNow();
                return 2;
            });
            sleep(ms(0));
            assertThat(task.toString()).contains("wait_for=<get from <AsyncQueue");
            queue.putNowait(1);
            sleep(ms(0));
            trace.add(task.toString());
            assertThat(trace).hasSize(2).noneMatch(text -> text.toString().contains("wait_for"));
            assertThat(await(task)).isEqualTo(2);
        });
    }

    @Test
    void taskThatIsCancelledWhileItRunsOrYieldsTakesNothing() {
        TestLoop.run(() -> {
            Task<Void> task = createTask(() -> {
                queue.get();
                try {
                    yieldNow();
                } catch (CancelledError cancelled) {
                    trace.add("cancelled");
                    throw cancelled;
                }
            });
            sleep(ms(0));
            queue.putNowait(1);
            sleep(ms(0));
            queue.putNowait(2);
            task.cancel();
            sleep(ms(0));
            assertThat(task.isCancelled()).isTrue();
            assertThat(trace).containsExactly("cancelled");
            assertThat(queue.getNowait()).isEqualTo(2);
        });
    }

    @Test
    void getterThatIsCancelledTwiceHasNoTurnToPassOn() {
        TestLoop.run(() -> {
            List<Task<?>> tasks = new ArrayList<>();
            for (String name : List.of("a", "b", "c", "d")) {
                tasks.add(createTask(() -> trace.add(name + queue.get())));
            }
            sleep(ms(0));
            tasks.get(0).cancel();
            queue.putNowait(1); // for b
            tasks.get(0).cancel();
            sleep(ms(1));
            queue.putNowait(2);
            sleep(ms(1));
            assertThat(trace).containsExactly("b1", "c2");
            tasks.get(3).cancel();
        });
    }
}
