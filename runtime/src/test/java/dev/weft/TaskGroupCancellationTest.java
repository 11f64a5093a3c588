package dev.weft;

import static dev.weft.Asyncio.*;
import static dev.weft.Crashes.LONG;
import static dev.weft.Crashes.types;
import static dev.weft.Crashes.typesWithin;
import static dev.weft.TestLoop.ms;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Groups whose parent is cancelled, groups in groups, and what remains of a cancellation after a group. */
@ParameterizedClass
@EnumSource
class TaskGroupCancellationTest {
    private final Start start;
    private final List<Object> trace = new ArrayList<>();

    TaskGroupCancellationTest(Start start) {
        this.start = start;
    }

    private void run(AsyncRunnable body) {
        TestLoop.run(start.tasks, body);
    }

    @Async
    private void noting(Object name) {
        try {
            sleep(LONG);
        } catch (CancelledError e) {
            trace.add(name);
            throw e;
        }
    }

    /** What a task ends with that is cancelled after 100 ms. */
    @Async
    private static Throwable cancelledAfter100Ms(AsyncRunnable body) {
        Task<Void> runner = createTask(body);
        sleep(ms(100));
        assertThat(runner.isDone()).isFalse();
        runner.cancel();
        return Thrown.by(runner);
    }

    @Test
    void cancellation() {
        run(() -> assertThat(cancelledAfter100Ms(() -> taskGroup(group -> {
                    for (int i = 0; i < 5; i++) {
                        group.createTask(() -> noting("task"));
                    }
                })))
                .isInstanceOf(CancelledError.class));
        assertThat(trace).hasSize(5).containsOnly("task");
    }

    @Test
    void taskgroup07() {
        run(() -> assertThat(cancelledAfter100Ms(() -> taskGroup(group -> {
                    for (int i = 0; i < 5; i++) {
                        group.createTask(() -> noting("task"));
                    }
                    noting("body");
                })))
                .isInstanceOf(CancelledError.class));
        assertThat(trace).containsExactly("body", "task", "task", "task", "task", "task");
    }

    @Test
    void taskgroup08() {
        run(() -> assertThat(types(cancelledAfter100Ms(() -> taskGroup(group -> {
                    for (int i = 0; i < 5; i++) {
                        group.createTask(() -> Crashes.inCleanup());
                    }
                    sleep(LONG);
                }))))
                .hasSize(5)
                .containsOnly(ArithmeticException.class));
    }

    @Test
    void taskgroup11() {
        run(() -> assertThat(typesWithin(cancelledAfter100Ms(() -> taskGroup(outer -> {
                    taskGroup(inner -> {
                        for (int i = 0; i < 5; i++) {
                            inner.createTask(() -> Crashes.inCleanup());
                        }
                        sleep(LONG);
                    });
                }))))
                .hasSize(5)
                .containsOnly(ArithmeticException.class));
    }

    @Test
    void taskgroup12() {
        run(() -> assertThat(typesWithin(cancelledAfter100Ms(() -> taskGroup(outer -> {
                    outer.createTask(() -> sleep(LONG));
                    taskGroup(inner -> {
                        for (int i = 0; i < 5; i++) {
                            inner.createTask(() -> Crashes.inCleanup());
                        }
                        sleep(LONG);
                    });
                }))))
                .hasSize(5)
                .containsOnly(ArithmeticException.class));
    }

    @Test
    void taskgroup13() {
        run(() -> {
            Throwable failure = Thrown.by(() -> taskGroup(outer -> {
                outer.createTask(() -> Crashes.after(100));
                taskGroup(inner -> {
                    inner.createTask(() -> Crashes.after(10_000));
                });
            }));
            assertThat(types(failure)).containsExactly(ArithmeticException.class);
            assertThat(currentTask().cancelling()).isZero();
        });
    }

    @Test
    void taskgroup14() {
        run(() -> {
            Throwable failure = Thrown.by(() -> taskGroup(outer -> {
                outer.createTask(() -> Crashes.after(10_000));
                taskGroup(inner -> {
                    inner.createTask(() -> Crashes.after(100));
                });
            }));
            assertThat(typesWithin(failure)).containsExactly(ArithmeticException.class);
            assertThat(currentTask().cancelling()).isZero();
        });
    }

    @Test
    void taskgroup15() {
        run(() -> assertThat(types(cancelledAfter100Ms(() -> crashWhileTheBodyHandlesItsCancellation())))
                .containsExactly(ArithmeticException.class));
    }

    @Async
    private static void crashWhileTheBodyHandlesItsCancellation() {
        taskGroup(group -> {
            group.createTask(() -> Crashes.after(300));
            try {
                sleep(LONG);
            } catch (CancelledError e) {
                sleep(ms(500));
                throw e;
            }
        });
    }

    @Test
    void taskgroup16() {
        run(() -> assertThat(types(cancelledAfter100Ms(() -> {
                    await(createTask(() -> crashWhileTheBodyHandlesItsCancellation()));
                })))
                .containsExactly(ArithmeticException.class));
    }

    @Test
    void taskgroup17() {
        run(() -> assertThat(cancelledAfter100Ms(() -> taskGroup(group -> {
                    noting("body");
                })))
                .isInstanceOf(CancelledError.class));
        assertThat(trace).containsExactly("body");
    }

    @Test
    void taskgroup18() {
        run(() -> assertThat(types(cancelledAfter100Ms(() -> taskGroup(group -> {
                    Crashes.sleepAndThrow(new IllegalStateException("instead of the cancellation"));
                }))))
                .containsExactly(IllegalStateException.class));
    }

    @Test
    void taskgroup18WithATaskThatFailsToo() {
        run(() -> assertThat(types(cancelledAfter100Ms(() -> taskGroup(group -> {
                    group.createTask(() -> Crashes.inCleanup());
                    Crashes.sleepAndThrow(new IllegalStateException("instead of the cancellation"));
                }))))
                .containsExactlyInAnyOrder(IllegalStateException.class, ArithmeticException.class));
    }

    @Test
    void taskgroup22() {
        run(() -> assertThat(cancelledAfter100Ms(() -> taskGroup(group -> {
                    group.createTask(() -> sleep(ms(1000)));
                    group.createTask(() -> sleep(ms(2000)));
                })))
                .isInstanceOf(CancelledError.class));
    }

    @Test
    void contextManagerExitRaises() {
        run(() -> {
            Throwable failure = Thrown.by(() -> taskGroup(group -> {
                try {
                    group.createTask(() -> {
                        throw new IllegalStateException("task");
                    });
                    sleep(ms(1000));
                } finally {
                    closeDatabase();
                }
            }));
            assertThat(types(failure)).containsExactly(IllegalStateException.class, IllegalStateException.class);
            assertThat(currentTask().cancelling()).isZero();
        });
    }

    private static void closeDatabase() {
        throw new IllegalStateException("close");
    }

    @Test
    void cancellingLevelPreserved() {
        run(() -> {
            Throwable failure = Thrown.by(() -> taskGroup(group -> {
                group.createTask(() -> Crashes.after(0));
            }));
            assertThat(types(failure)).containsExactly(ArithmeticException.class);
            assertThat(currentTask().cancelling()).isZero();
        });
    }

    @Test
    void nestedGroupsBothCancelled() {
        run(() -> {
            Throwable failure = Thrown.by(() -> {
                taskGroup(outer -> {
                    trace.addAll(types(Thrown.by(() -> taskGroup(inner -> {
                        inner.createTask(() -> Crashes.after(0));
                        outer.createTask(() -> {
                            sleep(Duration.ZERO);
                            throw new IllegalStateException();
                        });
                    }))));
                    trace.add(currentTask().cancelling());
                });
            });
            assertThat(types(failure)).containsExactly(IllegalStateException.class);
            assertThat(currentTask().cancelling()).isZero();
        });
        assertThat(trace).containsExactly(ArithmeticException.class, 1);
    }

    @Test
    void errorAndCancel() {
        run(() -> {
            AsyncFuture<Void> started = EventLoop.running().createFuture();
            Task<Void> runner = createTask(() -> {
                Throwable failure = Thrown.by(() -> taskGroup(group -> {
                    group.createTask(() -> {
                        started.setResult(null);
                        sleep(Duration.ZERO);
                        throw new IllegalStateException();
                    });
                    noting("body");
                }));
                trace.addAll(types(failure));
                trace.add(currentTask().cancelling());
                sleep(LONG);
                trace.add("not reached");
            });
            await(started);
            assertThat(runner.cancelling()).isZero();
            runner.cancel();
            assertThat(runner.cancelling()).isEqualTo(1);
            assertThat(Thrown.by(runner)).isInstanceOf(CancelledError.class);
            assertThat(runner.isCancelled()).isTrue();
            assertThat(TestLoop.millis()).isZero();
        });
        assertThat(trace).containsExactly("body", IllegalStateException.class, 1);
    }

    @Test
    void cancellationDoesNotLeakOutOfTg() {
        run(() -> {
            assertThat(types(Thrown.by(() -> taskGroup(group -> {
                        group.createTask(() -> {
                            throw new IllegalStateException();
                        });
                    }))))
                    .containsExactly(IllegalStateException.class);
            sleep(Duration.ZERO);
        });
    }

    @Test
    void repeatedCancellationOfTheParentWhileItWaits() {
        run(() -> {
            Task<Void> runner = createTask(() -> taskGroup(group -> {
                group.createTask(() -> {
                    try {
                        sleep(LONG);
                    } catch (CancelledError e) {
                        trace.add("cancelled");
                        sleep(ms(500));
                        trace.add("cleaned up");
                    }
                });
            }));
            sleep(ms(100));
            runner.cancel();
            sleep(ms(100));
            runner.cancel();
            sleep(ms(100));
            assertThat(runner.isDone()).isFalse();
            assertThat(Thrown.by(runner)).isInstanceOf(CancelledError.class);
            assertThat(TestLoop.millis()).isEqualTo(600);
        });
        assertThat(trace).containsExactly("cancelled", "cleaned up");
    }
}
