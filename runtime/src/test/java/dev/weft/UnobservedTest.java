package dev.weft;

import static dev.weft.Asyncio.*;
import static dev.weft.TestLoop.ms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Failures that nobody looks at, and those that somebody does. */
class UnobservedTest {
    private final TestLoop test = new TestLoop();

    @Async
    private static void fail() {
        throw new IllegalArgumentException("lost");
    }

    @Test
    void reportedWhenTheLoopIsClosed() {
        test.complete(() -> {
            createTask("lost-task", () -> fail());
            sleep(Duration.ZERO);
        });
        assertThat(test.errors).isEmpty();
        test.close();
        assertThat(test.errors).singleElement().satisfies(error -> {
            assertThat(error.message()).isEqualTo("Task exception was never retrieved");
            assertThat(error.exception()).isInstanceOf(IllegalArgumentException.class);
            assertThat(error.describe().lines())
                    .containsExactly(
                            "Task exception was never retrieved",
                            "future: <Task finished name='lost-task'"
                                    + " exception=java.lang.IllegalArgumentException: lost>");
        });
    }

    @Test
    void reportedWhenTheTaskIsUnreachable() {
        test.complete(() -> {
            createTask("lost-task", () -> fail());
            for (int i = 0; i < 100 && test.errors.isEmpty(); i++) {
                sleep(ms(1));
                System.gc();
                Thread.sleep(10);
            }
        });
        assertThat(test.errors)
                .singleElement()
                .satisfies(error -> assertThat(error.describe()).contains("'lost-task'", "lost"));
        test.close();
        assertThat(test.errors).hasSize(1);
    }

    @Test
    void reportedThoughTheLoopSleeps() throws Exception {
        CompletableFuture<LoopError> reported = new CompletableFuture<>();
        EventLoop loop = EventLoop.create();
        loop.setExceptionHandler((source, error) -> reported.complete(error));
        loop.callSoon(() -> loop.createFuture().setException(new IllegalArgumentException("lost")));
        Thread runner = new Thread(loop::runForever);
        runner.start();
        for (int i = 0; i < 500 && !reported.isDone(); i++) {
            System.gc();
            Thread.sleep(10);
        }
        assertThat(reported).isCompleted();
        loop.stop();
        runner.join();
        loop.close();
    }

    @Test
    void futureExceptionNeverRetrieved() {
        test.loop.createFuture().setException(new RuntimeException());
        test.close();
        assertThat(test.errors).extracting(LoopError::message).containsExactly("Future exception was never retrieved");
    }

    @Test
    void tbLoggerExceptionRetrieved() {
        AsyncFuture<Integer> asked = test.loop.createFuture();
        asked.setException(new RuntimeException());
        asked.exception();
        test.complete(() -> {
            Task<Void> awaited = createTask(() -> fail());
            try {
                await(awaited);
            } catch (IllegalArgumentException e) {
                // seen
            }
            Task<Void> late = createTask(() -> fail());
            sleep(Duration.ZERO);
            try {
                late.result();
            } catch (IllegalArgumentException e) {
                // seen
            }
        });
        test.close();
        assertThat(test.errors).isEmpty();
    }

    @Test
    void tbLoggerNotCalledAfterCancel() {
        AsyncFuture<Integer> future = test.loop.createFuture();
        future.setException(new RuntimeException());
        assertThat(future.cancel()).isFalse();
        test.complete(() -> {
            Task<Void> task = createTask(() -> fail());
            sleep(Duration.ZERO);
            assertThat(task.cancel()).isFalse();
        });
        test.close();
        assertThat(test.errors).isEmpty();
    }

    @Test
    void tbLoggerAbandoned() {
        test.loop.createFuture();
        test.loop.createFuture().cancel();
        test.close();
        assertThat(test.errors).isEmpty();
    }

    @Test
    void tbLoggerResultUnretrieved() {
        test.loop.<Integer>createFuture().setResult(42);
        test.close();
        assertThat(test.errors).isEmpty();
    }

    @Test
    void tbLoggerExceptionResultRetrieved() {
        AsyncFuture<Integer> future = test.loop.createFuture();
        RuntimeException failure = new RuntimeException("boom");
        future.setException(failure);
        assertThatThrownBy(future::result).isSameAs(failure);
        test.close();
        assertThat(test.errors).isEmpty();
    }
}
