package dev.weft;

import static dev.weft.Asyncio.*;
import static dev.weft.Crashes.LONG;
import static dev.weft.Crashes.types;
import static dev.weft.TestLoop.ms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** {@link TaskGroup#cancel}: a group that is ended without a failure. */
@ParameterizedClass
@EnumSource
class TaskGroupCancelTest {
    private final Start start;
    private final List<Object> trace = new ArrayList<>();
    private long endedAt = -1;

    TaskGroupCancelTest(Start start) {
        this.start = start;
    }

    private void run(AsyncRunnable body) {
        TestLoop.run(start.tasks, () -> {
            body.run();
            endedAt = TestLoop.millis();
            assertThat(currentTask().cancelling()).isZero();
            sleep(Duration.ZERO); // nothing is left that would interrupt it
        });
    }

    @AfterEach
    void theGroupEndedAtOnce() {
        assertThat(endedAt).isLessThan(LONG.toMillis());
    }

    @Test
    void cancelOfTasks() {
        run(() -> taskGroup(group -> {
            group.createTask(() -> sleep(LONG));
            group.createTask(() -> sleep(LONG));
            sleep(Duration.ZERO);
            group.cancel();
        }));
    }

    @Test
    void cancelByATask() {
        run(() -> taskGroup(group -> {
            group.createTask(() -> {
                try {
                    sleep(LONG);
                } finally {
                    trace.add("task");
                }
            });
            group.createTask(() -> {
                sleep(ms(100));
                group.cancel();
            });
            try {
                sleep(LONG);
            } finally {
                trace.add("body");
            }
        }));
        assertThat(trace).containsExactly("task", "body");
        assertThat(endedAt).isEqualTo(100);
    }

    @Test
    void cancelByATaskWhileTheGroupWaits() {
        run(() -> {
            String value = taskGroup(group -> {
                group.createTask(() -> sleep(LONG));
                group.createTask(() -> {
                    sleep(ms(100));
                    group.cancel();
                });
                return "value";
            });
            assertThat(value).isEqualTo("value");
        });
        assertThat(endedAt).isEqualTo(100);
    }

    @Test
    void cancelWithAMessage() {
        run(() -> taskGroup(group -> {
            group.createTask(() -> traceMessage());
            group.createTask(() -> {
                sleep(ms(100));
                group.cancel("enough");
                group.cancel("too late");
            });
            traceMessage();
        }));
        assertThat(trace).containsExactly("enough", "enough");
    }

    @Async
    private void traceMessage() {
        try {
            sleep(LONG);
        } catch (CancelledError e) {
            trace.add(e.getMessage());
            throw e;
        }
    }

    @Test
    void cancelOfTheBodyTakesEffectWhereItWaits() {
        run(() -> {
            String value = taskGroup(group -> {
                group.cancel();
                group.cancel(); // idempotent
                trace.add("runs on");
                sleep(Duration.ZERO);
                trace.add("not reached");
                return "value";
            });
            assertThat(value).isNull();
        });
        assertThat(trace).containsExactly("runs on");
    }

    @Test
    void cancelByABodyThatDoesNotWait() {
        run(() -> {
            String value = taskGroup(group -> {
                group.createTask(() -> sleep(LONG));
                group.cancel();
                return "value";
            });
            assertThat(value).isEqualTo("value");
        });
    }

    @Test
    void cancelAfterExit() {
        run(() -> {
            TaskGroup[] kept = new TaskGroup[1];
            taskGroup(group -> {
                kept[0] = group;
                sleep(Duration.ZERO);
            });
            kept[0].cancel();
        });
    }

    @Test
    void noTaskIsCreatedAfterCancel() {
        run(() -> taskGroup(group -> {
            group.createTask(() -> sleep(LONG));
            group.cancel();
            assertThatThrownBy(() -> group.createTask(() -> trace.add("never")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("is shutting down");
        }));
        assertThat(trace).isEmpty();
    }

    @Test
    void failureAfterCancelIsThrown() {
        run(() -> {
            assertThat(types(Thrown.by(() -> taskGroup(group -> {
                        group.createTask(() -> {
                            group.cancel();
                            throw new ArithmeticException();
                        });
                        sleep(LONG);
                    }))))
                    .containsExactly(ArithmeticException.class);
            assertThat(types(Thrown.by(() -> taskGroup(group -> {
                        group.cancel();
                        throw new ArithmeticException();
                    }))))
                    .containsExactly(ArithmeticException.class);
        });
    }

    @Test
    void cancelAfterAFailure() {
        run(() -> assertThat(types(Thrown.by(() -> taskGroup(group -> {
                    group.createTask(() -> {
                        try {
                            throw new ArithmeticException();
                        } finally {
                            group.cancel();
                        }
                    });
                    sleep(LONG);
                }))))
                .containsExactly(ArithmeticException.class));
    }

    @Test
    void outerGroupIsCancelledFromWithinTheInnerOne() {
        run(() -> {
            taskGroup(outer -> {
                taskGroup(inner -> {
                    inner.createTask(() -> {
                        sleep(ms(100));
                        outer.cancel();
                    });
                    inner.createTask(() -> sleep(LONG));
                });
                trace.add("not reached");
            });
            trace.add("after the outer one");
        });
        assertThat(trace).containsExactly("after the outer one");
        assertThat(endedAt).isEqualTo(100);
    }

    @Test
    void innerGroupIsCancelledAndTheOuterGoesOn() {
        run(() -> taskGroup(outer -> {
            outer.createTask(() -> {
                sleep(ms(200));
                trace.add("outer task");
            });
            taskGroup(inner -> {
                inner.createTask(() -> sleep(LONG));
                sleep(ms(100));
                inner.cancel();
            });
            trace.add("outer body");
        }));
        assertThat(trace).containsExactly("outer body", "outer task");
    }

    @Test
    void cancellationFromOutsideIsNotLostInIt() {
        endedAt = 0;
        TestLoop.run(start.tasks, () -> {
            TaskGroup[] groups = new TaskGroup[1];
            Task<Void> runner = createTask(() -> taskGroup(group -> {
                groups[0] = group;
                group.createTask(() -> sleep(LONG));
            }));
            sleep(ms(10));
            groups[0].cancel();
            runner.cancel();
            assertThat(Thrown.by(runner)).isInstanceOf(CancelledError.class);
            assertThat(runner.cancelling()).isEqualTo(1);
        });
    }
}
