package dev.weft;

import static dev.weft.Asyncio.*;
import static dev.weft.TestLoop.ms;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Blocking code on other threads. */
class ThreadsTest {
    private final List<Object> trace = Collections.synchronizedList(new ArrayList<>());

    @Test
    void workersAreVirtualWhereTheJdkHasVirtualThreads() {
        run(() -> {
            Thread worker = toThread(Thread::currentThread);
            assertThat(worker.getName()).startsWith("weft-worker-");
            assertThat(worker.isDaemon()).isTrue();
            assertThat(isVirtual(worker)).isEqualTo(Runtime.version().feature() >= 21);
        });
    }

    private static boolean isVirtual(Thread thread) throws ReflectiveOperationException {
        return Runtime.version().feature() >= 21
                && (boolean) Thread.class.getMethod("isVirtual").invoke(thread);
    }

    @Test
    void cancellingTheWaitInterruptsInterruptibleWork() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        run(() -> {
            Task<Void> waiting = createTask(() -> {
                toThreadInterruptibly(() -> {
                    begun.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        trace.add("interrupted");
                    }
                    ended.countDown();
                });
            });
            toThread(() -> begun.await());
            waiting.cancel();
            waitUntil(ALL_COMPLETED, waiting);
            assertThat(waiting.isCancelled()).isTrue();
            toThread(() -> ended.await());
            assertThat(trace).containsExactly("interrupted");
        });
    }

    @Test
    void lateInterruptionDoesNotHitTheNextWorkOfTheThread() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        ExecutorService single = Executors.newSingleThreadExecutor();
        try (EventLoop loop = EventLoop.create()) {
            loop.setDefaultExecutor(single);
            loop.runUntilComplete(() -> {
                Task<Object> waiting = createTask(() -> toThreadInterruptibly(() -> {
                    begun.countDown();
                    while (release.getCount() > 0) {
                        Thread.onSpinWait(); // leaves the interruption where it is
                    }
                    return null;
                }));
                while (begun.getCount() > 0) {
                    sleep(ms(1));
                }
                waiting.cancel();
                waitUntil(ALL_COMPLETED, waiting);
                release.countDown();
                toThread(() -> {
                    trace.add(Thread.interrupted());
                });
            });
        }
        assertThat(trace).containsExactly(false);
    }

    @Test
    void interruptibleWorkGivesItsValue() {
        TestLoop.run(() -> {
            assertThat(toThreadInterruptibly(() -> 5).intValue()).isEqualTo(5);
            toThreadInterruptibly(() -> {
                trace.add("done");
            });
            assertThat(trace).containsExactly("done");
        });
    }

    @Test
    void workThatIsCancelledBeforeItBeginsNeverRuns() {
        CountDownLatch release = new CountDownLatch(1);
        ExecutorService single = Executors.newSingleThreadExecutor();
        try (EventLoop loop = EventLoop.create()) {
            loop.setDefaultExecutor(single);
            loop.runUntilComplete(() -> {
                Task<Void> first = createTask(() -> toThread(() -> release.await()));
                Task<Void> second = createTask(() -> toThreadInterruptibly(() -> {
                    trace.add("second");
                }));
                sleep(ms(1));
                second.cancel();
                waitUntil(ALL_COMPLETED, second);
                release.countDown();
                await(first);
                toThread(() -> {
                    trace.add("third");
                });
            });
        }
        assertThat(trace).containsExactly("third");
    }
}
