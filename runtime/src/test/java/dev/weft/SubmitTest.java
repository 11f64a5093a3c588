package dev.weft;

import static dev.weft.Asyncio.*;
import static dev.weft.TestLoop.ms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Tasks that other threads start, and what those threads get. */
class SubmitTest {
    private final List<Object> trace = new ArrayList<>();
    private final EventLoop loop = EventLoop.create();
    private final Thread runner = new Thread(loop::runForever);

    private void end() throws InterruptedException {
        loop.stop();
        runner.join();
        loop.close();
    }

    @Async
    private int add(int a, int b) {
        sleep(ms(1));
        return a + b;
    }

    @Test
    void runCoroutineThreadsafe() throws Exception {
        runner.start();
        assertThat(loop.submit(() -> add(1, 2)).get(10, TimeUnit.SECONDS)).isEqualTo(3);
        end();
    }

    @Test
    void runCoroutineThreadsafeWithException() throws Exception {
        runner.start();
        CompletableFuture<Integer> future = loop.submit(() -> {
            add(1, 2);
            throw new IllegalArgumentException("Fail!");
        });
        assertThatThrownBy(() -> future.get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Fail!");
        end();
    }

    @Test
    void runCoroutineThreadsafeWithTimeout() throws Exception {
        runner.start();
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Void> future = loop.submit(() -> {
            begun.countDown();
            try {
                sleep(Duration.ofMinutes(10));
            } finally {
                trace.add("cancelled");
            }
        });
        begun.await();
        assertThatThrownBy(() -> future.get(20, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        future.cancel(true);
        assertThat(loop.submit(() -> allTasks().size()).get(10, TimeUnit.SECONDS))
                .isEqualTo(1);
        end();
        assertThat(trace).containsExactly("cancelled");
    }

    @Test
    void runCoroutineThreadsafeTaskCancelled() throws Exception {
        runner.start();
        CompletableFuture<Void> future = loop.submit(() -> {
            currentTask().cancel();
            sleep(ms(1));
        });
        assertThatThrownBy(() -> future.get(10, TimeUnit.SECONDS)).isInstanceOf(CancellationException.class);
        end();
    }

    @Test
    void cancelledBeforeItBegan() throws Exception {
        CompletableFuture<Integer> future = loop.submit(() -> {
            trace.add("ran");
            return 1;
        });
        future.cancel(true);
        runner.start();
        loop.submit(() -> 1).get(10, TimeUnit.SECONDS);
        end();
        assertThat(trace).isEmpty();
    }

    @Test
    void closeFailsWhatWasNotDone() throws Exception {
        List<LoopError> errors = new ArrayList<>();
        loop.setExceptionHandler((source, error) -> errors.add(error));
        runner.start();
        CompletableFuture<Void> begun = loop.submit(() -> sleep(Duration.ofMinutes(10)));
        loop.submit(() -> 1).get(10, TimeUnit.SECONDS);
        loop.stop();
        runner.join();
        CompletableFuture<Integer> neverBegun = loop.submit(() -> 2);
        loop.close();

        assertThatThrownBy(() -> begun.get(10, TimeUnit.SECONDS))
                .hasCauseInstanceOf(IllegalStateException.class)
                .hasMessageContaining("The event loop was closed before <Task pending name='Task-1'");
        assertThatThrownBy(() -> neverBegun.get(10, TimeUnit.SECONDS))
                .hasCauseInstanceOf(IllegalStateException.class)
                .hasMessageContaining("The event loop was closed before the submitted task");
        assertThat(errors).extracting(LoopError::message).containsExactly("Task was destroyed but it is pending!");
        assertThatThrownBy(() -> loop.submit(() -> 3)).hasMessageContaining("Event loop is closed");
    }

    @Test
    void closeDeliversWhatWasDone() throws Exception {
        AsyncFuture<Integer> value = loop.createFuture();
        CompletableFuture<Integer> copy = value.toCompletableFuture();
        AsyncFuture<Integer> failing = loop.createFuture();
        CompletableFuture<Integer> failed = failing.toCompletableFuture();
        CompletableFuture<Integer> pending = loop.<Integer>createFuture().toCompletableFuture();
        loop.setExceptionHandler((source, error) -> trace.add(error));
        value.setResult(7);
        failing.setException(new ArithmeticException());
        loop.close();
        assertThat(copy).isCompletedWithValue(7);
        assertThatThrownBy(failed::get).hasCauseInstanceOf(ArithmeticException.class);
        assertThatThrownBy(pending::get).hasMessageContaining("was closed before <AsyncFuture pending");
        assertThat(loop.<Integer>createFuture().toCompletableFuture()).isCompletedExceptionally();
        assertThat(trace).isEmpty();
    }

    @Test
    void nobodyWaitsForEverWhenALoopIsClosed() throws Exception {
        for (int round = 0; round < 20; round++) {
            EventLoop loop = EventLoop.create();
            Thread runner = new Thread(loop::runForever);
            runner.start();
            ConcurrentLinkedQueue<CompletableFuture<?>> futures = new ConcurrentLinkedQueue<>();
            List<Thread> submitters = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                submitters.add(new Thread(() -> submitUntilClosed(loop, futures)));
            }
            submitters.forEach(Thread::start);
            while (futures.size() < 20) {
                Thread.onSpinWait();
            }
            loop.stop();
            runner.join();
            loop.setExceptionHandler((source, error) -> {}); // of tasks that never ended
            loop.close();
            for (Thread submitter : submitters) {
                submitter.join();
            }
            for (CompletableFuture<?> future : futures) {
                assertThat(future.handle((value, failure) -> true).get(10, TimeUnit.SECONDS))
                        .isTrue();
            }
        }
    }

    private static void submitUntilClosed(EventLoop loop, ConcurrentLinkedQueue<CompletableFuture<?>> futures) {
        try {
            while (true) {
                LockSupport.parkNanos(1); // leaves the others something of the processor
                futures.add(loop.submit(() -> sleep(Duration.ZERO)));
            }
        } catch (IllegalStateException closed) {
            // the end
        }
    }
}
