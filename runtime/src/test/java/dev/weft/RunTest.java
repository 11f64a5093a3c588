package dev.weft;

import static dev.weft.Asyncio.*;
import static dev.weft.TestLoop.ms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.internal.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class RunTest {
    private final List<Object> trace = new ArrayList<>();

    @Test
    void asyncioRunReturn() {
        assertThat(run(() -> {
                    sleep(Duration.ZERO);
                    return 42;
                }))
                .isEqualTo(42);
    }

    @Test
    void asyncioRunRaises() {
        IllegalArgumentException failure = new IllegalArgumentException("spam");
        assertThatThrownBy(() -> run(() -> {
                    sleep(Duration.ZERO);
                    throw failure;
                }))
                .isSameAs(failure);
        assertThatThrownBy(() -> run(() -> {
                    throw new IOException("spam");
                }))
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(IOException.class);
    }

    @Test
    void asyncioRunFromRunningLoop() {
        run(() -> {
            try {
                run(() -> 1);
            } catch (IllegalStateException e) {
                trace.add(e.getMessage());
            }
            sleep(Duration.ZERO);
            trace.add("goes on");
        });
        assertThat(trace).hasSize(2).endsWith("goes on");
        assertThat(trace.get(0)).asString().contains("cannot be called from a running event loop");
    }

    @Test
    void asyncioRunCancelsHangingTasks() {
        Task<?>[] left = new Task<?>[1];
        int value = run(() -> {
            left[0] = createTask(() -> {
                try {
                    sleep(Duration.ofSeconds(100));
                } finally {
                    sleep(Duration.ZERO);
                    trace.add("finally");
                }
            });
            sleep(Duration.ZERO);
            return 123;
        });
        assertThat(value).isEqualTo(123);
        assertThat(left[0].isCancelled()).isTrue();
        assertThat(trace).containsExactly("finally");
    }

    @Test
    void asyncioRunReportsHangingTasksErrors() {
        List<LoopError> errors = new ArrayList<>();
        int value = run(() -> {
            EventLoop.running().setExceptionHandler((loop, error) -> errors.add(error));
            createTask("left", () -> {
                try {
                    sleep(Duration.ofSeconds(100));
                } catch (CancelledError e) {
                    throw new ArithmeticException();
                }
            });
            sleep(Duration.ZERO);
            return 123;
        });
        assertThat(value).isEqualTo(123);
        assertThat(errors).singleElement().satisfies(error -> {
            assertThat(error.message()).contains("run() shutdown");
            assertThat(error.exception()).isInstanceOf(ArithmeticException.class);
            assertThat(((Task<?>) error.future()).name()).isEqualTo("left");
        });
    }

    @Test
    void runWaitsForTheWorkerThreads() {
        run(() -> {
            EventLoop.running().runInExecutor(null, () -> {
                Thread.sleep(50);
                return trace.add("worked");
            });
        });
        assertThat(trace).containsExactly("worked");
    }

    @Test
    void eachRunHasALoopOfItsOwn() {
        EventLoop first = run(() -> EventLoop.running());
        EventLoop second = run(() -> EventLoop.running());
        assertThat(first).isNotSameAs(second);
        assertThat(first.isClosed()).isTrue();
    }

    @Test
    void runOfAnyAwaitable() {
        Awaitable<String> awaitable = () -> {
            sleep(ms(1));
            return "value";
        };
        assertThat(run(awaitable)).isEqualTo("value");
    }

    @Test
    void interruptWait() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        List<Throwable> failures = new ArrayList<>();
        Thread thread = new Thread(() -> {
            try {
                run(() -> {
                    trace.add("begun");
                    begun.countDown();
                    try {
                        sleep(Duration.ofSeconds(100));
                    } finally {
                        sleep(ms(1));
                        trace.add("cleaned up");
                    }
                });
            } catch (Throwable failure) {
                failures.add(failure);
            }
            trace.add(Thread.currentThread().isInterrupted());
        });
        thread.start();
        begun.await();
        thread.interrupt();
        thread.join(10_000);
        assertThat(trace).containsExactly("begun", "cleaned up", true);
        assertThat(failures).singleElement().isInstanceOf(CancelledError.class);
    }

    @Test
    void runInVirtualTime() throws Exception {
        long start = System.nanoTime();
        long elapsed = VirtualTime.during(() -> run(() -> {
            sleep(Duration.ofDays(400));
            return EventLoop.running().time();
        }));
        assertThat(elapsed).isEqualTo(Duration.ofDays(400).toNanos());
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMinutes(1));
    }
}
