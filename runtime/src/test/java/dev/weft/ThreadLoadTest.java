package dev.weft;

import static dev.weft.Asyncio.*;
import static dev.weft.TestLoop.ms;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Eight threads at one loop, and several loops at each other. */
class ThreadLoadTest {
    private static final int THREADS = 8;

    private final EventLoop loop = EventLoop.create();
    private final Thread runner = new Thread(loop::runForever);
    private final List<Throwable> failures = new ArrayList<>();

    @BeforeEach
    void start() {
        runner.start();
    }

    @AfterEach
    void end() throws InterruptedException {
        loop.stop();
        runner.join();
        loop.close();
        assertThat(failures).isEmpty();
    }

    private void onThreads(IntConsumer work) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            int number = t;
            threads.add(new Thread(() -> {
                try {
                    work.accept(number);
                } catch (Throwable failure) {
                    synchronized (failures) {
                        failures.add(failure);
                    }
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
    }

    @Test
    void nothingIsLostAndEachThreadKeepsItsOrder() throws Exception {
        int each = 20_000;
        int[] next = new int[THREADS]; // loop thread only
        List<String> disorder = new ArrayList<>();
        onThreads(thread -> {
            for (int i = 0; i < each; i++) {
                int number = i;
                loop.execute(() -> {
                    if (next[thread]++ != number) {
                        disorder.add(thread + ": " + number);
                    }
                });
                if (i % 1000 == 0) {
                    LockSupport.parkNanos(100_000); // lets the loop fall asleep now and then
                }
            }
        });
        assertThat(loop.submit(() -> next.clone()).get(30, TimeUnit.SECONDS)).containsOnly(each);
        assertThat(disorder).isEmpty();
    }

    @Test
    void eachThreadGetsItsAnswers() throws Exception {
        onThreads(thread -> {
            for (int i = 0; i < 500; i++) {
                int number = i;
                CompletableFuture<Integer> answer = loop.submit(() -> {
                    sleep(Duration.ZERO);
                    return thread * number;
                });
                assertThat(get(answer)).isEqualTo(thread * number);
            }
        });
    }

    private static <T> T get(CompletableFuture<T> future) {
        try {
            return future.get(30, TimeUnit.SECONDS); // a wake-up that is lost ends here
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void allThatIsCancelledFromOutsideEnds() throws Exception {
        AtomicInteger begun = new AtomicInteger();
        AtomicInteger cancelled = new AtomicInteger();
        onThreads(thread -> {
            for (int i = 0; i < 300; i++) {
                CountDownLatch ended = new CountDownLatch(1);
                CompletableFuture<Void> future = loop.submit(() -> {
                    begun.incrementAndGet();
                    try {
                        sleep(Duration.ofMinutes(10));
                    } catch (CancelledError e) {
                        cancelled.incrementAndGet();
                        throw e;
                    } finally {
                        ended.countDown();
                    }
                });
                if (i % 2 == 0) {
                    Thread.onSpinWait(); // cancelled before it begins, most of the time
                } else {
                    get(loop.submit(() -> 0)); // or while it sleeps
                }
                future.cancel(true);
            }
        });
        long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!loop.allTasks().isEmpty() && System.nanoTime() < patience) {
            Thread.onSpinWait();
        }
        assertThat(loop.allTasks()).isEmpty();
        assertThat(cancelled.get()).isEqualTo(begun.get()).isBetween(THREADS * 150, THREADS * 300);
    }

    @Test
    void aHandleThatIsCancelledNeverRunsAfterwards() throws Exception {
        onThreads(thread -> {
            for (int i = 0; i < 2_000; i++) {
                AtomicInteger runs = new AtomicInteger();
                Handle handle = loop.callSoonThreadsafe(runs::incrementAndGet);
                if (i % 3 == 0) {
                    Thread.yield();
                }
                handle.cancel();
                int before = runs.get();
                if (i % 100 == 0) {
                    get(loop.submit(() -> 0));
                    assertThat(runs.get()).isEqualTo(before);
                }
            }
        });
    }

    @Test
    void severalLoopsServeEachOther() throws Exception {
        EventLoop other = EventLoop.create();
        Thread otherRunner = new Thread(other::runForever);
        otherRunner.start();
        onThreads(thread -> {
            for (int i = 0; i < 200; i++) {
                EventLoop near = thread % 2 == 0 ? loop : other;
                EventLoop far = near == loop ? other : loop;
                CompletableFuture<EventLoop> answer = near.submit(() -> await(far.submit(() -> {
                    sleep(Duration.ZERO);
                    return EventLoop.running();
                })));
                assertThat(get(answer)).isSameAs(far);
            }
        });
        other.stop();
        otherRunner.join();
        other.close();
    }

    @Test
    void otherLoopFuture() {
        EventLoop other = EventLoop.create();
        AsyncFuture<Integer> foreign = other.createFuture();
        assertThat(get(loop.submit(() -> {
                    try {
                        await(foreign);
                        return "awaited";
                    } catch (IllegalStateException refused) {
                        return refused.getMessage();
                    }
                })))
                .contains("attached to a different loop");
        assertThat(get(loop.submit(() -> {
                    try {
                        return gather(foreign).toString();
                    } catch (IllegalStateException refused) {
                        sleep(ms(1));
                        return refused.getMessage();
                    }
                })))
                .contains("attached to a different loop", "submit");
        other.close();
    }
}
