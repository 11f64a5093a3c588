package dev.weft;

import static dev.weft.Asyncio.*;
import static dev.weft.TestLoop.ms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskCancellationTest {
    private final List<Object> trace = new ArrayList<>();

    @Async
    private static CancelledError cancellationOf(AsyncFuture<?> task) {
        try {
            await(task);
        } catch (CancelledError e) {
            return e;
        }
        throw new AssertionError("not cancelled: " + task);
    }

    @Test
    void cancel() {
        TestLoop.run(() -> {
            Task<String> task = createTask(() -> {
                sleep(Duration.ofSeconds(10));
                return "12";
            });
            EventLoop.running().callSoon(task::cancel);
            cancellationOf(task);
            assertThat(task.isDone()).isTrue();
            assertThat(task.isCancelled()).isTrue();
            assertThat(task.cancel()).isFalse();
            assertThat(TestLoop.millis()).isZero();
        });
    }

    @Test
    void cancelling() {
        TestLoop.run(() -> {
            Task<Void> task = createTask("sleeper", () -> sleep(Duration.ofSeconds(10)));
            sleep(Duration.ZERO);
            assertThat(task.cancelling()).isZero();
            assertThat(task.toString()).doesNotContain("cancelling");
            assertThat(task.cancel()).isTrue();
            assertThat(task.cancelling()).isEqualTo(1);
            assertThat(task.toString()).startsWith("<Task cancelling name='sleeper'");
            assertThat(task.cancel()).isTrue();
            assertThat(task.cancelling()).isEqualTo(2);
            cancellationOf(task);
            assertThat(task.toString()).startsWith("<Task cancelled name='sleeper'");
        });
    }

    @Test
    void twoRequestsBeforeAStepAreOneError() {
        TestLoop.run(() -> {
            Task<Integer> task = createTask(() -> {
                int errors = 0;
                for (int i = 0; i < 3; i++) {
                    try {
                        sleep(Duration.ofSeconds(10));
                    } catch (CancelledError e) {
                        errors++;
                        trace.add(e.getMessage());
                    }
                }
                return errors;
            });
            sleep(Duration.ZERO);
            task.cancel("first");
            task.cancel("second");
            assertThat(await(task)).isEqualTo(1);
        });
        assertThat(trace).containsExactly("first");
    }

    @Test
    void uncancelBasic() {
        TestLoop.run(() -> {
            Task<String> task = createTask(() -> {
                try {
                    sleep(Duration.ofSeconds(10));
                } catch (CancelledError e) {
                    currentTask().uncancel();
                    sleep(Duration.ofSeconds(10));
                }
                return "end";
            });
            sleep(Duration.ZERO);
            assertThat(task.cancel()).isTrue();
            assertThat(task.cancelling()).isEqualTo(1);
            sleep(Duration.ZERO);
            assertThat(task.isDone()).isFalse();
            assertThat(task.cancelling()).isZero();
            assertThat(task.cancel()).isTrue();
            cancellationOf(task);
            assertThat(task.cancelling()).isEqualTo(1);
            assertThat(task.uncancel()).isZero();
            assertThat(task.isCancelled()).isTrue();
        });
    }

    @Test
    void uncancelStructuredBlocks() {
        for (boolean late : new boolean[] {true, false}) {
            trace.clear();
            TestLoop.run(() -> {
                Task<Void> task = createTask(() -> structuredBlock(ms(late ? 100 : 300), ms(200)));
                waitUntil(ALL_COMPLETED, task);
                assertThat(task.cancelling()).isZero();
                assertThat(task.isCancelled()).isFalse();
            });
            if (late) {
                assertThat(trace).containsExactly("timed out", "outer code");
            } else {
                assertThat(trace).containsExactly("slept", "outer code");
            }
        }
    }

    @Async
    private void structuredBlock(Duration limit, Duration work) {
        Task<?> me = currentTask();
        boolean[] timedOut = {false};
        Handle timer = EventLoop.running().callLater(limit, () -> {
            timedOut[0] = true;
            me.cancel();
        });
        try {
            sleep(work);
            trace.add("slept");
        } catch (CancelledError e) {
            if (!timedOut[0] || me.uncancel() > 0) {
                throw e;
            }
            trace.add("timed out");
        } finally {
            timer.cancel();
        }
        sleep(ms(1));
        trace.add("outer code");
    }

    @Test
    void uncancelResetsMustCancel() {
        TestLoop.run(() -> {
            AsyncFuture<Integer> future = EventLoop.running().createFuture();
            Task<Integer> task = createTask(() -> await(future));
            sleep(Duration.ZERO);
            future.setResult(42);
            task.cancel();
            assertThat(task.cancelling()).isEqualTo(1);
            task.uncancel();
            assertThat(await(task)).isEqualTo(42);
        });
    }

    @Test
    void cancelWithMessageThenFutureResult() {
        for (String message : Arrays.asList(null, "my message", "5")) {
            TestLoop.run(() -> {
                Task<Void> inner = createTask(() -> sleep(Duration.ofSeconds(10)));
                Task<Void> outer = createTask(() -> {
                    await(inner);
                });
                sleep(Duration.ZERO);
                sleep(Duration.ZERO);
                inner.cancel(message);
                assertThat(cancellationOf(outer).getMessage()).isEqualTo(message);
            });
        }
    }

    @Test
    void cancelWithMessageThenFutureException() {
        for (String message : Arrays.asList(null, "my message", "5")) {
            TestLoop.run(() -> {
                Task<Void> task = createTask(() -> sleep(Duration.ofSeconds(10)));
                sleep(Duration.ZERO);
                task.cancel(message);
                waitUntil(ALL_COMPLETED, task);
                assertThatThrownBy(task::exception)
                        .isInstanceOf(CancelledError.class)
                        .hasMessage(message);
                assertThatThrownBy(task::result)
                        .isInstanceOf(CancelledError.class)
                        .hasMessage(message);
            });
        }
    }

    @Test
    void cancelWithMessageBeforeStartingTask() {
        TestLoop.run(() -> {
            Task<Object> task = createTask(() -> trace.add("body"));
            task.cancel("my message");
            assertThat(cancellationOf(task)).hasMessage("my message");
        });
        assertThat(trace).isEmpty();
    }

    @Test
    void cancelBeforeTheFirstStepSkipsTheBodyWithItsFinally() {
        TestLoop.run(() -> {
            Task<Void> task = createTask(() -> {
                try {
                    sleep(ms(1));
                } finally {
                    trace.add("finally");
                }
            });
            task.cancel();
            cancellationOf(task);
        });
        assertThat(trace).isEmpty();
    }

    @Test
    void cancelYield() {
        TestLoop.run(() -> {
            Task<Integer> task = createTask(() -> {
                sleep(Duration.ZERO);
                sleep(Duration.ZERO);
                return 12;
            });
            sleep(Duration.ZERO);
            task.cancel();
            cancellationOf(task);
            assertThat(task.isDone()).isTrue();
            assertThat(task.isCancelled()).isTrue();
            assertThat(task.cancel()).isFalse();
        });
    }

    @Test
    void cancelInnerFuture() {
        TestLoop.run(() -> {
            AsyncFuture<Integer> future = EventLoop.running().createFuture();
            Task<Integer> task = createTask(() -> await(future));
            sleep(Duration.ZERO);
            future.cancel();
            cancellationOf(task);
            assertThat(task.isCancelled()).isTrue();
        });
    }

    @Test
    void taskCancelWaiterFuture() {
        TestLoop.run(() -> {
            AsyncFuture<Integer> future = EventLoop.running().createFuture();
            Task<Integer> task = createTask(() -> await(future));
            sleep(Duration.ZERO);
            task.cancel();
            assertThat(future.isCancelled()).isTrue(); // at once
            assertThat(task.isDone()).isFalse();
            sleep(Duration.ZERO);
            assertThat(task.isCancelled()).isTrue();
            assertThat(task.toString()).doesNotContain("wait_for");
        });
    }

    @Test
    void cancelBothTaskAndInnerFuture() {
        TestLoop.run(() -> {
            AsyncFuture<Integer> future = EventLoop.running().createFuture();
            Task<Integer> task = createTask(() -> await(future));
            sleep(Duration.ZERO);
            future.cancel();
            task.cancel();
            cancellationOf(task);
            assertThat(future.isCancelled()).isTrue();
            assertThat(task.isCancelled()).isTrue();
        });
    }

    @Test
    void cancelTaskCatching() {
        TestLoop.run(() -> {
            AsyncFuture<Void> first = EventLoop.running().createFuture();
            AsyncFuture<Void> second = EventLoop.running().createFuture();
            Task<Integer> task = createTask(() -> {
                await(first);
                try {
                    await(second);
                } catch (CancelledError e) {
                    return 42;
                }
                return 0;
            });
            sleep(Duration.ZERO);
            first.setResult(null);
            sleep(Duration.ZERO);
            task.cancel();
            assertThat(second.isCancelled()).isTrue();
            assertThat(await(task)).isEqualTo(42);
            assertThat(task.isCancelled()).isFalse();
        });
    }

    @Test
    void cancelTaskIgnoring() {
        TestLoop.run(() -> {
            AsyncFuture<Integer> first = EventLoop.running().createFuture();
            AsyncFuture<Integer> second = EventLoop.running().createFuture();
            Task<Integer> task = createTask(() -> {
                try {
                    await(first);
                } catch (CancelledError e) {
                    // goes on
                }
                return await(second);
            });
            sleep(Duration.ZERO);
            task.cancel();
            sleep(Duration.ZERO);
            assertThat(first.isCancelled()).isTrue();
            assertThat(task.isDone()).isFalse();
            second.setResult(42);
            assertThat(await(task)).isEqualTo(42);
        });
    }

    @Test
    void cancelCurrentTask() {
        TestLoop.run(() -> {
            Task<Integer> task = createTask(() -> {
                currentTask().cancel();
                sleep(Duration.ofSeconds(100));
                return 12;
            });
            cancellationOf(task);
            assertThat(TestLoop.millis()).isZero();
        });
    }

    @Test
    void cancelAtEnd() {
        TestLoop.run(() -> {
            Task<Integer> task = createTask(() -> {
                currentTask().cancel("late");
                return 12;
            });
            assertThat(cancellationOf(task)).hasMessage("late");
            assertThat(task.isCancelled()).isTrue();
        });
    }

    @Test
    void cancelAwaitedTask() {
        TestLoop.run(() -> {
            AsyncFuture<Void> future = EventLoop.running().createFuture();
            Task<Void> nested = createTask(() -> {
                await(future);
            });
            Task<Void> task = createTask(() -> {
                sleep(Duration.ZERO);
                currentTask().cancel();
                await(nested);
            });
            cancellationOf(task);
            assertThat(task.isCancelled()).isTrue();
            assertThat(nested.isCancelled()).isTrue();
            assertThat(future.isCancelled()).isTrue();
        });
    }

    @Test
    void valueThatArrivedIsLost() {
        TestLoop.run(() -> {
            AsyncFuture<String> future = EventLoop.running().createFuture();
            Task<String> task = createTask(() -> await(future));
            sleep(Duration.ZERO);
            future.setResult("hello");
            task.cancel();
            cancellationOf(task);
        });
    }

    @Test
    void yieldFuturePassesCancel() {
        TestLoop.run(() -> {
            AsyncFuture<Integer> waiter = EventLoop.running().createFuture();
            Task<Void> inner = createTask(() -> {
                try {
                    await(waiter);
                } catch (CancelledError e) {
                    trace.add(1);
                    throw e;
                }
            });
            Task<Void> outer = createTask(() -> {
                try {
                    await(inner);
                } catch (CancelledError e) {
                    trace.add(100);
                }
            });
            sleep(Duration.ZERO);
            sleep(Duration.ZERO);
            outer.cancel();
            await(outer);
            assertThat(waiter.isCancelled()).isTrue();
        });
        assertThat(trace).containsExactly(1, 100);
    }

    @Test
    void taskCancelSleepingTask() {
        TestLoop.run(() -> {
            Task<Void> task = createTask(() -> sleep(Duration.ofSeconds(5000)));
            EventLoop.running().callLater(ms(100), task::cancel);
            cancellationOf(task);
            assertThat(TestLoop.millis()).isEqualTo(100);
        });
    }

    @Test
    void sleepCancel() {
        try (TestLoop test = new TestLoop()) {
            test.complete(() -> {
                Task<Void> task = createTask(() -> sleep(Duration.ofSeconds(10)));
                sleep(Duration.ZERO);
                task.cancel();
                cancellationOf(task);
            });
            List<Object> timers = new ArrayList<>();
            test.loop.engine.forEachScheduled(timers::add);
            assertThat(timers).isEmpty();
        }
    }

    @Test
    void baseexceptionDuringCancel() {
        try (TestLoop test = new TestLoop()) {
            InternalError fatal = new InternalError("fatal");
            Task<Void> task = test.loop.createTask(() -> {
                try {
                    sleep(Duration.ofSeconds(10));
                } catch (CancelledError e) {
                    throw fatal;
                }
            });
            test.iterate(1);
            task.cancel();
            assertThat(task.isDone()).isFalse();
            assertThatThrownBy(() -> test.iterate(1)).isSameAs(fatal);
            assertThat(task.isDone()).isTrue();
            assertThat(task.isCancelled()).isFalse();
            assertThat(task.exception()).isSameAs(fatal);
        }
    }

    @Test
    void stopWhileRunInComplete() {
        try (TestLoop test = new TestLoop()) {
            int[] x = {0};
            Task<Void> task = test.loop.createTask(() -> {
                while (x[0] < 10) {
                    sleep(ms(100));
                    x[0]++;
                    if (x[0] == 3) {
                        EventLoop.running().stop();
                    }
                }
            });
            assertThatThrownBy(() -> test.loop.runUntilComplete(task)).isInstanceOf(IllegalStateException.class);
            assertThat(task.isDone()).isFalse();
            assertThat(x[0]).isEqualTo(3);
            assertThat(test.loop.time()).isEqualTo(300_000_000);
            task.cancel();
            assertThatThrownBy(() -> test.loop.runUntilComplete(task)).isInstanceOf(CancelledError.class);
        }
    }

    @Test
    void cancelTracebackForFutureResult() {
        TestLoop.run(() -> {
            Task<Void> inner = createTask(() -> interrupted());
            Task<Void> outer = createTask(() -> awaiting(inner));
            sleep(Duration.ZERO);
            sleep(Duration.ZERO);
            outer.cancel();
            assertThat(cancellationOf(outer).getStackTrace())
                    .extracting(StackTraceElement::getMethodName)
                    .startsWith("interrupted", "awaiting");
        });
    }

    @Test
    void cancelTracebackForFutureException() {
        TestLoop.run(() -> {
            Task<Void> task = createTask(() -> interrupted());
            sleep(Duration.ZERO);
            task.cancel();
            waitUntil(ALL_COMPLETED, task);
            assertThatThrownBy(task::exception)
                    .satisfies(error -> assertThat(error.getStackTrace())
                            .extracting(StackTraceElement::getMethodName)
                            .startsWith("interrupted"));
        });
    }

    @Async
    private static void interrupted() {
        sleep(Duration.ofSeconds(10));
        sleep(Duration.ZERO);
    }

    @Async
    private static void awaiting(Task<Void> inner) {
        await(inner);
        sleep(Duration.ZERO);
    }

    @Test
    void cancellationExceptionContext() {
        TestLoop.run(() -> {
            Task<Void> task = createTask(() -> {
                try {
                    sleep(Duration.ofSeconds(10));
                } catch (CancelledError e) {
                    throw new IllegalArgumentException("cleanup", e);
                }
            });
            sleep(Duration.ZERO);
            task.cancel("msg");
            waitUntil(ALL_COMPLETED, task);
            assertThat(task.exception()).isInstanceOf(IllegalArgumentException.class);
            assertThat(task.exception().getCause())
                    .isInstanceOf(CancelledError.class)
                    .hasMessage("msg");
        });
    }

    @Test
    void tasksThatWaitForEachOther() {
        try (TestLoop test = new TestLoop()) {
            List<Task<Void>> pair = new ArrayList<>();
            pair.add(test.loop.createTask(() -> {
                await(pair.get(1));
            }));
            pair.add(test.loop.createTask(() -> {
                await(pair.get(0));
            }));
            test.iterate(2);
            assertThatThrownBy(() -> pair.get(0).cancel())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("wait for each other");
        }
    }
}
