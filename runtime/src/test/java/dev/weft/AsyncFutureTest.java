package dev.weft;

import static dev.weft.Asyncio.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class AsyncFutureTest {
    private final TestLoop test = new TestLoop();
    private final AsyncFuture<Integer> future = test.loop.createFuture();
    private final List<Object> calls = new ArrayList<>();

    @Test
    void cancel() {
        assertThat(future.cancel("why")).isTrue();
        assertThat(future.cancel()).isFalse();
        assertThat(future.isDone()).isTrue();
        assertThat(future.isCancelled()).isTrue();
        assertThatThrownBy(future::result).isInstanceOf(CancelledError.class).hasMessage("why");
        assertThatThrownBy(future::exception).isInstanceOf(CancelledError.class);
        assertThatThrownBy(() -> future.setResult(1)).isInstanceOf(InvalidStateException.class);
        assertThatThrownBy(() -> future.setException(new RuntimeException())).isInstanceOf(InvalidStateException.class);
        assertThat(future).hasToString("<AsyncFuture cancelled>");
    }

    @Test
    void result() {
        assertThatThrownBy(future::result)
                .isInstanceOf(InvalidStateException.class)
                .hasMessageStartingWith("Result is not set.");
        future.setResult(42);
        assertThat(future.result()).isEqualTo(42);
        assertThat(future.exception()).isNull();
        assertThat(future.cancel()).isFalse();
        assertThatThrownBy(() -> future.setResult(43)).isInstanceOf(InvalidStateException.class);
        assertThat(future).hasToString("<AsyncFuture finished result=42>");
    }

    @Test
    void nullResult() {
        future.setResult(null);
        assertThat(future.isDone()).isTrue();
        assertThat(future.result()).isNull();
    }

    @Test
    void exception() {
        assertThatThrownBy(future::exception)
                .isInstanceOf(InvalidStateException.class)
                .hasMessageStartingWith("Exception is not set.");
        RuntimeException failure = new RuntimeException("failure");
        future.setException(failure);
        assertThat(future.exception()).isSameAs(failure);
        assertThatThrownBy(future::result).isSameAs(failure);
    }

    @Test
    void checkedExceptionsArriveAsTheCause() {
        IOException failure = new IOException("disk");
        future.setException(failure);
        assertThat(future.exception()).isSameAs(failure);
        assertThatThrownBy(future::result)
                .isInstanceOf(CompletionException.class)
                .hasCause(failure);
        TestLoop.run(() -> {
            Task<Integer> task = createTask(() -> {
                throw new IOException("net");
            });
            try {
                await(task);
            } catch (CompletionException e) {
                calls.add(e.getCause().getMessage());
            }
        });
        assertThat(calls).containsExactly("net");
    }

    @Test
    void callbacksInvokedOnSetResult() {
        future.addDoneCallback(done -> calls.add("first " + done.result()));
        future.addDoneCallback(done -> calls.add("second"));
        future.setResult(1);
        assertThat(calls).isEmpty();
        future.addDoneCallback(done -> calls.add("third"));
        test.iterate(1);
        assertThat(calls).containsExactly("first 1", "second", "third");
        test.iterate(1);
        assertThat(calls).hasSize(3);
    }

    @Test
    void callbacksInvokedOnSetException() {
        RuntimeException failure = new RuntimeException();
        future.addDoneCallback(done -> calls.add(done.exception()));
        future.setException(failure);
        test.iterate(1);
        assertThat(calls).containsExactly(failure);
    }

    @Test
    void callbacksRemoveFirstCallback() {
        Consumer<AsyncFuture<Integer>> add42 = done -> calls.add(42);
        Consumer<AsyncFuture<Integer>> add17 = done -> calls.add(17);
        Consumer<AsyncFuture<Integer>> add100 = done -> calls.add(100);
        future.addDoneCallback(add42);
        future.addDoneCallback(add17);
        future.addDoneCallback(add42);
        future.addDoneCallback(add100);
        future.addDoneCallback(add42);
        assertThat(future.removeDoneCallback(add42)).isTrue();
        assertThat(future.removeDoneCallback(add42)).isFalse();
        future.setResult(1);
        test.iterate(1);
        assertThat(calls).containsExactly(17, 100);
    }

    @Test
    void callbackThatRemovesOthersDuringDispatch() {
        Consumer<AsyncFuture<Integer>> second = done -> calls.add("second");
        future.addDoneCallback(done -> {
            calls.add("first");
            future.removeDoneCallback(second);
        });
        future.addDoneCallback(second);
        future.setResult(1);
        test.iterate(1);
        assertThat(calls).containsExactly("first", "second"); // it was scheduled already
    }

    @Test
    void callbackThatFails() {
        RuntimeException failure = new RuntimeException();
        future.addDoneCallback(done -> {
            throw failure;
        });
        future.setResult(1);
        test.iterate(1);
        assertThat(test.errors).singleElement().satisfies(error -> {
            assertThat(error.exception()).isSameAs(failure);
            assertThat(error.future()).isSameAs(future);
        });
    }

    @Test
    void severalTasksAwaitOneFuture() {
        TestLoop.run(() -> {
            AsyncFuture<Integer> common = EventLoop.running().createFuture();
            for (int i = 0; i < 3; i++) {
                int number = i;
                createTask(() -> calls.add(number + await(common)));
            }
            sleep(Duration.ZERO);
            common.setResult(10);
            sleep(Duration.ZERO);
        });
        assertThat(calls).containsExactly(10, 11, 12);
    }

    @Test
    void otherLoopFuture() {
        TestLoop.run(() -> assertThatThrownBy(() -> gather(future)).isInstanceOf(IllegalStateException.class));
        TestLoop.run(() -> {
            try {
                await(future);
            } catch (IllegalStateException e) {
                calls.add(e.getMessage());
            }
        });
        assertThat(calls).singleElement().asString().contains("attached to a different loop", "Task-1");
    }

    @Test
    void awaitOutsideOfATask() {
        try {
            future.await();
        } catch (IllegalStateException e) {
            calls.add(e.getMessage());
        }
        assertThat(calls).singleElement().asString().contains("AsyncFuture.await", "awaitOutsideOfATask");
        future.setResult(1);
        assertThat(future.await()).isEqualTo(1);
    }
}
