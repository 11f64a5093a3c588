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
    void initialState() {
        assertThat(future.isDone()).isFalse();
        assertThat(future.isCancelled()).isFalse();
        assertThat(future.loop()).isSameAs(test.loop);
        future.cancel();
        assertThat(future.isCancelled()).isTrue();
    }

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
        assertThat(future.isDone()).isTrue();
        assertThat(future.isCancelled()).isFalse();
        assertThatThrownBy(() -> future.setResult(43)).isInstanceOf(InvalidStateException.class);
        assertThatThrownBy(() -> future.setException(new RuntimeException())).isInstanceOf(InvalidStateException.class);
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
        assertThat(future.isDone()).isTrue();
        assertThat(future.isCancelled()).isFalse();
        assertThatThrownBy(() -> future.setResult(1)).isInstanceOf(InvalidStateException.class);
        assertThatThrownBy(() -> future.setException(failure)).isInstanceOf(InvalidStateException.class);
        assertThat(future.cancel()).isFalse();
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
    void callbacksRemoveFirstAndSecondCallback() {
        addThreeCallbacksAndRemove(0, 1);
        assertThat(calls).containsExactly(100);
    }

    @Test
    void callbacksRemoveThirdCallback() {
        addThreeCallbacksAndRemove(2);
        assertThat(calls).containsExactly(42, 17);
    }

    private void addThreeCallbacksAndRemove(int... removed) {
        List<Consumer<AsyncFuture<Integer>>> callbacks =
                List.of(done -> calls.add(42), done -> calls.add(17), done -> calls.add(100));
        callbacks.forEach(future::addDoneCallback);
        for (int index : removed) {
            assertThat(future.removeDoneCallback(callbacks.get(index))).isTrue();
        }
        assertThat(future.removeDoneCallback(callbacks.get(removed[0]))).isFalse();
        assertThat(calls).isEmpty();
        future.setResult(1);
        test.iterate(1);
    }

    @Test
    void removeDoneCallback() {
        Consumer<AsyncFuture<Integer>> add1 = done -> calls.add(1);
        Consumer<AsyncFuture<Integer>> add2 = done -> calls.add(2);
        Consumer<AsyncFuture<Integer>> add3 = done -> calls.add(3);
        future.addDoneCallback(add1);
        future.addDoneCallback(add2);
        assertThat(future.removeDoneCallback(add2)).isTrue();
        assertThat(future.removeDoneCallback(add3)).isFalse();
        future.addDoneCallback(add2);
        for (int i = 0; i < 5; i++) {
            future.addDoneCallback(add1);
        }
        assertThat(future.removeDoneCallback(add1)).isTrue(); // all six
        future.setResult(1);
        test.iterate(1);
        assertThat(calls).containsExactly(2);
    }

    @Test
    void scheduleCallbacksListMutation1() {
        Consumer<AsyncFuture<Integer>> second = done -> calls.add("second");
        future.addDoneCallback(done -> {
            calls.add("first");
            future.removeDoneCallback(second);
        });
        future.addDoneCallback(second);
        future.setResult(1);
        test.iterate(1);
        assertThat(calls).containsExactly("first", "second"); // it was scheduled already
        assertThat(future.removeDoneCallback(second)).isFalse();
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
    void yieldFromTwice() {
        TestLoop.run(() -> {
            AsyncFuture<Integer> twice = EventLoop.running().createFuture();
            Task<Void> task = createTask(() -> {
                calls.add("A");
                calls.add(await(twice));
                calls.add("B");
                calls.add(await(twice)); // does not suspend
            });
            sleep(Duration.ZERO);
            assertThat(calls).containsExactly("A");
            twice.setResult(42);
            sleep(Duration.ZERO);
            assertThat(calls).containsExactly("A", 42, "B", 42);
            assertThat(task.isDone()).isTrue();
        });
    }

    @Test
    void futureRepr() {
        assertThat(future).hasToString("<AsyncFuture pending>");
        future.addDoneCallback(new Named("first"));
        assertThat(future).hasToString("<AsyncFuture pending cb=[first]>");
        future.addDoneCallback(new Named("last"));
        assertThat(future).hasToString("<AsyncFuture pending cb=[first, last]>");
        for (int i = 0; i < 8; i++) {
            future.addDoneCallback(new Named("more"));
        }
        future.addDoneCallback(new Named("very last"));
        assertThat(future).hasToString("<AsyncFuture pending cb=[first, <9 more>, very last]>");
        future.cancel();
        assertThat(future).hasToString("<AsyncFuture cancelled>");

        AsyncFuture<Integer> finished = test.loop.createFuture();
        finished.setResult(4);
        assertThat(finished).hasToString("<AsyncFuture finished result=4>");
        AsyncFuture<Integer> failed = test.loop.createFuture();
        failed.setException(new IllegalStateException("x"));
        assertThat(failed).hasToString("<AsyncFuture finished exception=java.lang.IllegalStateException: x>");
        failed.exception();
    }

    private record Named(String name) implements Consumer<AsyncFuture<Integer>> {
        @Override
        public void accept(AsyncFuture<Integer> done) {}

        @Override
        public String toString() {
            return name;
        }
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
