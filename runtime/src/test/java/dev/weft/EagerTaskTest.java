package dev.weft;

import static dev.weft.Asyncio.*;
import static dev.weft.TestLoop.ms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tasks that take their first step when they are created. */
class EagerTaskTest {
    private static final ContextVar<Integer> VARIABLE = ContextVar.withDefault("variable", 1);

    private final List<Object> trace = new ArrayList<>();

    /** Runs a test body in a loop whose tasks are eager. */
    private static void runEager(AsyncRunnable body) {
        TestLoop.run(() -> {
            EventLoop.running().setTaskFactory(TaskFactory.EAGER);
            body.run();
        });
    }

    @Test
    void eagerTaskFactorySet() {
        runEager(() -> assertThat(EventLoop.running().taskFactory()).isSameAs(TaskFactory.EAGER));
    }

    @Test
    void awaitFutureDuringEagerStep() {
        runEager(() -> {
            AsyncFuture<String> future = EventLoop.running().createFuture();
            Task<Void> task = createTask(() -> future.setResult("my message"));
            assertThat(task.isDone()).isTrue();
            assertThat(await(future)).isEqualTo("my message");
        });
    }

    @Test
    void eagerCompletion() {
        runEager(() -> {
            Task<String> task = createTask(() -> "hello");
            assertThat(task.isDone()).isTrue();
            assertThat(await(task)).isEqualTo("hello");
        });
    }

    @Test
    void blockAfterEagerStep() {
        runEager(() -> {
            Task<String> task = createTask(() -> {
                sleep(ms(100));
                return "finished after blocking";
            });
            assertThat(task.isDone()).isFalse();
            assertThat(await(task)).isEqualTo("finished after blocking");
            assertThat(task.isDone()).isTrue();
        });
    }

    @Test
    void cancellationAfterEagerCompletion() {
        runEager(() -> {
            Task<String> task = createTask(() -> "finished without blocking");
            assertThat(task.cancel()).isFalse();
            assertThat(await(task)).isEqualTo("finished without blocking");
            assertThat(task.isCancelled()).isFalse();
        });
    }

    @Test
    void cancellationAfterEagerStepBlocks() {
        runEager(() -> {
            Task<String> task = createTask(() -> {
                sleep(ms(100));
                return "finished after blocking";
            });
            assertThat(task.cancel("cancellation message")).isTrue();
            assertThat(task.cancelling()).isEqualTo(1);
            assertThat(task.isCancelled()).isFalse();
            assertThatThrownBy(task::await).isInstanceOf(IllegalStateException.class); // plain code
            try {
                await(task);
                trace.add("not cancelled");
            } catch (CancelledError e) {
                trace.add(e.getMessage());
            }
            assertThat(trace).containsExactly("cancellation message");
        });
    }

    @Test
    void currentTask() {
        runEager(() -> {
            Task<?> parent = Asyncio.currentTask();
            Task<Void> task = createTask(() -> {
                trace.add(Asyncio.currentTask());
                sleep(ms(100));
                trace.add(Asyncio.currentTask());
            });
            assertThat(trace).containsExactly(task);
            assertThat(Asyncio.currentTask()).isSameAs(parent);
            await(task);
            assertThat(trace).containsExactly(task, task);
        });
    }

    @Test
    void currentTaskOfACallback() {
        try (TestLoop test = new TestLoop()) {
            test.loop.callSoon(() -> {
                Task<Integer> task = createTask(TaskOptions.DEFAULT.eager(true), () -> {
                    trace.add(Asyncio.currentTask().name());
                    return 1;
                });
                assertThat(task.isDone()).isTrue();
                assertThat(Asyncio.currentTask()).isNull();
            });
            test.iterate(1);
            assertThat(trace).containsExactly("Task-1");
            assertThat(test.errors).isEmpty();
        }
    }

    @Test
    void allTasksWithEagerCompletion() {
        runEager(() -> {
            List<Set<Task<?>>> seen = new ArrayList<>();
            Task<?> parent = Asyncio.currentTask();
            Task<Void> task = createTask(() -> {
                seen.add(allTasks());
            });
            assertThat(seen.get(0)).containsExactly(parent, task);
            assertThat(allTasks()).containsExactly(parent);
        });
    }

    @Test
    void allTasksWithBlocking() {
        runEager(() -> {
            List<Set<Task<?>>> seen = new ArrayList<>();
            AsyncFuture<Void> first = EventLoop.running().createFuture();
            AsyncFuture<Void> second = EventLoop.running().createFuture();
            Task<Void> task = createTask(() -> {
                seen.add(allTasks());
                await(first);
                second.setResult(null);
            });
            assertThat(seen.get(0)).contains(task);
            assertThat(allTasks()).contains(task);
            first.setResult(null);
            await(second);
            assertThat(task.isDone()).isTrue();
            assertThat(allTasks()).doesNotContain(task);
        });
    }

    @Test
    void allTasksWithinEagerTasks() {
        runEager(() -> {
            Task<?> parent = Asyncio.currentTask();
            List<Set<Task<?>>> seen = new ArrayList<>();
            Task<Void> middle = createTask(() -> {
                Task<Void> inner = createTask(() -> {
                    seen.add(allTasks());
                });
                assertThat(inner.isDone()).isTrue();
                assertThat(seen.get(0)).containsExactly(parent, Asyncio.currentTask(), inner);
            });
            assertThat(middle.exception()).isNull();
            assertThat(allTasks()).containsExactly(parent);
        });
    }

    @Test
    void contextVars() {
        ContextVar<Integer> variable = ContextVar.withDefault("cv", 0);
        runEager(() -> {
            variable.set(1);
            Task<Void> task = createTask(() -> {
                assertThat(variable.get()).isEqualTo(1);
                variable.set(2);
                trace.add("first step");
                sleep(ms(100));
                assertThat(variable.get()).isEqualTo(2);
                variable.set(3);
                trace.add("second step");
            });
            assertThat(trace).containsExactly("first step");
            assertThat(variable.get()).isEqualTo(1);
            await(task);
            assertThat(trace).containsExactly("first step", "second step");
            assertThat(variable.get()).isEqualTo(1);
        });
    }

    @Test
    void eagerStartFalse() {
        runEager(() -> {
            Task<Void> task = createTask(TaskOptions.named("example").eager(false), () -> {
                trace.add(Asyncio.currentTask().name());
            });
            assertThat(task.isDone()).isFalse();
            assertThat(trace).isEmpty();
            await(task);
            assertThat(trace).containsExactly("example");
        });
    }

    @Test
    void eagerStartTrueWithLazyFactory() {
        TestLoop.run(() -> {
            Task<Void> task = createTask(TaskOptions.named("example").eager(true), () -> {
                trace.add(Asyncio.currentTask().name());
            });
            assertThat(task.isDone()).isTrue();
            assertThat(trace).containsExactly("example");
            Task<Void> lazy = createTask(() -> {
                trace.add("lazy");
            });
            assertThat(lazy.isDone()).isFalse();
            await(lazy);
        });
    }

    @Test
    void taskOfALoopThatDoesNotRunIsNotEager() {
        try (TestLoop test = new TestLoop()) {
            test.loop.setTaskFactory(TaskFactory.EAGER);
            Task<Void> task = test.loop.createTask(TaskOptions.DEFAULT.eager(true), () -> {
                trace.add("run");
            });
            assertThat(trace).isEmpty();
            test.complete(() -> await(task));
            assertThat(trace).containsExactly("run");
        }
    }

    @Test
    void failureOfAnEagerStepIsTheTasks() {
        runEager(() -> {
            Task<Void> task = createTask(() -> {
                throw new IllegalStateException("eager");
            });
            assertThat(task.exception()).hasMessage("eager");
            assertThat(allTasks()).containsExactly(Asyncio.currentTask());
        });
    }

    @Test
    void fatalErrorOfAnEagerStepEndsTheRun() {
        try (TestLoop test = new TestLoop()) {
            InternalError fatal = new InternalError("fatal");
            List<Task<Object>> created = new ArrayList<>();
            assertThatThrownBy(() -> test.complete(() -> {
                        test.loop.setTaskFactory((loop, body, options) -> {
                            Task<?> task = TaskFactory.LAZY.create(loop, body, options.eager(true));
                            trace.add("never");
                            return task;
                        });
                        created.add(createTask(() -> {
                            throw fatal;
                        }));
                    }))
                    .isSameAs(fatal);
            assertThat(trace).isEmpty();
            assertThat(created).isEmpty();
            test.loop.setTaskFactory(TaskFactory.EAGER);
            test.complete(() -> assertThat(createTask(() -> 1).isDone()).isTrue());
            test.errors.clear();
        }
    }

    @Test
    void eagerTasksOfEagerTasks() {
        runEager(() -> {
            Task<Integer> outermost = createTask(() -> nested(0));
            assertThat(trace).containsExactly(0, 1, 2, 3);
            assertThat(outermost.isDone()).isFalse();
            assertThat(await(outermost)).isEqualTo(3);
            assertThat(trace).containsExactly(0, 1, 2, 3, "3 done", "2 done", "1 done", "0 done");
        });
    }

    @Async
    private int nested(int depth) {
        trace.add(depth);
        Task<Integer> inner = depth == 3 ? null : createTask(() -> nested(depth + 1));
        sleep(Duration.ZERO);
        int result = inner == null ? depth : await(inner);
        trace.add(depth + " done");
        return result;
    }

    @Test
    void eagerStepLeavesTheCallersVariablesAlone() {
        runEager(() -> {
            long number = 5;
            String text = "text";
            sleep(Duration.ZERO); // so that the code below is resumed
            Task<Long> task = createTask(() -> {
                sleep(ms(1));
                return number + 1;
            });
            assertThat(number).isEqualTo(5);
            assertThat(Asyncio.currentTask().stackTrace()).isEmpty();
            assertThat(await(task)).isEqualTo(6);
            assertThat(text).isEqualTo("text");
        });
    }

    @Test
    void stackTraceOfACallerInAnEagerStepIsEmpty() {
        runEager(() -> {
            Task<?> parent = Asyncio.currentTask();
            sleep(Duration.ZERO);
            Task<Void> unused = createTask(() -> {
                trace.add(parent.stackTrace().length);
                trace.add(Asyncio.currentTask().stackTrace().length);
            });
            assertThat(trace).containsExactly(0, 0);
        });
    }

    @Test
    void cancellingTheCallerInAnEagerStepReachesItAtItsNextAwait() {
        runEager(() -> {
            Task<?> parent = Asyncio.currentTask();
            Task<Void> unused = createTask(() -> {
                parent.cancel("from the child");
            });
            trace.add("still here");
            try {
                sleep(ms(1));
            } catch (CancelledError e) {
                trace.add(e.getMessage());
                parent.uncancel();
            }
            assertThat(trace).containsExactly("still here", "from the child");
        });
    }

    @Test
    void failingEagerChildOfAGroupCancelsTheParentAtItsNextAwait() {
        runEager(() -> {
            try {
                taskGroup(group -> {
                    Task<Object> child = group.createTask(() -> {
                        throw new IllegalStateException("child");
                    });
                    trace.add(child.isDone());
                    try {
                        sleep(ms(100));
                        trace.add("slept");
                    } catch (CancelledError e) {
                        trace.add("cancelled");
                        throw e;
                    }
                });
            } catch (ExceptionGroup group) {
                trace.add(group.exceptions().get(0).getMessage());
            }
            assertThat(trace).containsExactly(true, "cancelled", "child");
            assertThat(Asyncio.currentTask().cancelling()).isZero();
        });
    }

    @Test
    void combinatorsTakeEagerTasks() {
        runEager(() -> {
            long start = TestLoop.millis();
            assertThat(gather(() -> 1, () -> 2)).containsExactly(1, 2);
            assertThat(Asyncio.<Integer>race(
                            () -> {
                                sleep(ms(50));
                                return 1;
                            },
                            () -> 2))
                    .isEqualTo(2);
            assertThat(shield(() -> 3)).isEqualTo(3);
            assertThat(waitUntil(ALL_COMPLETED, createTask(() -> 4)).done()).hasSize(1);
            for (Awaitable<Integer> next : Asyncio.<Integer>asCompleted(() -> 5, () -> 5)) {
                assertThat(await(next)).isEqualTo(5);
            }
            assertThat(waitFor(createTask(() -> 6), ms(1))).isEqualTo(6);
            assertThat(TestLoop.millis()).isEqualTo(start);
        });
    }

    @Test
    void name() {
        runEager(() -> {
            Task<Void> task = createTask("test name", () -> {
                trace.add(Asyncio.currentTask().name());
            });
            assertThat(trace).containsExactly("test name");
            await(task);
        });
    }

    @Test
    void recursiveTaskgroups() {
        for (boolean eager : new boolean[] {false, true}) {
            int[] created = {0};
            TestLoop.run(() -> {
                EventLoop.running().setTaskFactory((loop, body, options) -> {
                    created[0]++;
                    return (eager ? TaskFactory.EAGER : TaskFactory.LAZY).create(loop, body, options);
                });
                groups(3, 2);
                assertThat(created[0]).isEqualTo(2 + 4 + 8);
                assertThat(allTasks()).containsExactly(Asyncio.currentTask());
            });
        }
    }

    @Async
    private static void groups(int depth, int width) {
        if (depth == 0) {
            return;
        }
        taskGroup(group -> {
            for (int i = 0; i < width; i++) {
                group.createTask(() -> groups(depth - 1, width));
            }
        });
    }

    @Test
    void eagerTasksInRandomPrograms() {
        for (long seed = 0; seed < 30; seed++) {
            List<String> results = new ArrayList<>();
            for (TaskFactory factory : List.of(TaskFactory.LAZY, TaskFactory.EAGER)) {
                long used = seed;
                TestLoop.run(() -> {
                    EventLoop.running().setTaskFactory(factory);
                    results.add(randomSum(new Random(used), 4) + " at " + TestLoop.millis());
                });
            }
            assertThat(results.get(1)).as("seed %d", seed).isEqualTo(results.get(0));
        }
    }

    /** A tree of tasks with waits and variables at random; both sum and duration are the same however tasks start. */
    @Async
    private static int randomSum(Random random, int depth) {
        int before = VARIABLE.get();
        int sum = before;
        if (random.nextBoolean()) {
            sleep(ms(random.nextInt(4)));
        }
        VARIABLE.set(random.nextInt(100));
        List<Task<Integer>> children = new ArrayList<>();
        for (int i = depth == 0 ? 0 : random.nextInt(4); i > 0; i--) {
            long seed = random.nextLong();
            children.add(createTask(() -> randomSum(new Random(seed), depth - 1)));
            VARIABLE.set(VARIABLE.get() + 1);
        }
        for (int part : gather(children)) {
            sum += part;
        }
        sleep(random.nextBoolean() ? Duration.ZERO : ms(1));
        return sum + VARIABLE.get();
    }

    @Test
    void recursiveGatherOfEagerTasksRunsAtOnce() {
        int[] created = {0};
        TestLoop.run(() -> {
            EventLoop.running().setTaskFactory((loop, body, options) -> {
                created[0]++;
                return TaskFactory.EAGER.create(loop, body, options);
            });
            assertThat(leaves(4)).isEqualTo(16);
            assertThat(created[0]).isEqualTo(30);
        });
    }

    @Async
    private static int leaves(int depth) {
        if (depth == 0) {
            return 1;
        }
        List<Integer> both = gather(() -> leaves(depth - 1), () -> leaves(depth - 1));
        return both.get(0) + both.get(1);
    }
}
