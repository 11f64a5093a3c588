package dev.weft;

import static dev.weft.Asyncio.*;
import static dev.weft.TestLoop.ms;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitForTest {
    private static final Duration LONG = Duration.ofSeconds(10);

    private final List<Object> trace = new ArrayList<>();

    @Async
    private static Throwable thrownBy(AsyncRunnable body) {
        try {
            body.run();
        } catch (Throwable failure) {
            return failure;
        }
        throw new AssertionError("nothing was thrown");
    }

    @Async
    private static void slowToEnd(Duration cleanup) {
        try {
            sleep(LONG);
        } finally {
            sleep(cleanup);
        }
    }

    @Test
    void waitForTimeout() {
        TestLoop.run(() -> {
            Task<Void> task = createTask(() -> sleep(LONG));
            assertThat(thrownBy(() -> {
                        waitFor(task, ms(10));
                    }))
                    .isInstanceOf(AsyncTimeoutException.class);
            assertThat(task.isCancelled()).isTrue();
            assertThat(TestLoop.millis()).isEqualTo(10);
        });
    }

    @Test
    void waitForWithoutLimit() {
        TestLoop.run(() -> assertThat(waitFor(
                        () -> {
                            sleep(LONG);
                            return 1;
                        },
                        null))
                .isEqualTo(1));
    }

    @Test
    void waitForTimeoutLessThen0Or0FutureDone() {
        TestLoop.run(() -> {
            AsyncFuture<String> future = EventLoop.running().createFuture();
            future.setResult("done");
            assertThat(waitFor(future, Duration.ZERO)).isEqualTo("done");
            assertThat(waitFor(future, ms(-1))).isEqualTo("done");
        });
    }

    @Test
    void waitForTimeoutLessThen0Or0CoroutineDoNotStarted() {
        TestLoop.run(() -> {
            assertThat(thrownBy(() -> waitFor(() -> trace.add("started"), Duration.ZERO)))
                    .isInstanceOf(AsyncTimeoutException.class);
            assertThat(thrownBy(() -> waitFor(() -> sleep(LONG), ms(-1)))).isInstanceOf(AsyncTimeoutException.class);
        });
        assertThat(trace).isEmpty();
    }

    @Test
    void waitForTimeoutLessThen0Or0() {
        TestLoop.run(() -> {
            Task<Void> task = createTask(() -> sleep(LONG));
            sleep(ms(1));
            assertThat(thrownBy(() -> {
                        waitFor(task, Duration.ZERO);
                    }))
                    .isInstanceOf(AsyncTimeoutException.class);
            assertThat(task.isCancelled()).isTrue();
        });
    }

    @Test
    void waitForWaitsForTaskCancellation() {
        TestLoop.run(() -> {
            Task<Void> task = createTask(() -> slowToEnd(ms(50)));
            assertThat(thrownBy(() -> {
                        waitFor(task, ms(10));
                    }))
                    .isInstanceOf(AsyncTimeoutException.class);
            assertThat(task.isCancelled()).isTrue();
            assertThat(TestLoop.millis()).isEqualTo(60);
        });
    }

    @Test
    void waitForWaitsForTaskCancellationWTimeout0() {
        TestLoop.run(() -> {
            Task<Void> task = createTask(() -> slowToEnd(ms(50)));
            sleep(ms(1));
            assertThat(thrownBy(() -> {
                        waitFor(task, Duration.ZERO);
                    }))
                    .isInstanceOf(AsyncTimeoutException.class);
            assertThat(task.isCancelled()).isTrue();
            assertThat(TestLoop.millis()).isEqualTo(51);
        });
    }

    @Test
    void waitForReraisesExceptionDuringCancellation() {
        TestLoop.run(() -> {
            Throwable failure = thrownBy(() -> waitFor(
                    () -> {
                        try {
                            sleep(LONG);
                        } catch (CancelledError e) {
                            throw new IllegalStateException("foo");
                        }
                    },
                    ms(10)));
            assertThat(failure).isInstanceOf(IllegalStateException.class).hasMessage("foo");
        });
    }

    @Test
    void waitForCancelSuppressed() {
        TestLoop.run(() -> {
            int value = waitFor(
                    () -> {
                        try {
                            sleep(LONG);
                            return 0;
                        } catch (CancelledError e) {
                            return 42;
                        }
                    },
                    ms(10));
            assertThat(value).isEqualTo(42);
        });
    }

    @Test
    void cancelWaitFor() {
        TestLoop.run(() -> {
            Task<Void> inner = createTask(() -> sleep(LONG));
            Task<Void> waiter = createTask(() -> {
                waitFor(inner, LONG);
            });
            sleep(ms(10));
            waiter.cancel();
            waitUntil(ALL_COMPLETED, waiter);
            assertThat(waiter.isCancelled()).isTrue();
            assertThat(inner.isCancelled()).isTrue();
            assertThat(TestLoop.millis()).isEqualTo(10);
        });
    }

    @Test
    void cancelBlockingWaitFor() {
        TestLoop.run(() -> {
            Task<Void> waiter = createTask(() -> waitFor(() -> slowToEnd(ms(50)), LONG));
            sleep(ms(10));
            waiter.cancel();
            waitUntil(ALL_COMPLETED, waiter);
            assertThat(waiter.isCancelled()).isTrue();
            assertThat(TestLoop.millis()).isEqualTo(60);
        });
    }

    @Test
    void waitForIssue86296() {
        TestLoop.run(() -> {
            Task<Void> inner = createTask(() -> sleep(ms(10)));
            Task<String> waiter = createTask(() -> {
                try {
                    waitFor(inner, LONG);
                    return "value";
                } catch (CancelledError e) {
                    return "cancelled";
                }
            });
            inner.addDoneCallback(done -> waiter.cancel()); // in the iteration in which the value arrives
            assertThat(await(waiter)).isEqualTo("cancelled");
        });
    }

    @Test
    void zeroTimeoutOfAShield() {
        TestLoop.run(() -> {
            Task<Void> inner = createTask(() -> sleep(ms(100)));
            sleep(ms(1));
            assertThat(thrownBy(() -> waitFor(() -> shield(inner), ms(10)))).isInstanceOf(AsyncTimeoutException.class);
            assertThat(inner.isDone()).isFalse();
            await(inner);
            assertThat(TestLoop.millis()).isEqualTo(100);
        });
    }

    @Test
    void shieldWithoutLimit() {
        TestLoop.run(() -> {
            Task<Integer> inner = createTask(() -> {
                sleep(ms(100));
                return 3;
            });
            assertThat(waitFor(() -> shield(inner), null)).isEqualTo(3);
        });
    }
}
