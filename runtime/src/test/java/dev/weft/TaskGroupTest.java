package dev.weft;

import static dev.weft.Asyncio.*;
import static dev.weft.TestLoop.ms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskGroupTest {
    private static final Duration LONG = Duration.ofSeconds(10);

    private final List<Object> trace = new ArrayList<>();

    /** What a coroutine throws, which may suspend. */
    @Async
    private static Throwable thrownBy(AsyncRunnable body) {
        try {
            body.run();
        } catch (Throwable failure) {
            return failure;
        }
        throw new AssertionError("nothing was thrown");
    }

    private static List<Class<?>> types(Throwable group) {
        assertThat(group).isInstanceOf(ExceptionGroup.class);
        List<Class<?>> types = new ArrayList<>();
        ((ExceptionGroup) group).exceptions().forEach(failure -> types.add(failure.getClass()));
        return types;
    }

    @Async
    private static int after(long millis, int value) {
        sleep(ms(millis));
        return value;
    }

    @Async
    private static void crashSoon() {
        sleep(ms(100));
        throw new ArithmeticException("/ by zero");
    }

    /** Sleeps, and answers a cancellation with a failure. */
    @Async
    private static void crashWhenCancelled(RuntimeException failure) {
        try {
            sleep(LONG);
        } catch (CancelledError e) {
            throw failure;
        }
    }

    @Test
    void taskgroup01() {
        TestLoop.run(() -> {
            List<Task<Integer>> tasks = new ArrayList<>();
            int sum = taskGroup(group -> {
                tasks.add(group.createTask(() -> after(100, 42)));
                tasks.add(group.createTask(() -> after(200, 11)));
                return 7;
            });
            assertThat(sum).isEqualTo(7);
            assertThat(tasks).extracting(Task::result).containsExactly(42, 11);
            assertThat(TestLoop.millis()).isEqualTo(200);
        });
    }

    @Test
    void taskgroup02() {
        TestLoop.run(() -> {
            List<Task<Integer>> tasks = new ArrayList<>();
            taskGroup(group -> {
                tasks.add(group.createTask("first", () -> after(100, 42)));
                sleep(ms(200));
                assertThat(tasks.get(0).isDone()).isTrue();
                tasks.add(group.createTask(() -> after(200, 11)));
            });
            assertThat(tasks).extracting(Task::result).containsExactly(42, 11);
            assertThat(tasks.get(0).name()).isEqualTo("first");
        });
    }

    @Test
    void taskgroup03() {
        TestLoop.run(() -> {
            List<Task<Integer>> tasks = new ArrayList<>();
            taskGroup(group -> {
                tasks.add(group.createTask(() -> after(10_000, 42)));
                tasks.add(group.createTask(() -> after(100, 11)));
                sleep(ms(1));
                tasks.get(0).cancel();
            });
            assertThat(tasks.get(0).isCancelled()).isTrue();
            assertThat(tasks.get(1).result()).isEqualTo(11);
        });
    }

    @Test
    void taskgroup04() {
        TestLoop.run(() -> {
            List<Task<Integer>> tasks = new ArrayList<>();
            Throwable failure = thrownBy(() -> {
                taskGroup(group -> {
                    tasks.add(group.createTask(() -> after(10_000, 42)));
                    group.createTask(() -> crashSoon());
                });
                trace.add("not reached");
            });
            assertThat(types(failure)).containsExactly(ArithmeticException.class);
            assertThat(failure).hasMessage("unhandled errors in a TaskGroup (1 sub-exception)");
            assertThat(failure.getSuppressed()).containsExactlyElementsOf(((ExceptionGroup) failure).exceptions());
            assertThat(tasks.get(0).isCancelled()).isTrue();
            assertThat(TestLoop.millis()).isEqualTo(100);
            assertThat(currentTask().cancelling()).isZero();
        });
        assertThat(trace).isEmpty();
    }

    @Test
    void cancelChildrenOnChildError() {
        TestLoop.run(() -> {
            Throwable failure = thrownBy(() -> taskGroup(group -> {
                group.createTask(() -> crashSoon());
                try {
                    sleep(LONG);
                } catch (CancelledError e) {
                    trace.add("body cancelled");
                    throw e;
                }
            }));
            assertThat(types(failure)).containsExactly(ArithmeticException.class);
        });
        assertThat(trace).containsExactly("body cancelled");
    }

    @Test
    void taskgroup07() {
        TestLoop.run(() -> {
            Task<Void> runner = createTask(() -> taskGroup(group -> {
                for (int i = 0; i < 5; i++) {
                    group.createTask(() -> {
                        try {
                            sleep(LONG);
                        } finally {
                            trace.add("child");
                        }
                    });
                }
                try {
                    sleep(LONG);
                } finally {
                    trace.add("body");
                }
            }));
            sleep(ms(100));
            runner.cancel();
            assertThat(thrownBy(() -> {
                        await(runner);
                    }))
                    .isInstanceOf(CancelledError.class);
            assertThat(TestLoop.millis()).isEqualTo(100);
        });
        assertThat(trace).containsExactly("body", "child", "child", "child", "child", "child");
    }

    @Test
    void taskgroup08() {
        TestLoop.run(() -> {
            Task<Void> runner = createTask(() -> taskGroup(group -> {
                for (int i = 0; i < 5; i++) {
                    group.createTask(() -> crashWhenCancelled(new ArithmeticException()));
                }
                sleep(LONG);
            }));
            sleep(ms(100));
            runner.cancel();
            assertThat(types(thrownBy(() -> {
                        await(runner);
                    })))
                    .hasSize(5)
                    .containsOnly(ArithmeticException.class);
        });
    }

    @Test
    void taskgroup09() {
        TestLoop.run(() -> {
            List<Task<Integer>> tasks = new ArrayList<>();
            Throwable failure = thrownBy(() -> taskGroup(group -> {
                tasks.add(group.createTask(() -> after(10_000, 42)));
                tasks.add(group.createTask(() -> after(10_000, 11)));
                sleep(ms(100));
                throw new ArithmeticException();
            }));
            assertThat(types(failure)).containsExactly(ArithmeticException.class);
            assertThat(tasks).allMatch(Task::isCancelled);
        });
    }

    @Test
    void taskgroup10() {
        TestLoop.run(() -> {
            List<Task<Integer>> tasks = new ArrayList<>();
            Throwable failure = thrownBy(() -> taskGroup(group -> {
                tasks.add(group.createTask(() -> after(10_000, 42)));
                throw new java.io.IOException("body");
            }));
            assertThat(types(failure)).containsExactly(java.io.IOException.class);
            assertThat(tasks).allMatch(Task::isCancelled);
        });
    }

    @Test
    void taskgroup11() {
        TestLoop.run(() -> {
            Task<Void> runner = createTask(() -> taskGroup(outer -> {
                taskGroup(inner -> {
                    for (int i = 0; i < 5; i++) {
                        inner.createTask(() -> crashWhenCancelled(new ArithmeticException()));
                    }
                    sleep(LONG);
                });
            }));
            sleep(ms(100));
            runner.cancel();
            Throwable failure = thrownBy(() -> {
                await(runner);
            });
            assertThat(types(failure)).containsExactly(ExceptionGroup.class);
            assertThat(types(((ExceptionGroup) failure).exceptions().get(0)))
                    .hasSize(5)
                    .containsOnly(ArithmeticException.class);
        });
    }

    @Test
    void taskgroup12() {
        TestLoop.run(() -> {
            Task<Void> runner = createTask(() -> taskGroup(outer -> {
                outer.createTask(() -> after(10_000, 1));
                taskGroup(inner -> {
                    inner.createTask(() -> crashWhenCancelled(new ArithmeticException()));
                    sleep(LONG);
                });
            }));
            sleep(ms(100));
            runner.cancel();
            assertThat(types(thrownBy(() -> {
                        await(runner);
                    })))
                    .containsExactly(ExceptionGroup.class);
        });
    }

    @Test
    void taskgroup13() {
        TestLoop.run(() -> {
            Throwable failure = thrownBy(() -> taskGroup(outer -> {
                outer.createTask(() -> crashSoon());
                taskGroup(inner -> {
                    inner.createTask(() -> sleep(LONG));
                });
            }));
            assertThat(types(failure)).containsExactly(ArithmeticException.class);
            assertThat(currentTask().cancelling()).isZero();
        });
    }

    @Test
    void taskgroup14() {
        TestLoop.run(() -> {
            Throwable failure = thrownBy(() -> taskGroup(outer -> {
                outer.createTask(() -> sleep(LONG));
                taskGroup(inner -> {
                    inner.createTask(() -> crashSoon());
                });
            }));
            assertThat(types(failure)).containsExactly(ExceptionGroup.class);
            assertThat(types(((ExceptionGroup) failure).exceptions().get(0)))
                    .containsExactly(ArithmeticException.class);
        });
    }

    @Test
    void taskgroup15() {
        TestLoop.run(() -> {
            Task<Void> runner = createTask(() -> taskGroup(group -> {
                group.createTask(() -> crashSoonAfter(ms(300)));
                try {
                    sleep(LONG);
                } catch (CancelledError e) {
                    sleep(ms(500));
                    throw e;
                }
            }));
            sleep(ms(100));
            runner.cancel();
            assertThat(types(thrownBy(() -> {
                        await(runner);
                    })))
                    .containsExactly(ArithmeticException.class);
        });
    }

    @Async
    private static void crashSoonAfter(Duration delay) {
        sleep(delay);
        throw new ArithmeticException();
    }

    @Test
    void taskgroup18() {
        TestLoop.run(() -> {
            Task<Void> runner = createTask(() -> taskGroup(group -> {
                group.createTask(() -> crashWhenCancelled(new ArithmeticException()));
                try {
                    sleep(LONG);
                } catch (CancelledError e) {
                    throw new IllegalStateException("instead of the cancellation");
                }
            }));
            sleep(ms(100));
            runner.cancel();
            assertThat(types(thrownBy(() -> {
                        await(runner);
                    })))
                    .containsExactlyInAnyOrder(IllegalStateException.class, ArithmeticException.class);
        });
    }

    @Test
    void taskgroup16() {
        TestLoop.run(() -> {
            Task<Void> runner = createTask(() -> taskGroup(outer -> {
                taskGroup(group -> {
                    group.createTask(() -> crashSoonAfter(ms(300)));
                    try {
                        sleep(LONG);
                    } catch (CancelledError e) {
                        sleep(ms(500));
                        throw e;
                    }
                });
            }));
            sleep(ms(100));
            runner.cancel();
            assertThat(types(thrownBy(() -> {
                        await(runner);
                    })))
                    .containsExactly(ExceptionGroup.class);
        });
    }

    @Test
    void taskgroup19() {
        TestLoop.run(() -> {
            Throwable failure = thrownBy(() -> taskGroup(group -> {
                group.createTask(() -> crashSoon());
                try {
                    sleep(LONG);
                } catch (CancelledError e) {
                    throw new IllegalStateException("instead of the cancellation");
                }
            }));
            assertThat(types(failure)).containsExactly(ArithmeticException.class, IllegalStateException.class);
        });
    }

    @Test
    void taskgroup21a() {
        TestLoop.run(() -> {
            Throwable failure = thrownBy(() -> taskGroup(group -> {
                group.createTask(() -> {
                    throw new AssertionError("an error, but not a fatal one");
                });
                sleep(LONG);
            }));
            assertThat(types(failure)).containsExactly(AssertionError.class);
        });
    }

    @Test
    void cancellationDoesNotLeakOutOfTg() {
        TestLoop.run(() -> {
            thrownBy(() -> taskGroup(group -> {
                group.createTask(() -> {
                    throw new IllegalStateException();
                });
            }));
            sleep(Duration.ZERO);
        });
    }

    @Test
    void taskgroup20() {
        try (TestLoop test = new TestLoop()) {
            InternalError fatal = new InternalError("fatal");
            assertThatThrownBy(() -> test.complete(() -> taskGroup(group -> {
                        group.createTask(() -> crashWhenCancelled(new ArithmeticException()));
                        sleep(ms(100));
                        throw fatal;
                    })))
                    .isSameAs(fatal);
        }
    }

    @Test
    void taskgroup20a() {
        TestLoop.run(() -> {
            Throwable failure = thrownBy(() -> taskGroup(group -> {
                group.createTask(() -> crashSoon());
                throw new AssertionError("an error, but not a fatal one");
            }));
            assertThat(types(failure)).containsExactly(AssertionError.class);
        });
    }

    @Test
    void taskgroup23() {
        TestLoop.run(() -> taskGroup(group -> {
            for (int i = 0; i < 100; i++) {
                group.createTask(() -> sleep(Duration.ZERO));
            }
            sleep(ms(1));
            assertThat(group.toString()).isEqualTo("<TaskGroup entered>");
        }));
    }

    @Test
    void taskgroup24() {
        TestLoop.run(() -> {
            taskGroup(group -> {
                group.createTask(() -> {
                    sleep(ms(100));
                    group.createTask(() -> trace.add(after(100, 42)));
                });
            });
            assertThat(trace).containsExactly(42);
            assertThat(TestLoop.millis()).isEqualTo(200);
        });
    }

    @Test
    void taskgroup25() {
        TestLoop.run(() -> {
            int[] spawned = {0};
            Throwable failure = thrownBy(() -> taskGroup(group -> {
                group.createTask(() -> spawnForEver(group, spawned));
                group.createTask(() -> crashSoon());
            }));
            // The task that was spawned last could spawn no more.
            assertThat(types(failure)).startsWith(ArithmeticException.class);
            assertThat(spawned[0]).isBetween(8, 12);
        });
    }

    @Async
    private static void spawnForEver(TaskGroup group, int[] spawned) {
        sleep(ms(10));
        spawned[0]++;
        group.createTask(() -> spawnForEver(group, spawned));
    }

    @Test
    void taskgroupNoCreateTaskAfterFailure() {
        TestLoop.run(() -> {
            Throwable failure = thrownBy(() -> taskGroup(group -> {
                group.createTask(() -> crashSoon());
                try {
                    sleep(LONG);
                } catch (CancelledError e) {
                    trace.add(thrownBy(() -> group.createTask(() -> 1)).getMessage());
                    throw e;
                }
            }));
            assertThat(types(failure)).containsExactly(ArithmeticException.class);
        });
        assertThat(trace).singleElement().asString().contains("is shutting down");
    }

    @Test
    void finished() {
        TestLoop.run(() -> {
            TaskGroup[] kept = new TaskGroup[1];
            taskGroup(group -> {
                kept[0] = group;
            });
            assertThatThrownBy(() -> kept[0].createTask(() -> 1))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("is finished");
            kept[0].cancel(); // too late, and no mistake
            assertThat(currentTask().cancelling()).isZero();
        });
    }

    @Test
    void withoutParentTask() {
        try (TestLoop test = new TestLoop()) {
            test.loop.callSoon(() -> taskGroup(group -> {}));
            test.iterate(1);
            assertThat(test.errors)
                    .singleElement()
                    .satisfies(error -> assertThat(error.exception()).isInstanceOf(IllegalStateException.class));
        }
    }

    @Test
    void contextManagerExitRaises() {
        TestLoop.run(() -> {
            Throwable failure = thrownBy(() -> taskGroup(group -> {
                group.createTask(() -> crashSoon());
                try {
                    sleep(LONG);
                } finally {
                    raise();
                }
            }));
            assertThat(types(failure)).containsExactly(ArithmeticException.class, IllegalStateException.class);
            assertThat(currentTask().cancelling()).isZero();
        });
    }

    private static void raise() {
        throw new IllegalStateException("cleanup");
    }

    @Test
    void cancellingLevelPreserved() {
        TestLoop.run(() -> {
            thrownBy(() -> taskGroup(group -> {
                group.createTask(() -> crashSoon());
            }));
            assertThat(currentTask().cancelling()).isZero();
            sleep(ms(1));
        });
    }

    @Test
    void nestedGroupsBothCancelled() {
        TestLoop.run(() -> {
            Throwable failure = thrownBy(() -> taskGroup(outer -> {
                outer.createTask(() -> crashSoon());
                Throwable inner = thrownBy(() -> taskGroup(group -> {
                    group.createTask(() -> crashSoon());
                }));
                trace.add(types(inner).size());
                trace.add(currentTask().cancelling());
            }));
            assertThat(types(failure)).containsExactly(ArithmeticException.class);
            assertThat(currentTask().cancelling()).isZero();
        });
        assertThat(trace).containsExactly(1, 1);
    }

    @Test
    void errorAndCancel() {
        TestLoop.run(() -> {
            Task<Void> runner = createTask(() -> {
                Throwable failure = thrownBy(() -> taskGroup(group -> {
                    group.createTask(() -> {
                        currentTask(); // the failure and the cancellation come in the same iteration
                        sleep(ms(100));
                        throw new ArithmeticException();
                    });
                    sleep(LONG);
                }));
                trace.add(types(failure).size());
                trace.add(currentTask().cancelling());
                try {
                    sleep(LONG);
                } catch (CancelledError e) {
                    trace.add("cancelled at " + TestLoop.millis());
                    throw e;
                }
            });
            sleep(ms(100));
            runner.cancel();
            waitUntil(ALL_COMPLETED, runner);
            assertThat(runner.isCancelled()).isTrue();
        });
        assertThat(trace).containsExactly(1, 1, "cancelled at 100");
    }

    @Test
    void repeatedCancellationOfTheParentWhileItWaits() {
        TestLoop.run(() -> {
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
            assertThat(thrownBy(() -> {
                        await(runner);
                    }))
                    .isInstanceOf(CancelledError.class);
            assertThat(TestLoop.millis()).isEqualTo(600);
        });
        assertThat(trace).containsExactly("cancelled", "cleaned up");
    }

    @Test
    void cancelOfTheGroup() {
        TestLoop.run(() -> {
            taskGroup(group -> {
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
                    group.cancel();
                });
                try {
                    sleep(LONG);
                } finally {
                    trace.add("body");
                }
            });
            trace.add("after at " + TestLoop.millis());
            assertThat(currentTask().cancelling()).isZero();
            sleep(ms(1));
        });
        assertThat(trace).containsExactly("task", "body", "after at 100");
    }

    @Test
    void cancelOfTheGroupByItsBody() {
        TestLoop.run(() -> {
            String value = taskGroup(group -> {
                group.createTask(() -> sleep(LONG));
                group.cancel();
                return "value";
            });
            assertThat(value).isEqualTo("value");
            assertThat(TestLoop.millis()).isZero();
            sleep(ms(1)); // not cancelled
        });
    }
}
