package dev.weft.sync;

import static dev.weft.Asyncio.*;
import static dev.weft.TestLoop.ms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.weft.Async;
import dev.weft.AsyncTimeoutException;
import dev.weft.CancelledError;
import dev.weft.EventLoop;
import dev.weft.Task;
import dev.weft.TestLoop;
import dev.weft.Thrown;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Puts and gets. */
class AsyncQueueTest {
    private final List<Object> trace = new ArrayList<>();

    @Async
    private static List<Integer> putAndGet(AsyncQueue<Integer> queue, int... items) {
        for (int item : items) {
            queue.put(item);
        }
        List<Integer> taken = new ArrayList<>();
        for (int i = 0; i < items.length; i++) {
            taken.add(queue.get());
        }
        return taken;
    }

    @Test
    void repr() {
        TestLoop.run(() -> {
            AsyncQueue<Integer> queue = AsyncQueue.fifo(1);
            assertThat(queue).hasToString("<AsyncQueue maxSize=1>");
            Task<Integer> getter = createTask(() -> queue.get());
            sleep(ms(0));
            assertThat(queue).hasToString("<AsyncQueue maxSize=1 getters[1]>");
            queue.putNowait(0);
            assertThat(await(getter)).isZero();

            queue.putNowait(1);
            Task<Void> putter = createTask(() -> queue.put(2));
            sleep(ms(0));
            assertThat(queue).hasToString("<AsyncQueue maxSize=1 items=[1] putters[1] tasks=2>");
            queue.getNowait();
            await(putter);
            queue.shutdown(true);
            assertThat(queue).hasToString("<AsyncQueue maxSize=1 tasks=2 shutdown>");
        });
    }

    @Test
    void reprOfManyItemsIsShort() {
        AsyncQueue<Integer> queue = AsyncQueue.priority(0, Comparator.naturalOrder());
        for (int i = 100; i > 0; i--) {
            queue.putNowait(i);
        }
        assertThat(queue)
                .hasToString(
                        "<AsyncQueue.priority maxSize=0 items=[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, ... of 100] tasks=100>");
        assertThat(AsyncQueue.lifo(0)).hasToString("<AsyncQueue.lifo maxSize=0>");
    }

    @Test
    void empty() {
        TestLoop.run(() -> {
            AsyncQueue<Integer> queue = AsyncQueue.fifo(0);
            assertThat(queue.isEmpty()).isTrue();
            queue.put(1);
            assertThat(queue.isEmpty()).isFalse();
            assertThat(queue.get()).isEqualTo(1);
            assertThat(queue.isEmpty()).isTrue();
        });
    }

    @Test
    void full() {
        TestLoop.run(() -> {
            assertThat(AsyncQueue.fifo(0).isFull()).isFalse();
            AsyncQueue<Integer> queue = AsyncQueue.fifo(1);
            queue.put(1);
            assertThat(queue.isFull()).isTrue();
            assertThat(queue.size()).isEqualTo(1);
        });
    }

    @Test
    void order() {
        TestLoop.run(() -> assertThat(putAndGet(AsyncQueue.fifo(0), 1, 3, 2)).containsExactly(1, 3, 2));
    }

    @Test
    void orderLifo() {
        TestLoop.run(() -> assertThat(putAndGet(AsyncQueue.lifo(0), 1, 3, 2)).containsExactly(2, 3, 1));
    }

    @Test
    void orderPriority() {
        TestLoop.run(() -> {
            AsyncQueue<Integer> queue = AsyncQueue.priority(0, Comparator.naturalOrder());
            assertThat(putAndGet(queue, 1, 3, 2)).containsExactly(1, 2, 3);
        });
    }

    @Test
    void itemsOfEqualPriorityLeaveInTheOrderOfArrival() {
        TestLoop.run(() -> {
            AsyncQueue<Integer> queue = AsyncQueue.priority(0, Comparator.comparing(item -> item % 10));
            assertThat(putAndGet(queue, 12, 2, 31, 22, 1, 21)).containsExactly(31, 1, 21, 12, 2, 22);
        });
    }

    @Test
    void maxsize() {
        TestLoop.run(() -> {
            AsyncQueue<Integer> queue = AsyncQueue.fifo(2);
            assertThat(queue.maxSize()).isEqualTo(2);
            Task<Void> putter = createTask(() -> {
                for (int i = 0; i < 3; i++) {
                    queue.put(i);
                    trace.add(i);
                }
            });
            sleep(ms(0));
            sleep(ms(0));
            assertThat(trace).containsExactly(0, 1);
            assertThat(queue.get()).isZero();

            sleep(ms(0));
            assertThat(trace).containsExactly(0, 1, 2);
            assertThat(queue.get()).isEqualTo(1);
            assertThat(queue.get()).isEqualTo(2);
            assertThat(putter.isDone()).isTrue();
        });
    }

    @Test
    void negativeMaxSizeIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AsyncQueue.fifo(-1))
                .withMessage("maxSize must be >= 0, not -1. 0 makes a queue without a limit.");
    }

    @Test
    void nullIsRefused() {
        assertThatNullPointerException()
                .isThrownBy(() -> AsyncQueue.fifo(0).putNowait(null))
                .withMessageStartingWith("A queue takes no null. Call shutdown(false)");
    }

    @Test
    void blockingGet() {
        TestLoop.run(() -> {
            AsyncQueue<Integer> queue = AsyncQueue.fifo(0);
            queue.putNowait(1);
            assertThat(queue.get()).isEqualTo(1);
        });
    }

    @Test
    void getWithPutters() {
        TestLoop.run(() -> {
            AsyncQueue<Integer> queue = AsyncQueue.fifo(1);
            queue.put(1);
            Task<Void> putter = createTask(() -> queue.put(2));
            sleep(ms(0));
            assertThat(queue.get()).isEqualTo(1);
            sleep(ms(0));
            assertThat(putter.isDone()).isTrue();
        });
    }

    @Test
    void blockingGetWait() {
        TestLoop.run(() -> {
            AsyncQueue<Integer> queue = AsyncQueue.fifo(0);
            AsyncEvent started = new AsyncEvent();
            Task<Integer> getter = createTask(() -> {
                started.set();
                int item = queue.get();
                trace.add("finished");
                return item;
            });
            started.await();
            assertThat(trace).isEmpty();
            EventLoop.running().callLater(ms(10), () -> queue.putNowait(1));
            assertThat(await(getter)).isEqualTo(1);
            assertThat(trace).containsExactly("finished");
        });
    }

    @Test
    void nonblockingGet() {
        AsyncQueue<Integer> queue = AsyncQueue.fifo(0);
        queue.putNowait(1);
        assertThat(queue.getNowait()).isEqualTo(1);
    }

    @Test
    void nonblockingGetException() {
        assertThatExceptionOfType(QueueEmptyException.class)
                .isThrownBy(() -> AsyncQueue.fifo(0).getNowait())
                .withMessage("The queue is empty: <AsyncQueue maxSize=0>. get() waits until there is an item.");
    }

    @Test
    void getCancelledRace() {
        TestLoop.run(() -> {
            AsyncQueue<String> queue = AsyncQueue.fifo(0);
            Task<String> first = createTask(() -> queue.get());
            Task<String> second = createTask(() -> queue.get());
            sleep(ms(0));
            first.cancel();
            sleep(ms(0));
            assertThat(first.isDone()).isTrue();
            queue.put("a");
            sleep(ms(0));
            assertThat(await(second)).isEqualTo("a");
        });
    }

    @Test
    void getWithWaitingPutters() {
        TestLoop.run(() -> {
            AsyncQueue<String> queue = AsyncQueue.fifo(1);
            createTask(() -> queue.put("a"));
            createTask(() -> queue.put("b"));
            assertThat(queue.get()).isEqualTo("a");
            assertThat(queue.get()).isEqualTo("b");
        });
    }

    @Test
    void whyAreGettersWaiting() {
        TestLoop.run(() -> {
            AsyncQueue<Integer> queue = AsyncQueue.fifo(2);
            int cycles = 6;
            taskGroup(group -> {
                group.createTask(() -> {
                    for (int i = 0; i < cycles; i++) {
                        queue.put(i);
                    }
                });
                for (int i = 0; i < cycles; i++) {
                    group.createTask(() -> {
                        trace.add(queue.get());
                    });
                }
            });
            assertThat(trace).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5);
        });
    }

    @Test
    void cancelledGettersNotBeingHeldInSelfGetters() {
        TestLoop.run(() -> {
            AsyncQueue<Integer> queue = AsyncQueue.fifo(0);
            assertThat(Thrown.by(() -> waitFor(() -> queue.get(), ms(100)))).isInstanceOf(AsyncTimeoutException.class);
            assertThat(queue).hasToString("<AsyncQueue maxSize=0>");
        });
    }

    @Test
    void blockingPut() {
        TestLoop.run(() -> {
            AsyncQueue<Integer> queue = AsyncQueue.fifo(0);
            queue.put(1);
            assertThat(queue.get()).isEqualTo(1);
        });
    }

    @Test
    void blockingPutWait() {
        TestLoop.run(() -> {
            AsyncQueue<Integer> queue = AsyncQueue.fifo(1);
            AsyncEvent started = new AsyncEvent();
            EventLoop.running().callLater(ms(10), queue::getNowait);
            Task<Void> putter = createTask(() -> {
                started.set();
                queue.put(1);
                queue.put(2);
                trace.add("finished");
            });
            started.await();
            assertThat(trace).isEmpty();
            await(putter);
            assertThat(trace).containsExactly("finished");
            assertThat(TestLoop.millis()).isEqualTo(10);
        });
    }

    @Test
    void nonblockingPut() {
        AsyncQueue<Integer> queue = AsyncQueue.fifo(0);
        queue.putNowait(1);
        assertThat(queue.getNowait()).isEqualTo(1);
    }

    @Test
    void nonblockingPutException() {
        AsyncQueue<Integer> queue = AsyncQueue.fifo(1);
        queue.putNowait(1);
        assertThatExceptionOfType(QueueFullException.class)
                .isThrownBy(() -> queue.putNowait(2))
                .withMessage("The queue is full: <AsyncQueue maxSize=1 items=[1] tasks=1>."
                        + " put(...) waits until there is room.");
    }

    @Test
    void getCancelDropOnePendingReader() {
        TestLoop.run(() -> {
            AsyncQueue<Integer> queue = AsyncQueue.fifo(0);
            Task<Integer> reader = createTask(() -> queue.get());
            sleep(ms(0));
            queue.putNowait(1);
            queue.putNowait(2);
            reader.cancel();
            assertThat(Thrown.by(() -> await(reader))).isInstanceOf(CancelledError.class);
            assertThat(queue.get()).isEqualTo(1); // 2 would mean that 1 was dropped
        });
    }

    @Test
    void getCancelDropManyPendingReaders() {
        TestLoop.run(() -> {
            AsyncQueue<Integer> queue = AsyncQueue.fifo(0);
            taskGroup(group -> {
                Task<Integer> first = group.createTask(() -> queue.get());
                Task<Integer> second = group.createTask(() -> queue.get());
                Task<Integer> third = group.createTask(() -> queue.get());
                sleep(ms(0));
                queue.putNowait(1);
                queue.putNowait(2);
                first.cancel();
                assertThat(Thrown.by(() -> await(first))).isInstanceOf(CancelledError.class);
                trace.add(await(third));
                trace.add(await(second));
            });
            assertThat(trace).containsExactlyInAnyOrder(1, 2);
        });
    }

    @Test
    void putCancelDrop() {
        TestLoop.run(() -> {
            AsyncQueue<Integer> queue = AsyncQueue.fifo(1);
            queue.putNowait(1);
            Task<Void> writer = createTask(() -> queue.put(2));
            sleep(ms(0));
            assertThat(queue.getNowait()).isEqualTo(1);
            writer.cancel();
            assertThat(Thrown.by(() -> await(writer))).isInstanceOf(CancelledError.class);
            queue.put(2);
            assertThat(queue.getNowait()).isEqualTo(2);
            assertThat(queue.size()).isZero();
        });
    }

    @Test
    void putCancelled() {
        TestLoop.run(() -> {
            AsyncQueue<Integer> queue = AsyncQueue.fifo(0);
            Task<Boolean> putter = createTask(() -> {
                queue.put(1);
                return true;
            });
            assertThat(queue.get()).isEqualTo(1);
            assertThat(putter.result()).isTrue();
        });
    }

    @Test
    void putCancelledRace() {
        TestLoop.run(() -> {
            AsyncQueue<String> queue = AsyncQueue.fifo(1);
            Task<Void> a = createTask(() -> queue.put("a"));
            Task<Void> b = createTask(() -> queue.put("b"));
            Task<Void> c = createTask(() -> queue.put("X"));
            sleep(ms(0));
            assertThat(a.isDone()).isTrue();
            assertThat(b.isDone()).isFalse();

            c.cancel();
            sleep(ms(0));
            assertThat(c.isDone()).isTrue();
            assertThat(queue.getNowait()).isEqualTo("a");
            sleep(ms(0));
            assertThat(queue.getNowait()).isEqualTo("b");
            await(b);
        });
    }

    @Test
    void wokenPutterThatIsCancelledPassesItsRoomOn() {
        TestLoop.run(() -> {
            AsyncQueue<String> queue = AsyncQueue.fifo(1);
            queue.putNowait("a");
            Task<Void> b = createTask(() -> queue.put("b"));
            Task<Void> c = createTask(() -> queue.put("c"));
            sleep(ms(0));
            queue.getNowait();
            b.cancel(); // it is on its way already
            await(c);
            assertThat(queue.getNowait()).isEqualTo("c");
        });
    }

    @Test
    void putWithWaitingGetters() {
        TestLoop.run(() -> {
            AsyncQueue<String> queue = AsyncQueue.fifo(0);
            Task<String> getter = createTask(() -> queue.get());
            sleep(ms(0));
            queue.put("a");
            assertThat(await(getter)).isEqualTo("a");
        });
    }

    @Test
    void whyArePuttersWaiting() {
        TestLoop.run(() -> {
            AsyncQueue<Integer> queue = AsyncQueue.fifo(2);
            taskGroup(group -> {
                group.createTask(() -> {
                    sleep(ms(0));
                    int size = queue.size();
                    for (int i = 0; i < size; i++) {
                        queue.getNowait();
                    }
                });
                for (int i = 0; i < 4; i++) {
                    int item = i;
                    group.createTask(() -> queue.put(item));
                }
            });
            assertThat(queue.size()).isEqualTo(2);
        });
    }

    @Test
    void cancelledPutsNotBeingHeldInSelfPutters() {
        TestLoop.run(() -> {
            AsyncQueue<Integer> queue = AsyncQueue.fifo(1);
            queue.putNowait(1);
            Task<Void> putter = createTask(() -> queue.put(1));
            sleep(ms(0));
            assertThat(queue.toString()).contains(" putters[1] ");
            putter.cancel();
            assertThat(Thrown.by(() -> await(putter))).isInstanceOf(CancelledError.class);
            assertThat(queue.toString()).doesNotContain("putters");
        });
    }

    @Test
    void cancelledPutSilenceValueErrorException() {
        TestLoop.run(() -> {
            AsyncQueue<Integer> queue = AsyncQueue.fifo(1);
            queue.putNowait(1);
            Task<Void> putter = createTask(() -> queue.put(1));
            sleep(ms(0));
            queue.getNowait(); // wakes the putter
            putter.cancel();
            assertThat(Thrown.by(() -> await(putter))).isInstanceOf(CancelledError.class);
            assertThat(queue.isEmpty()).isTrue();
        });
    }

    @Test
    void ambiguousLoops() {
        AsyncQueue<Integer> queue = AsyncQueue.fifo(0);
        TestLoop.run(() -> {
            createTask(() -> queue.putNowait(1));
            queue.get();
        });
        TestLoop.run(() -> assertThat(Thrown.by(() -> queue.get()))
                .hasMessageStartingWith("<AsyncQueue maxSize=0 tasks=1> is bound to a different event loop"));
    }
}
