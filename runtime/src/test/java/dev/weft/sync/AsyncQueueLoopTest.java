package dev.weft.sync;

import static dev.weft.Asyncio.*;
import static dev.weft.TestLoop.ms;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.CancelledError;
import dev.weft.Task;
import dev.weft.TestLoop;
import dev.weft.Thrown;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** For-each loops over queues. */
class AsyncQueueLoopTest {
    private final List<Object> trace = new ArrayList<>();

    @Test
    void loopTakesItemsUntilTheQueueIsShutDownAndEmpty() {
        TestLoop.run(() -> {
            AsyncQueue<Integer> queue = AsyncQueue.fifo(2);
            taskGroup(group -> {
                group.createTask(() -> {
                    for (int item : queue) {
                        trace.add(item + " at " + TestLoop.millis());
                    }
                    trace.add("end");
                });
                for (int i = 1; i <= 3; i++) {
                    sleep(ms(10));
                    queue.put(i);
                }
                queue.put(4);
                queue.shutdown(false);
            });
            assertThat(trace).containsExactly("1 at 10", "2 at 20", "3 at 30", "4 at 30", "end");
        });
    }

    @Test
    void eachItemGoesToOneOfSeveralLoops() {
        TestLoop.run(() -> {
            AsyncQueue<Integer> queue = AsyncQueue.fifo(3);
            taskGroup(group -> {
                for (int i = 0; i < 4; i++) {
                    group.createTask(() -> {
                        for (Integer item : queue) {
                            sleep(ms(item % 3));
                            trace.add(item);
                        }
                    });
                }
                for (int i = 0; i < 100; i++) {
                    queue.put(i);
                }
                queue.shutdown(false);
            });
            assertThat(trace).hasSize(100).doesNotHaveDuplicates();
        });
    }

    @Test
    void loopThatIsCancelledTakesNothing() {
        TestLoop.run(() -> {
            AsyncQueue<Integer> queue = AsyncQueue.fifo(0);
            Task<Void> loop = createTask(() -> {
                for (Integer item : queue) {
                    trace.add(item);
                }
            });
            sleep(ms(0));
            queue.putNowait(1);
            loop.cancel();
            assertThat(Thrown.by(() -> await(loop))).isInstanceOf(CancelledError.class);
            assertThat(trace).isEmpty();
            assertThat(queue.getNowait()).isEqualTo(1);
        });
    }
}
