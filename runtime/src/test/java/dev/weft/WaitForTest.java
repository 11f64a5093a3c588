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
    private static void slowToEnd(Duration cleanup) {
        try {
            sleep(LONG);
        } finally {
            sleep(cleanup);
        }
    }

    /** Sleeps on, however often it is cancelled. */
    @Async
    private void stubborn(Duration duration) {
        long end = EventLoop.running().time() + duration.toNanos();
        while (EventLoop.running().time() < end) {
            try {
                sleep(Duration.ofNanos(end - EventLoop.running().time()));
            } catch (CancelledError e) {
                // goes on
            }
        }
        trace.add("exited");
    }

    @Test
    void asyncioWaitForCancelled() {
        TestLoop.run(() -> {
            Task<Void> waiter = createTask(() -> waitFor(() -> stubborn(ms(200)), ms(400)));
            sleep(Duration.ZERO);
            waiter.cancel();
            waitUntil(ALL_COMPLETED, waiter);
            assertThat(waiter.isCancelled()).isFalse(); // it was suppressed
            assertThat(TestLoop.millis()).isEqualTo(200);
        });
        assertThat(trace).containsExactly("exited");
    }

    @Test
    void asyncioWaitForTimeout() {
        TestLoop.run(() -> {
            waitFor(() -> stubborn(ms(200)), ms(100));
            assertThat(TestLoop.millis()).isEqualTo(200);
        });
        assertThat(trace).containsExactly("exited");
    }

    @Test
    void waitForTimeout() {
        TestLoop.run(() -> {
            Task<Void> task = createTask(() -> {
                trace.add("running");
                try {
                    sleep(LONG);
                } finally {
                    trace.add("not running");
                }
            });
            assertThat(Thrown.by(() -> {
                        waitFor(task, ms(100));
                    }))
                    .isInstanceOf(AsyncTimeoutException.class);
            assertThat(task.isDone()).isTrue();
            assertThat(task.isCancelled()).isTrue();
            assertThat(TestLoop.millis()).isEqualTo(100);
        });
        assertThat(trace).containsExactly("running", "not running");
    }

    @Test
    void waitForBlocking() {
        TestLoop.run(() -> assertThat(waitFor(
                        () -> {
                            sleep(LONG);
                            return "done";
                        },
                        null))
                .isEqualTo("done"));
    }

    @Test
    void waitForRaceCondition() {
        TestLoop.run(() -> {
            AsyncFuture<String> future = EventLoop.running().createFuture();
            EventLoop.running().callSoon(() -> future.setResult("ok"));
            assertThat(waitFor(future, ms(200))).isEqualTo("ok");
        });
    }

    @Test
    void waitForCancellationRaceCondition() {
        TestLoop.run(() -> {
            int value = waitFor(
                    () -> {
                        assertThat(Thrown.by(() -> sleep(ms(1000)))).isInstanceOf(CancelledError.class);
                        return 1;
                    },
                    ms(10));
            assertThat(value).isEqualTo(1);
        });
    }

    @Test
    void waitForTimeoutLessThen0Or0() {
        for (Duration limit : List.of(Duration.ZERO, ms(-1))) {
            trace.clear();
            TestLoop.run(() -> {
                AsyncFuture<Void> started = EventLoop.running().createFuture();
                Task<String> task = createTask(() -> {
                    started.setResult(null);
                    try {
                        sleep(LONG);
                    } finally {
                        trace.add("not running");
                    }
                    return "done";
                });
                await(started);
                assertThat(Thrown.by(() -> {
                            waitFor(task, limit);
                        }))
                        .isInstanceOf(AsyncTimeoutException.class);
                assertThat(task.isDone()).isTrue();
                assertThat(task.isCancelled()).isTrue();
            });
            assertThat(trace).containsExactly("not running");
        }
    }

    @Test
    void waitForReraisesExceptionDuringCancellation() {
        TestLoop.run(() -> {
            Task<Void> inner = createTask(() -> {
                try {
                    sleep(ms(200));
                } catch (CancelledError e) {
                    throw new IllegalStateException("foo");
                }
            });
            Throwable failure = Thrown.by(() -> {
                waitFor(inner, ms(10));
            });
            assertThat(failure).isInstanceOf(IllegalStateException.class).hasMessage("foo");
        });
    }

    @Test
    void cancelBlockingWaitFor() {
        cancelWaitFor(null);
    }

    @Test
    void cancelWaitFor() {
        cancelWaitFor(Duration.ofSeconds(60));
    }

    private static void cancelWaitFor(Duration limit) {
        TestLoop.run(() -> {
            AsyncFuture<Void> never = EventLoop.running().createFuture();
            Task<Void> inner = createTask(() -> {
                await(never);
            });
            Task<Void> waiter = createTask(() -> {
                waitFor(inner, limit);
            });
            EventLoop.running().callSoon(waiter::cancel);
            assertThat(Thrown.by(waiter)).isInstanceOf(CancelledError.class);
            assertThat(inner.isCancelled()).isTrue();
            assertThat(TestLoop.millis()).isZero();
        });
    }

    @Test
    void cancelledWaitForWaitsForTheCleanup() {
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
            Task<String> inner = createTask(() -> "done");
            Task<Void> waiter = createTask(() -> {
                waitFor(inner, Duration.ofSeconds(100));
                sleep(ms(1000));
                trace.add("reached the end");
            });
            sleep(Duration.ZERO);
            waiter.cancel();
            assertThat(Thrown.by(waiter)).isInstanceOf(CancelledError.class);
            assertThat(inner.isDone()).isTrue();
            assertThat(await(inner)).isEqualTo("done");
        });
        assertThat(trace).isEmpty();
    }

    @Test
    void zeroTimeout() {
        TestLoop.run(() -> {
            Task<String> task = createTask(() -> {
                sleep(ms(10));
                return "done";
            });
            AsyncFuture<String> shielded = Shield.of(task);
            assertThat(Thrown.by(() -> {
                        waitFor(shielded, Duration.ZERO);
                    }))
                    .isInstanceOf(AsyncTimeoutException.class);
            assertThat(task.isDone()).isFalse();
            assertThat(shielded.isCancelled()).isTrue();
            sleep(ms(100));
            assertThat(task.result()).isEqualTo("done");
        });
    }

    @Test
    void noneTimeout() {
        TestLoop.run(() -> {
            Task<String> task = createTask(() -> {
                sleep(ms(100));
                return "done";
            });
            assertThat(waitFor(() -> shield(task), null)).isEqualTo("done");
            assertThat(task.isDone()).isTrue();
        });
    }

    @Test
    void shieldedTimeout() {
        TestLoop.run(() -> {
            Task<String> task = createTask(() -> {
                sleep(ms(100));
                return "done";
            });
            assertThat(Thrown.by(() -> {
                        waitFor(() -> shield(task), ms(10));
                    }))
                    .isInstanceOf(AsyncTimeoutException.class);
            assertThat(task.isDone()).isFalse();
            assertThat(await(task)).isEqualTo("done");
        });
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
            assertThat(Thrown.by(() -> waitFor(() -> trace.add("started"), Duration.ZERO)))
                    .isInstanceOf(AsyncTimeoutException.class);
            assertThat(Thrown.by(() -> waitFor(() -> sleep(LONG), ms(-1)))).isInstanceOf(AsyncTimeoutException.class);
        });
        assertThat(trace).isEmpty();
    }

    @Test
    void waitForWaitsForTaskCancellation() {
        TestLoop.run(() -> {
            Task<Void> task = createTask(() -> slowToEnd(ms(50)));
            assertThat(Thrown.by(() -> {
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
            assertThat(Thrown.by(() -> {
                        waitFor(task, Duration.ZERO);
                    }))
                    .isInstanceOf(AsyncTimeoutException.class);
            assertThat(task.isCancelled()).isTrue();
            assertThat(TestLoop.millis()).isEqualTo(51);
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
}
