package dev.weft.sync;

import static dev.weft.Asyncio.*;
import static dev.weft.TestLoop.ms;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.AsyncRunnable;
import dev.weft.CancelledError;
import dev.weft.EventLoop;
import dev.weft.Handle;
import dev.weft.TestLoop;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How many iterations of the loop pass between a release and the steps of those who waited; as measured in CPython. */
class IterationCountsTest {
    private static final String CANCELLED = "cancelled ";

    /** In the order in which they went on: the number of the iteration. */
    private final List<String> laps = new ArrayList<>();

    private Handle counter;
    private int iterations;

    /** Starts as many tasks, lets them wait, and then counts the iterations from {@code release} on. */
    private List<String> laps(int waiters, AsyncRunnable wait, AsyncRunnable release) {
        TestLoop.run(() -> {
            counter = EventLoop.running().callSoon(this::count);
            for (int i = 0; i < waiters; i++) {
                createTask("waiter-" + i, () -> {
                    try {
                        wait.run();
                        laps.add("" + iterations);
                    } catch (CancelledError e) {
                        laps.add(CANCELLED + iterations);
                    }
                });
            }
            sleep(ms(0));
            iterations = 0;
            release.run();
            sleep(ms(1));
            counter.cancel();
        });
        return laps;
    }

    private void count() {
        iterations++;
        if (laps.size() < 10 && iterations < 10) {
            counter = EventLoop.running().callSoon(this::count);
        }
    }

    private static void cancelFirstWaiter() {
        allTasks().stream()
                .filter(task -> task.name().equals("waiter-0"))
                .findFirst()
                .orElseThrow()
                .cancel();
    }

    @Test
    void uncontendedOperationsTakeNone() {
        TestLoop.run(() -> {
            AsyncLock lock = new AsyncLock();
            AsyncSemaphore semaphore = new AsyncSemaphore(1);
            AsyncEvent event = new AsyncEvent();
            Handle next = EventLoop.running().callSoon(() -> laps.add("next iteration"));
            lock.acquire();
            semaphore.acquire();
            event.set();
            event.await();
            new AsyncBarrier(1).await();
            AsyncQueue<Integer> queue = AsyncQueue.fifo(1);
            queue.put(1);
            queue.get();
            queue.taskDone();
            queue.join();
            assertThat(laps).isEmpty();
            next.cancel();
        });
    }

    @Test
    void lockIsHandedOverOncePerIteration() {
        AsyncLock lock = new AsyncLock();
        lock.tryAcquire();
        assertThat(laps(3, () -> lock.withLock(() -> {}), () -> lock.release())).containsExactly("1", "2", "3");
    }

    @Test
    void lockPassesFromAWokenWaiterThatIsCancelledToTheNext() {
        AsyncLock lock = new AsyncLock();
        lock.tryAcquire();
        assertThat(laps(2, () -> lock.acquire(), () -> {
                    lock.release();
                    cancelFirstWaiter();
                }))
                .containsExactly(CANCELLED + "1", "2");
    }

    @Test
    void lockPassesFromACancelledWaiterToTheNext() {
        AsyncLock lock = new AsyncLock();
        lock.tryAcquire();
        assertThat(laps(2, () -> lock.acquire(), () -> {
                    cancelFirstWaiter();
                    lock.release();
                }))
                .containsExactly(CANCELLED + "1", "2");
    }

    @Test
    void eventWakesAllAtOnce() {
        AsyncEvent event = new AsyncEvent();
        assertThat(laps(3, () -> event.await(), () -> event.set())).containsExactly("1", "1", "1");
    }

    @Test
    void conditionWakesAllAtOnceWhereNobodyKeepsTheLock() {
        AsyncCondition condition = new AsyncCondition();
        assertThat(laps(
                        3,
                        () -> condition.withLock(() -> condition.await()),
                        () -> condition.withLock(() -> condition.signalAll())))
                .containsExactly("1", "1", "1");
    }

    @Test
    void signalPassesFromACancelledWaiterToTheNext() {
        AsyncCondition condition = new AsyncCondition();
        assertThat(laps(
                        2,
                        () -> condition.withLock(() -> condition.await()),
                        () -> condition.withLock(() -> {
                            condition.signal();
                            cancelFirstWaiter();
                        })))
                .containsExactly(CANCELLED + "1", "2");
    }

    @Test
    void permitsThatAreReleasedTogetherArriveTogether() {
        AsyncSemaphore semaphore = new AsyncSemaphore(0);
        assertThat(laps(3, () -> semaphore.acquire(), () -> {
                    semaphore.release();
                    semaphore.release();
                    semaphore.release();
                }))
                .containsExactly("1", "1", "1");
    }

    @Test
    void permitPassesFromACancelledWaiterToTheNext() {
        AsyncSemaphore semaphore = new AsyncSemaphore(0);
        assertThat(laps(2, () -> semaphore.acquire(), () -> {
                    semaphore.release();
                    cancelFirstWaiter();
                }))
                .containsExactly(CANCELLED + "1", "2");
    }

    @Test
    void barrierLetsAllGoAtOnce() {
        AsyncBarrier barrier = new AsyncBarrier(4);
        assertThat(laps(3, () -> barrier.await(), () -> {
                    assertThat(barrier.await()).isEqualTo(3);
                    assertThat(iterations).isZero(); // the last one does not wait
                }))
                .containsExactly("1", "1", "1");
    }

    @Test
    void itemsThatArePutTogetherArriveTogether() {
        AsyncQueue<Integer> queue = AsyncQueue.fifo(0);
        assertThat(laps(3, () -> queue.get(), () -> {
                    queue.putNowait(1);
                    queue.putNowait(2);
                    queue.putNowait(3);
                }))
                .containsExactly("1", "1", "1");
    }

    @Test
    void itemPassesFromACancelledGetterToTheNext() {
        AsyncQueue<Integer> queue = AsyncQueue.fifo(0);
        assertThat(laps(2, () -> queue.get(), () -> {
                    queue.putNowait(1);
                    cancelFirstWaiter();
                }))
                .containsExactly(CANCELLED + "1", "2");
    }

    @Test
    void getLetsOnePutterGoOn() {
        AsyncQueue<Integer> queue = AsyncQueue.fifo(1);
        queue.putNowait(0);
        assertThat(laps(2, () -> queue.put(1), () -> {
                    queue.getNowait();
                    sleep(ms(0));
                    queue.getNowait();
                }))
                .containsExactly("1", "2");
    }

    @Test
    void lastTaskDoneEndsTheJoins() {
        AsyncQueue<Integer> queue = AsyncQueue.fifo(0);
        queue.putNowait(0);
        assertThat(laps(2, () -> queue.join(), () -> {
                    queue.getNowait();
                    queue.taskDone();
                }))
                .containsExactly("1", "1");
    }

    @Test
    void shutdownWakesAllAtOnce() {
        AsyncQueue<Integer> queue = AsyncQueue.fifo(0);
        assertThat(laps(2, () -> assertThat(queue.iterator().hasNext()).isFalse(), () -> queue.shutdown(false)))
                .containsExactly("1", "1");
    }
}
