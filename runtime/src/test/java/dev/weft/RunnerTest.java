package dev.weft;

import static dev.weft.Asyncio.*;
import static dev.weft.TestLoop.ms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class RunnerTest {
    private final TestLoop test = new TestLoop();
    private final List<Object> trace = new ArrayList<>();

    private Runner.Builder inVirtualTime() {
        return Runner.builder().loopFactory(() -> test.loop);
    }

    @Test
    void run() {
        EventLoop loop;
        Runner runner = new Runner();
        try (runner) {
            assertThat(runner.run(() -> {
                        sleep(ms(1));
                        return "done";
                    }))
                    .isEqualTo("done");
            loop = runner.loop();
            runner.run(() -> {
                trace.add(EventLoop.running());
            });
            Awaitable<String> awaitable = () -> "awaited";
            assertThat(runner.run(awaitable)).isEqualTo("awaited");
        }
        assertThat(trace).containsExactly(loop);
        assertThat(loop.isClosed()).isTrue();
        assertThatThrownBy(runner::loop)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Runner is closed");
    }

    @Test
    void getLoop() {
        try (Runner runner = new Runner()) {
            EventLoop loop = runner.loop();
            assertThat(runner.loop()).isSameAs(loop);
            assertThat(runner.<EventLoop>run(() -> EventLoop.running())).isSameAs(loop);
        }
    }

    @Test
    void runKeepsContext() {
        ContextVar<Integer> variable = ContextVar.withDefault("variable", -1);
        try (Runner runner = inVirtualTime().build()) {
            assertThat(runner.<Integer>run(() -> replaced(variable, 1))).isEqualTo(-1);
            assertThat(runner.<Integer>run(() -> replaced(variable, 2))).isEqualTo(1);
            assertThat(variable.get()).isEqualTo(-1);
            Context other = Context.empty();
            assertThat(runner.<Integer>run(other, () -> replaced(variable, 3))).isEqualTo(-1);
            assertThat(other.get(variable)).isEqualTo(3);
            runner.run(other, () -> {
                trace.add(replaced(variable, 4));
            });
            runner.run(() -> {
                trace.add(variable.get());
            });
            assertThat(trace).containsExactly(3, 2);
        }
    }

    @Async
    private static int replaced(ContextVar<Integer> variable, int value) {
        sleep(ms(1));
        int before = variable.get();
        variable.set(value);
        return before;
    }

    @Test
    void customFactory() {
        try (Runner runner = inVirtualTime().build()) {
            runner.run(() -> sleep(Duration.ofDays(1)));
            assertThat(runner.loop()).isSameAs(test.loop);
        }
        assertThat(test.loop.isClosed()).isTrue();
    }

    @Test
    void doubleClose() {
        Runner runner = new Runner();
        EventLoop loop = runner.loop();
        runner.close();
        runner.close();
        assertThat(loop.isClosed()).isTrue();
        new Runner().close(); // never used
    }

    @Test
    void secondWithBlockRaises() {
        Runner runner = new Runner();
        runner.run(() -> 1);
        runner.close();
        assertThatThrownBy(() -> {
                    try (runner) {
                        runner.run(() -> trace.add("executed"));
                    }
                })
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Runner is closed");
        assertThat(trace).isEmpty();
    }

    @Test
    void recursiveRun() {
        try (Runner runner = new Runner()) {
            runner.run(() -> {
                assertThatThrownBy(() -> runner.run(() -> trace.add("executed")))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("cannot be called from a running event loop");
                assertThatThrownBy(runner::close)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("while it runs");
            });
        }
        assertThat(trace).isEmpty();
    }

    @Test
    void aFailureEndsOneProgramOnly() {
        try (Runner runner = inVirtualTime().build()) {
            Task<Void> other = runner.run(() -> createTask(() -> {
                sleep(ms(5));
                trace.add("other");
            }));
            assertThatThrownBy(() -> runner.run(() -> {
                        throw new IllegalArgumentException("spam");
                    }))
                    .isInstanceOf(IllegalArgumentException.class);
            runner.run(other);
        }
        assertThat(trace).containsExactly("other");
    }

    @Test
    void tasksThatGoOnAfterTheirCancellationAreNamed() {
        try (Runner runner =
                inVirtualTime().shutdownWarning(Duration.ofSeconds(3)).build()) {
            runner.run(() -> {
                createTask("stubborn", () -> stubborn());
                createTask("obedient", () -> sleep(Duration.ofHours(1)));
                sleep(Duration.ZERO);
            });
        }
        assertThat(trace).containsExactly("cancelled", "ended");
        assertThat(test.errors).singleElement().satisfies(error -> {
            assertThat(error.message()).startsWith("Task goes on 3.000 seconds after its cancellation");
            assertThat(error.task().name()).isEqualTo("stubborn");
        });
    }

    @Async
    private void stubborn() {
        try {
            sleep(Duration.ofHours(1));
        } catch (CancelledError e) {
            trace.add("cancelled");
        }
        sleep(Duration.ofSeconds(5));
        trace.add("ended");
    }

    @Test
    void theWaitForTasksMayBeLimited() {
        test.loop.setExceptionHandler((loop, error) -> trace.add(error.describe()));
        try (Runner runner =
                inVirtualTime().shutdownTimeout(Duration.ofSeconds(4)).build()) {
            runner.run(() -> {
                createTask("stubborn", () -> stubborn());
                sleep(Duration.ZERO);
            });
        }
        assertThat(trace).hasSize(2).startsWith("cancelled");
        assertThat(trace.get(1))
                .asString()
                .startsWith("Task was destroyed but it is pending!")
                .contains("'stubborn'", "at dev.weft.RunnerTest.stubborn(RunnerTest.java:");
    }

    @Test
    void interruptionEndsTheWaitForTasks() {
        try (Runner runner = inVirtualTime().build()) {
            runner.run(() -> {
                createTask("stubborn", () -> {
                    try {
                        sleep(Duration.ofHours(1));
                    } finally {
                        Thread.currentThread().interrupt();
                        sleep(Duration.ofDays(1));
                    }
                });
                sleep(Duration.ZERO);
            });
        }
        assertThat(Thread.interrupted()).isTrue();
        assertThat(test.errors).extracting(LoopError::message).endsWith("Task was destroyed but it is pending!");
    }

    @Test
    void tasksThatWaitForEachOtherDoNotKeepItFromEnding() {
        List<Task<?>> tasks = new ArrayList<>();
        try (Runner runner = inVirtualTime().build()) {
            runner.run(() -> {
                tasks.add(createTask("first", () -> {
                    tasks.get(1).await();
                }));
                tasks.add(createTask("second", () -> {
                    tasks.get(0).await();
                }));
                createTask("other", () -> {
                    try {
                        sleep(Duration.ofHours(1));
                    } finally {
                        trace.add("other ended");
                    }
                });
                sleep(ms(1));
            });
        }
        assertThat(trace).containsExactly("other ended");
        assertThat(test.errors)
                .filteredOn(error -> error.message().contains("cannot be cancelled"))
                .extracting(error -> error.task().name())
                .containsExactly("first", "second");
    }

    @Test
    void stopInATasksLastStepsDoesNotEndTheShutdown() {
        try (Runner runner = inVirtualTime().build()) {
            runner.run(() -> {
                createTask(() -> {
                    try {
                        sleep(Duration.ofHours(1));
                    } finally {
                        EventLoop.running().stop();
                        sleep(ms(5));
                        trace.add("cleaned up");
                    }
                });
                sleep(Duration.ZERO);
            });
        }
        assertThat(trace).containsExactly("cleaned up");
    }

    @Test
    void stuckWorkersAreLeftAlone() {
        CountDownLatch never = new CountDownLatch(1);
        try (Runner runner = Runner.builder().executorTimeout(ms(20)).build()) {
            runner.run(() -> {
                EventLoop.running().runInExecutor(null, () -> {
                    never.await();
                    return 1;
                });
            });
        }
        never.countDown();
    }
}
