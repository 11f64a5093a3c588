package dev.weft;

import static dev.weft.Asyncio.*;
import static dev.weft.TestLoop.ms;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The border to the JDK's futures and threads. */
class StagesTest {
    @Async
    private static Throwable thrownBy(AsyncRunnable body) {
        try {
            body.run();
        } catch (Throwable failure) {
            return failure;
        }
        throw new AssertionError("nothing was thrown");
    }

    @Test
    void awaitOfACompleteStage() {
        TestLoop.run(() -> {
            assertThat(await(CompletableFuture.completedFuture(1))).isEqualTo(1);
            assertThat(await(CompletableFuture.completedStage("x"))).isEqualTo("x");
        });
    }

    @Test
    void awaitOfAStageThatAnotherThreadCompletes() {
        TestLoop.run(() -> {
            CompletableFuture<String> stage = CompletableFuture.supplyAsync(
                    () -> Thread.currentThread().getName(),
                    CompletableFuture.delayedExecutor(10, TimeUnit.MILLISECONDS));
            assertThat(await(stage)).isNotEqualTo(Thread.currentThread().getName());
            assertThat(EventLoop.running().state.isThisThread()).isTrue();
        });
    }

    @Test
    void failuresOfStages() {
        TestLoop.run(() -> {
            IllegalStateException failure = new IllegalStateException();
            CompletableFuture<Integer> failed = CompletableFuture.supplyAsync(() -> {
                throw failure;
            });
            assertThat(thrownBy(() -> {
                        await(failed);
                    }))
                    .isSameAs(failure);
            IOException checked = new IOException();
            assertThat(thrownBy(() -> {
                        await(CompletableFuture.failedStage(checked));
                    }))
                    .isInstanceOf(CompletionException.class)
                    .hasCause(checked);
        });
    }

    @Test
    void wrapFutureCancel() {
        TestLoop.run(() -> {
            CompletableFuture<Integer> stage = new CompletableFuture<>();
            Task<Integer> task = createTask(() -> await(stage));
            sleep(Duration.ZERO);
            task.cancel();
            waitUntil(ALL_COMPLETED, task);
            assertThat(task.isCancelled()).isTrue();
            assertThat(stage.isCancelled()).isTrue();
        });
    }

    @Test
    void wrapFutureCancel2() {
        TestLoop.run(() -> {
            CompletableFuture<Integer> stage = new CompletableFuture<>();
            Task<Integer> task = createTask(() -> await(stage));
            sleep(Duration.ZERO);
            stage.cancel(true);
            assertThat(thrownBy(() -> {
                        await(task);
                    }))
                    .isInstanceOf(CancelledError.class);
        });
    }

    @Test
    void toCompletableFuture() {
        TestLoop.run(() -> {
            Task<Integer> task = createTask(() -> {
                sleep(ms(1));
                return 42;
            });
            CompletableFuture<Integer> copy = task.toCompletableFuture();
            assertThat(copy).isNotDone();
            await(task);
            sleep(Duration.ZERO);
            assertThat(copy).isCompletedWithValue(42);
            assertThat(task.toCompletableFuture()).isCompletedWithValue(42);

            Task<Void> cancelled = createTask(() -> sleep(Duration.ofSeconds(10)));
            CompletableFuture<Void> handle = cancelled.toCompletableFuture();
            sleep(Duration.ZERO);
            handle.cancel(true);
            waitUntil(ALL_COMPLETED, cancelled);
            assertThat(cancelled.isCancelled()).isTrue();

            Task<Void> other = createTask(() -> sleep(Duration.ofSeconds(10)));
            CompletableFuture<Void> otherCopy = other.toCompletableFuture();
            other.cancel();
            sleep(ms(1));
            assertThat(otherCopy).isCancelled();
        });
    }

    @Test
    void stageThatTheLoopItselfCompletesInVirtualTime() {
        TestLoop.run(() -> {
            CompletableFuture<String> stage = new CompletableFuture<>();
            EventLoop.running().callLater(Duration.ofDays(1), () -> stage.complete("next day"));
            assertThat(await(stage)).isEqualTo("next day");
            assertThat(TestLoop.millis()).isEqualTo(86_400_000);
        });
    }

    @Test
    void toThreadRunsElsewhere() {
        TestLoop.run(() -> {
            String name = toThread(() -> Thread.currentThread().getName());
            assertThat(name).startsWith("weft-worker-");
            toThread(() -> Thread.sleep(1));
            assertThat(thrownBy(() -> toThread(() -> {
                        throw new IOException();
                    })))
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(IOException.class);
            assertThat(TestLoop.millis()).isZero(); // work on threads takes no virtual time
        });
    }

    @Test
    void blockingCallsRunSideBySide() {
        TestLoop.run(() -> {
            CyclicBarrier together = new CyclicBarrier(2);
            assertThat(gather(() -> toThread(() -> together.await()), () -> toThread(() -> together.await())))
                    .containsExactlyInAnyOrder(0, 1);
        });
    }

    @Test
    void cancelOfToThreadLeavesTheThreadAlone() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        TestLoop.run(() -> {
            Task<Void> task = createTask(() -> toThread(() -> {
                begun.countDown();
                goOn.await();
                ended.countDown();
            }));
            sleep(Duration.ZERO);
            assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
            task.cancel();
            waitUntil(ALL_COMPLETED, task);
            assertThat(task.isCancelled()).isTrue();
            goOn.countDown();
            assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
        });
    }

    @Test
    void aCopyThatAnotherThreadHasCancelledMeanwhileCancelsTheFuture() {
        try (TestLoop test = new TestLoop()) {
            AsyncFuture<String> future = test.loop.createFuture();
            CompletableFuture<String> copy = new CompletableFuture<>();
            copy.cancel(false);
            Stages.connect(future, copy);
            test.iterate(2);
            assertThat(future.isCancelled()).isTrue();
        }
    }
}
