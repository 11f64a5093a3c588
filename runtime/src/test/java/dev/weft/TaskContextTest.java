package dev.weft;

import static dev.weft.Asyncio.*;
import static dev.weft.TestLoop.ms;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.channels.Pipe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Which context tasks, callbacks and worker threads run in. */
class TaskContextTest {
    private final ContextVar<String> variable = ContextVar.withDefault("variable", "nope");
    private final List<String> seen = new ArrayList<>();

    private void see() {
        seen.add(variable.get());
    }

    @Test
    void context1() {
        TestLoop.run(() -> {
            Task<Void> child = createTask(() -> {
                sleep(ms(10));
                assertThat(variable.get()).isEqualTo("nope");
                variable.set("something else");
            });
            variable.set("yes");
            assertThat(variable.get()).isEqualTo("yes");
            await(child);
            assertThat(variable.get()).isEqualTo("yes");
        });
    }

    @Test
    void context2() {
        TestLoop.run(() -> {
            EventLoop loop = EventLoop.running();
            for (int j = 0; j < 2; j++) {
                AsyncFuture<Void> future = loop.createFuture();
                future.addDoneCallback(done -> {
                    see();
                    variable.set("something else");
                });
                variable.set("yes" + j);
                loop.callSoon(() -> future.setResult(null));
                await(future);
                assertThat(variable.get()).isEqualTo("yes" + j);
                for (int i = 0; i < 3; i++) {
                    variable.set("yes" + i + "-" + j);
                    sleep(ms(1));
                    assertThat(variable.get()).isEqualTo("yes" + i + "-" + j);
                }
            }
            assertThat(seen).containsExactly("nope", "yes2-0");
        });
    }

    @Test
    void context3() {
        ContextVar<Integer> number = ContextVar.withDefault("number", -1);
        Random random = new Random(1);
        TestLoop.run(() -> {
            List<Task<Void>> tasks = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                int start = random.nextInt(11);
                tasks.add(createTask(() -> {
                    for (int round = 0; round < 10; round++) {
                        number.set(start + round);
                        sleep(Duration.ofNanos(random.nextInt(1_000_000, 50_000_000)));
                        assertThat(number.get()).isEqualTo(start + round);
                    }
                }));
            }
            gather(tasks);
            assertThat(number.get()).isEqualTo(-1);
        });
        assertThat(number.get()).isEqualTo(-1);
    }

    @Test
    void context4() {
        ContextVar<Integer> number = ContextVar.named("number");
        TestLoop.run(() -> {
            List<Integer> values = new ArrayList<>();
            Context context = Context.copy();
            values.add(context.get(number));
            for (int i = 1; i <= 2; i++) {
                int value = i;
                await(createTask(TaskOptions.DEFAULT.context(context), () -> {
                    sleep(Duration.ZERO);
                    number.set(value);
                }));
                values.add(context.get(number));
            }
            assertThat(values).isEqualTo(Arrays.asList(null, 1, 2));
        });
    }

    @Test
    void getContext() {
        TestLoop.run(() -> {
            Context context = Context.copy();
            Task<Integer> sharing = createTask(TaskOptions.named("n").context(context), () -> 1);
            assertThat(sharing.context()).isSameAs(context);
            assertThat(sharing.name()).isEqualTo("n");
            variable.set("mine");
            Task<Void> copying = createTask(() -> {
                see();
                variable.set("theirs");
                sleep(ms(1));
                see();
            });
            assertThat(copying.context().get(variable)).isEqualTo("mine");
            sleep(Duration.ZERO);
            assertThat(copying.context().get(variable)).isEqualTo("theirs");
            copying.context().run(() -> variable.set("from outside"));
            await(copying);
            assertThat(seen).containsExactly("mine", "from outside");
            assertThat(currentTask().context().get(variable)).isEqualTo("mine");
        });
    }

    @Test
    void namesAndMessagesLeaveTheContextAlone() {
        TestLoop.run(() -> {
            variable.set("value");
            Task<Void> task = createTask(() -> {
                see();
                try {
                    sleep(ms(10));
                } finally {
                    see();
                }
            });
            task.setName("later");
            sleep(Duration.ZERO);
            task.cancel("message");
            waitUntil(ALL_COMPLETED, task);
            assertThat(seen).containsExactly("value", "value");
            assertThat(task.name()).isEqualTo("later");
            assertThat(task.context().get(variable)).isEqualTo("value");
        });
    }

    @Test
    void tasksThatAreCreatedOutsideOfTheLoopCopyTheThreadsContext() {
        try (TestLoop test = new TestLoop()) {
            Context.empty().run(() -> {
                variable.set("thread");
                Task<Void> task = test.loop.createTask((AsyncRunnable) this::see);
                variable.set("later");
                test.complete(() -> {
                    see();
                    variable.set("in the loop");
                });
                assertThat(variable.get()).isEqualTo("later");
                assertThat(task.isDone()).isTrue();
            });
            assertThat(seen).containsExactly("thread", "later");
        }
    }

    @Test
    void callbacksRunInACopyOfTheContextOfTheirRegistration() {
        TestLoop.run(() -> {
            EventLoop loop = EventLoop.running();
            variable.set("registered");
            Runnable change = () -> {
                see();
                variable.set("changed");
                see();
            };
            loop.callSoon(change);
            loop.callSoonThreadsafe(change);
            loop.callLater(ms(1), change);
            loop.callAt(loop.time() + 2_000_000, change);
            Task<Integer> task = createTask(() -> 1);
            task.addDoneCallback(done -> change.run());
            variable.set("later");
            sleep(ms(10));
            assertThat(seen).hasSize(10).containsSubsequence("registered", "changed", "registered", "changed");
            assertThat(seen).doesNotContain("later");
            assertThat(variable.get()).isEqualTo("later");
        });
    }

    @Test
    void whatACallbackSetsTheNextOneDoesNotSee() {
        try (TestLoop test = new TestLoop()) {
            Runnable change = () -> {
                see();
                variable.set("changed");
            };
            test.loop.callSoon(change);
            test.loop.callSoon(change);
            test.loop.callLater(ms(1), change);
            test.loop.callLater(ms(1), change);
            AsyncFuture<Integer> future = test.loop.createFuture();
            future.addDoneCallback(done -> change.run());
            future.addDoneCallback(done -> change.run());
            future.setResult(1);
            test.runFor(ms(2));
            assertThat(seen).hasSize(6).containsOnly("nope");
        }
    }

    @Test
    void callbacksShareAContextThatTheyAreGiven() {
        TestLoop.run(() -> {
            EventLoop loop = EventLoop.running();
            Context context = Context.empty();
            Runnable append = () -> variable.set(variable.get() + "+");
            loop.callSoon(context, append);
            loop.callSoonThreadsafe(context, append);
            loop.callLater(context, ms(1), append);
            loop.callAt(context, loop.time() + 2_000_000, append);
            AsyncFuture<Integer> future = loop.createFuture();
            future.addDoneCallback(context, done -> append.run());
            future.setResult(1);
            sleep(ms(10));
            assertThat(context.get(variable)).isEqualTo("nope+++++");
            assertThat(variable.get()).isEqualTo("nope");
        });
    }

    @Test
    void callbackWithAContextIsRemovedLikeAnyOther() {
        TestLoop.run(() -> {
            variable.set("value");
            AsyncFuture<Integer> future = EventLoop.running().createFuture();
            java.util.function.Consumer<Object> callback = done -> see();
            future.addDoneCallback(callback);
            assertThat(future.toString()).contains("lambda in dev.weft.TaskContextTest");
            assertThat(future.removeDoneCallback(callback)).isTrue();
            assertThat(future.removeDoneCallback(callback)).isFalse();
            Handle handle = EventLoop.running().callSoon(this::see);
            assertThat(handle).hasToString("<Handle lambda in dev.weft.TaskContextTest>");
            handle.cancel();
            future.setResult(1);
            sleep(ms(1));
            assertThat(seen).isEmpty();
        });
    }

    @Test
    void taskExcHandlerCorrectContext() {
        try (TestLoop test = new TestLoop()) {
            test.loop.setExceptionHandler((loop, error) -> see());
            Task<Void> task = test.loop.createTask(() -> {
                variable.set("bar");
                throw new ArithmeticException();
            });
            test.complete(() -> sleep(ms(1)));
            assertThat(task.isDone()).isTrue();
            test.loop.close();
            assertThat(seen).containsExactly("bar");
        }
    }

    @Test
    void handleExcHandlerCorrectContext() {
        try (TestLoop test = new TestLoop()) {
            test.loop.setExceptionHandler((loop, error) -> see());
            Runnable failing = () -> {
                variable.set("bar");
                throw new ArithmeticException();
            };
            test.loop.callSoon(failing);
            test.loop.callLater(ms(1), failing);
            AsyncFuture<Integer> future = test.loop.createFuture();
            future.addDoneCallback(done -> failing.run());
            future.setResult(1);
            test.complete(() -> sleep(ms(2)));
            assertThat(seen).containsExactly("bar", "bar", "bar");
        }
    }

    @Test
    void toThreadContextvars() {
        TestLoop.run(() -> {
            variable.set("parrot");
            assertThat(toThread(() -> {
                        String value = variable.get();
                        variable.set("changed there");
                        return value;
                    }))
                    .isEqualTo("parrot");
            toThread(() -> {
                see();
            });
            assertThat(seen).containsExactly("parrot");
            assertThat(variable.get()).isEqualTo("parrot");
        });
    }

    @Test
    void runInExecutorUsesTheContextOfItsThread() {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        TestLoop.run(() -> {
            EventLoop loop = EventLoop.running();
            loop.setDefaultExecutor(executor);
            variable.set("task");
            assertThat(loop.runInExecutor(executor, variable::get).await()).isEqualTo("nope");
            loop.runInExecutor(executor, () -> variable.set("thread")).await();
            assertThat(loop.runInExecutor(executor, variable::get).await()).isEqualTo("thread");
            assertThat(toThread(() -> variable.get())).isEqualTo("task");
            assertThat(loop.runInExecutor(null, variable::get).await()).isEqualTo("thread");
        });
    }

    @Test
    void submitCopiesTheContextOfTheCallingThread() throws InterruptedException {
        try (TestLoop test = new TestLoop()) {
            CompletableFuture<String> result = new CompletableFuture<>();
            Thread thread = new Thread(() -> {
                variable.set("foreign");
                test.loop.submit(() -> variable.get()).thenAccept(result::complete);
                test.loop.callSoonThreadsafe(this::see);
                variable.set("later");
            });
            thread.start();
            thread.join();
            test.iterate(4);
            assertThat(result).isCompletedWithValue("foreign");
            assertThat(seen).containsExactly("foreign");
        }
    }

    @Test
    void coroutinesThatRunInlineSeeTheTasksContext() {
        TestLoop.run(() -> {
            variable.set("before");
            Coroutine<String> inline = () -> {
                String value = variable.get();
                sleep(ms(1));
                variable.set("set by the other");
                return value;
            };
            assertThat(await(inline)).isEqualTo("before");
            assertThat(variable.get()).isEqualTo("set by the other");
            timeout(ms(5), () -> {
                variable.set("set within a timeout");
            });
            assertThat(variable.get()).isEqualTo("set within a timeout");
        });
    }

    @Test
    void generatorsRunInTheContextOfTheTaskThatAsks() {
        TestLoop.run(() -> {
            AsyncIterator<String> numbers = generate((Yielder<String> out) -> {
                        for (int i = 0; i < 2; i++) {
                            sleep(ms(1));
                            String before = variable.get();
                            variable.set("generator " + i);
                            out.yield(before);
                        }
                    })
                    .iterator();
            variable.set("first");
            assertThat(numbers.next()).isEqualTo("first");
            assertThat(variable.get()).isEqualTo("generator 0");
            await(createTask(() -> {
                variable.set("second");
                assertThat(numbers.next()).isEqualTo("second");
                assertThat(variable.get()).isEqualTo("generator 1");
            }));
            assertThat(variable.get()).isEqualTo("generator 0");
        });
    }

    @Test
    void tokenThatIsClosedAfterASuspension() {
        TestLoop.run(() -> {
            variable.set("outer");
            try (var token = variable.set("inner")) {
                sleep(ms(1));
                assertThat(variable.get()).isEqualTo("inner");
                assertThat(token.variable()).isSameAs(variable);
            }
            assertThat(variable.get()).isEqualTo("outer");
        });
    }

    @Test
    void contextRunWithinATaskIsLeftAgain() {
        TestLoop.run(() -> {
            variable.set("task");
            Context context = Context.empty();
            Task<Void> child = context.run(() -> {
                variable.set("context");
                return createTask((AsyncRunnable) this::see);
            });
            assertThat(variable.get()).isEqualTo("task");
            await(child);
            assertThat(seen).containsExactly("context");
        });
    }

    @Test
    void readersRunInTheContextOfTheirRegistration() {
        run(() -> {
            EventLoop loop = EventLoop.running();
            Pipe pipe = Pipe.open();
            try (Pipe.SourceChannel source = pipe.source();
                    Pipe.SinkChannel sink = pipe.sink()) {
                source.configureBlocking(false);
                AsyncFuture<String> read = loop.createFuture();
                variable.set("registered");
                loop.addReader(source, () -> {
                    loop.removeReader(source);
                    read.setResult(variable.get());
                });
                variable.set("later");
                sink.write(java.nio.ByteBuffer.allocate(1));
                assertThat(await(read)).isEqualTo("registered");
            }
        });
    }
}
