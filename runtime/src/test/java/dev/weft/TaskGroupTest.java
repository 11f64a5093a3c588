package dev.weft;

import static dev.weft.Asyncio.*;
import static dev.weft.Crashes.LONG;
import static dev.weft.Crashes.types;
import static dev.weft.TestLoop.ms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Groups whose tasks end well, fail, or are created when it is too late. */
@ParameterizedClass
@EnumSource
class TaskGroupTest {
    private final Start start;
    private final List<Object> trace = new ArrayList<>();
    private final List<Task<Integer>> tasks = new ArrayList<>();

    TaskGroupTest(Start start) {
        this.start = start;
    }

    private void run(AsyncRunnable body) {
        TestLoop.run(start.tasks, body);
    }

    @Async
    private static int after(long millis, int value) {
        sleep(ms(millis));
        return value;
    }

    @Async
    private void noting(String name) {
        try {
            sleep(LONG);
            trace.add(name + " went on");
        } catch (CancelledError e) {
            trace.add(name + " cancelled");
            throw e;
        }
    }

    @Test
    void taskgroup01() {
        run(() -> {
            int value = taskGroup(group -> {
                tasks.add(group.createTask(() -> after(100, 42)));
                tasks.add(group.createTask(() -> after(200, 11)));
                return 7;
            });
            assertThat(value).isEqualTo(7);
            assertThat(tasks).extracting(Task::result).containsExactly(42, 11);
            assertThat(TestLoop.millis()).isEqualTo(200);
        });
    }

    @Test
    void taskgroup02() {
        run(() -> {
            taskGroup(group -> {
                tasks.add(group.createTask(() -> after(100, 42)));
                sleep(ms(150));
                assertThat(tasks.get(0).isDone()).isTrue();
                tasks.add(group.createTask(() -> after(200, 11)));
            });
            assertThat(tasks).extracting(Task::result).containsExactly(42, 11);
            assertThat(TestLoop.millis()).isEqualTo(350);
        });
    }

    @Test
    void taskgroup03() {
        run(() -> {
            taskGroup(group -> {
                tasks.add(group.createTask(() -> after(1000, 42)));
                sleep(ms(150));
                tasks.get(0).cancel();
                tasks.add(group.createTask(() -> after(200, 11)));
            });
            assertThat(tasks.get(0).isCancelled()).isTrue();
            assertThat(tasks.get(1).result()).isEqualTo(11);
        });
    }

    @Test
    void taskgroup04() {
        run(() -> {
            List<Task<Void>> sibling = new ArrayList<>();
            Throwable failure = Thrown.by(() -> {
                taskGroup(group -> {
                    group.createTask(() -> Crashes.after(100));
                    sibling.add(group.createTask(() -> noting("sibling")));
                });
                trace.add("not reached");
            });
            assertThat(types(failure)).containsExactly(ArithmeticException.class);
            assertThat(failure).hasMessage("unhandled errors in a TaskGroup (1 sub-exception)");
            assertThat(failure.getSuppressed()).containsExactlyElementsOf(((ExceptionGroup) failure).exceptions());
            assertThat(sibling.get(0).isCancelled()).isTrue();
            assertThat(TestLoop.millis()).isEqualTo(100);
            assertThat(currentTask().cancelling()).isZero();
        });
        assertThat(trace).containsExactly("sibling cancelled");
    }

    @Test
    void cancelChildrenOnChildError() {
        run(() -> {
            Throwable failure = Thrown.by(() -> {
                taskGroup(group -> {
                    group.createTask(() -> Crashes.after(100));
                    group.createTask(() -> Crashes.after(100));
                    group.createTask(() -> Crashes.after(100));
                    group.createTask(() -> noting("sibling"));
                    noting("body");
                });
                trace.add("not reached");
            });
            assertThat(types(failure)).hasSize(3).containsOnly(ArithmeticException.class);
        });
        assertThat(trace).containsExactlyInAnyOrder("sibling cancelled", "body cancelled");
    }

    @Test
    void taskgroup09() {
        run(() -> {
            Throwable failure = Thrown.by(() -> taskGroup(group -> {
                tasks.add(group.createTask(() -> after(1000, 42)));
                tasks.add(group.createTask(() -> after(2000, 11)));
                sleep(ms(100));
                throw new ArithmeticException();
            }));
            assertThat(types(failure)).containsExactly(ArithmeticException.class);
            assertThat(tasks).hasSize(2).allMatch(Task::isCancelled);
        });
    }

    @Test
    void taskgroup10() {
        run(() -> {
            Throwable failure = Thrown.by(() -> taskGroup(group -> {
                tasks.add(group.createTask(() -> after(1000, 42)));
                tasks.add(group.createTask(() -> after(2000, 11)));
                throw new IOException("body");
            }));
            assertThat(types(failure)).containsExactly(IOException.class);
            assertThat(tasks).hasSize(2).allMatch(Task::isCancelled);
        });
    }

    @Test
    void taskgroup19() {
        run(() -> {
            Throwable failure = Thrown.by(() -> taskGroup(group -> {
                group.createTask(() -> Crashes.after(100));
                Crashes.sleepAndThrow(new IllegalStateException());
            }));
            assertThat(types(failure)).containsExactly(ArithmeticException.class, IllegalStateException.class);
        });
    }

    @Test
    void taskgroup20() {
        InternalError fatal = new InternalError("fatal");
        assertThatThrownBy(() -> run(() -> taskGroup(group -> {
                    group.createTask(() -> Crashes.after(100));
                    Crashes.sleepAndThrow(fatal);
                })))
                .isSameAs(fatal);
    }

    @Test
    void taskgroup20a() {
        run(() -> {
            Throwable failure = Thrown.by(() -> taskGroup(group -> {
                group.createTask(() -> Crashes.after(100));
                Crashes.sleepAndThrow(new AssertionError());
            }));
            assertThat(types(failure)).containsExactly(ArithmeticException.class, AssertionError.class);
        });
    }

    @Test
    void taskgroup21a() {
        run(() -> {
            Throwable failure = Thrown.by(() -> taskGroup(group -> {
                group.createTask(() -> {
                    sleep(ms(100));
                    throw new AssertionError();
                });
                Crashes.sleepAndThrow(new IllegalStateException());
            }));
            assertThat(types(failure)).containsExactly(AssertionError.class, IllegalStateException.class);
        });
    }

    @Test
    void taskgroup23() {
        run(() -> taskGroup(group -> {
            for (int count = 0; count < 10; count++) {
                sleep(ms(100));
                group.createTask(() -> sleep(ms(300)));
                if (count == 5) {
                    assertThat(group).hasToString("<TaskGroup tasks=4 entered>");
                }
            }
            sleep(ms(1350));
            assertThat(group).hasToString("<TaskGroup entered>");
        }));
    }

    @Test
    void taskgroup24() {
        run(() -> {
            taskGroup(group -> {
                group.createTask(() -> {
                    sleep(ms(100));
                    group.createTask(() -> trace.add(after(100, 42)));
                    group.createTask(() -> trace.add(after(200, 11)));
                });
            });
            assertThat(trace).containsExactly(42, 11);
            assertThat(TestLoop.millis()).isEqualTo(300);
        });
    }

    @Test
    void taskgroup25() {
        run(() -> {
            int[] heads = {0};
            Throwable failure = Thrown.by(() -> taskGroup(group -> {
                group.createTask(() -> hydra(group, heads));
                group.createTask(() -> {
                    while (heads[0] < 10) {
                        sleep(ms(15));
                    }
                    throw new ArithmeticException();
                });
            }));
            assertThat(((ExceptionGroup) failure).firstOf(ArithmeticException.class))
                    .isNotNull();
            assertThat(heads[0]).isGreaterThanOrEqualTo(10);
            assertThat(allTasks()).hasSize(1);
        });
    }

    @Async
    private static void hydra(TaskGroup group, int[] heads) {
        heads[0]++;
        sleep(ms(10));
        group.createTask(() -> hydra(group, heads));
        group.createTask(() -> hydra(group, heads));
    }

    @Test
    void taskgroupTaskName() {
        run(() -> taskGroup(group -> {
            Task<Void> task = group.createTask("yolo", () -> sleep(Duration.ZERO));
            assertThat(task.name()).isEqualTo("yolo");
        }));
    }

    @Test
    void taskgroupTaskContext() {
        ContextVar<Integer> number = ContextVar.named("number");
        run(() -> taskGroup(group -> {
            Context context = Context.copy();
            assertThat(context.get(number)).isNull();
            for (int value = 1; value <= 2; value++) {
                int given = value;
                await(group.createTask(TaskOptions.DEFAULT.context(context), () -> {
                    sleep(Duration.ZERO);
                    number.set(given);
                }));
                assertThat(context.get(number)).isEqualTo(value);
            }
        }));
    }

    @Test
    void taskgroupNoCreateTaskAfterFailure() {
        run(() -> {
            Throwable failure = Thrown.by(() -> taskGroup(group -> {
                group.createTask(() -> Crashes.after(1));
                group.createTask(() -> {
                    try {
                        sleep(LONG);
                    } catch (CancelledError e) {
                        assertThatThrownBy(() -> group.createTask(() -> trace.add("never")))
                                .isInstanceOf(IllegalStateException.class)
                                .hasMessageContaining("is shutting down");
                        trace.add("refused");
                    }
                });
            }));
            assertThat(types(failure)).containsExactly(ArithmeticException.class);
        });
        assertThat(trace).containsExactly("refused");
    }

    @Test
    void finished() {
        run(() -> {
            TaskGroup[] kept = new TaskGroup[1];
            taskGroup(group -> {
                kept[0] = group;
            });
            assertThat(kept[0]).hasToString("<TaskGroup finished>");
            assertThatThrownBy(() -> kept[0].createTask(() -> trace.add("never")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("is finished");
            sleep(Duration.ZERO);
        });
        assertThat(trace).isEmpty();
    }

    @Test
    void withoutParentTask() {
        try (TestLoop test = new TestLoop()) {
            test.loop.callSoon(() -> taskGroup(group -> {}));
            test.iterate(1);
            assertThat(test.errors)
                    .singleElement()
                    .satisfies(error -> assertThat(error.exception())
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("No task runs here"));
        }
    }

    @Test
    void cancelsTaskIfCreatedDuringCreation() {
        run(() -> {
            Throwable failure = Thrown.by(() -> taskGroup(group -> {
                group.createTask(() -> {
                    group.createTask(() -> {
                        throw new ArithmeticException();
                    });
                    try {
                        sleep(Duration.ZERO); // an eager task is cancelled here
                        sleep(Duration.ZERO); // one that started later here
                        trace.add("not reached");
                    } catch (CancelledError e) {
                        trace.add("cancelled");
                    }
                });
            }));
            assertThat(types(failure)).containsExactly(ArithmeticException.class);
        });
        assertThat(trace).containsExactly("cancelled");
    }
}
