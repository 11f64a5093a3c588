package dev.weft;

import static dev.weft.Asyncio.*;
import static dev.weft.TestLoop.ms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GatherTest {
    private final TestLoop test = new TestLoop();
    private final EventLoop loop = test.loop;
    private final AsyncFuture<Integer> a = loop.createFuture();
    private final AsyncFuture<Integer> b = loop.createFuture();
    private final AsyncFuture<Integer> c = loop.createFuture();
    private final AsyncFuture<Integer> d = loop.createFuture();
    private final AsyncFuture<Integer> e = loop.createFuture();

    /** How the children are passed: as the futures themselves, or as coroutines that wait for them. */
    private enum Children {
        FUTURES,
        COROUTINES;

        List<Awaitable<Integer>> of(List<AsyncFuture<Integer>> futures) {
            List<Awaitable<Integer>> children = new ArrayList<>();
            for (AsyncFuture<Integer> future : futures) {
                Coroutine<Integer> coroutine = () -> await(future);
                children.add(this == FUTURES ? future : coroutine);
            }
            return children;
        }
    }

    @ParameterizedTest
    @EnumSource
    void success(Children children) {
        AsyncFuture<List<Integer>> future = Gather.values(children.of(List.of(a, b, c)), loop);
        b.setResult(1);
        a.setResult(2);
        test.iterate(3);
        assertThat(future.isDone()).isFalse();
        c.setResult(3);
        test.iterate(2);
        assertThat(future.result()).containsExactly(2, 1, 3);
    }

    @ParameterizedTest
    @EnumSource
    void resultExceptionSuccess(Children children) {
        AsyncFuture<List<Outcome<Integer>>> future = Gather.outcomes(children.of(List.of(a, b, c)), loop);
        b.setResult(1);
        a.setResult(2);
        test.iterate(3);
        assertThat(future.isDone()).isFalse();
        c.setResult(3);
        test.iterate(2);
        assertThat(future.result())
                .containsExactly(new Outcome<>(2, null), new Outcome<>(1, null), new Outcome<>(3, null));
    }

    @ParameterizedTest
    @EnumSource
    void oneException(Children children) {
        AsyncFuture<List<Integer>> future = Gather.values(children.of(List.of(a, b, c, d, e)), loop);
        RuntimeException failure = new RuntimeException();
        a.setResult(1);
        b.setException(failure);
        test.iterate(3);
        assertThat(future.isDone()).isTrue();
        assertThat(future.exception()).isSameAs(failure);
        c.setResult(3);
        d.cancel();
        e.setException(new RuntimeException("of no interest"));
        test.iterate(3);
        test.close();
        assertThat(test.errors).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void returnExceptions(Children children) {
        AsyncFuture<List<Outcome<Integer>>> future = Gather.outcomes(children.of(List.of(a, b, c, d)), loop);
        RuntimeException failure = new RuntimeException();
        RuntimeException other = new RuntimeException();
        b.setResult(1);
        c.setException(failure);
        a.setResult(3);
        test.iterate(3);
        assertThat(future.isDone()).isFalse();
        d.setException(other);
        test.iterate(2);
        assertThat(future.result())
                .containsExactly(
                        new Outcome<>(3, null),
                        new Outcome<>(1, null),
                        new Outcome<>(null, failure),
                        new Outcome<>(null, other));
    }

    @Test
    void oneCancellation() {
        AsyncFuture<List<Integer>> future = Gather.values(List.of(a, b, c, d, e), loop);
        a.setResult(1);
        b.cancel();
        test.iterate(1);
        assertThat(future.isDone()).isTrue();
        assertThat(future.isCancelled()).isFalse();
        assertThat(future.exception()).isInstanceOf(CancelledError.class);
        c.setResult(3);
        d.cancel();
        e.setException(new RuntimeException());
        test.iterate(1);
        test.close();
        assertThat(test.errors).isEmpty();
    }

    @Test
    void resultExceptionOneCancellation() {
        AsyncFuture<Integer> f = loop.createFuture();
        AsyncFuture<List<Outcome<Integer>>> future = Gather.outcomes(List.of(a, b, c, d, e, f), loop);
        RuntimeException failure = new RuntimeException();
        RuntimeException other = new RuntimeException();
        a.setResult(1);
        b.setException(failure);
        c.cancel("why");
        test.iterate(1);
        assertThat(future.isDone()).isFalse();
        d.setResult(3);
        e.cancel();
        f.setException(other);
        test.iterate(1);
        List<Outcome<Integer>> outcomes = future.result();
        assertThat(outcomes.get(2).exception())
                .isInstanceOf(CancelledError.class)
                .hasMessage("why");
        assertThat(outcomes.get(4).exception()).isInstanceOf(CancelledError.class);
        assertThat(outcomes)
                .contains(
                        new Outcome<>(1, null),
                        new Outcome<>(null, failure),
                        new Outcome<>(3, null),
                        new Outcome<>(null, other));
    }

    @Test
    void constructorHeterogenousFutures() {
        try (TestLoop other = new TestLoop()) {
            AsyncFuture<Integer> foreign = other.loop.createFuture();
            assertThatThrownBy(() -> Gather.values(List.of(a, foreign), loop))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("attached to a different loop");
        }
    }

    @Test
    void duplicateCoroutines() {
        AsyncFuture<List<Integer>> future = Gather.values(List.of(a, a, b, a), loop);
        a.setResult(1);
        b.setResult(2);
        test.iterate(1);
        assertThat(future.result()).containsExactly(1, 1, 2, 1);
    }

    @Test
    void cancellationBroadcast() {
        TestLoop.run(() -> {
            AsyncFuture<Integer> waiter = EventLoop.running().createFuture();
            int[] proof = {0};
            AsyncRunnable inner = () -> {
                await(waiter);
                proof[0]++;
            };
            Task<Void> child1 = createTask(inner);
            Task<Void> child2 = createTask(inner);
            AsyncFuture<List<Void>> gatherer = Gather.values(List.of(child1, child2), EventLoop.running());
            Task<Void> outer = createTask(() -> {
                await(gatherer);
                proof[0] += 100;
            });
            sleep(Duration.ZERO);
            assertThat(outer.cancel()).isTrue();
            assertThat(Thrown.by(outer)).isInstanceOf(CancelledError.class);
            assertThat(gatherer.cancel()).isFalse();
            assertThat(waiter.isCancelled()).isTrue();
            assertThat(child1.isCancelled()).isTrue();
            assertThat(child2.isCancelled()).isTrue();
            sleep(Duration.ZERO);
            assertThat(proof[0]).isZero();
        });
    }

    @Test
    void exceptionMarking() {
        Task<List<Void>> outer = loop.createTask(() -> gather(() -> failAfter(a), () -> failAfter(b)));
        test.iterate(2);
        a.setResult(1);
        test.iterate(1);
        b.setResult(1);
        test.iterate(3);
        assertThat(outer.exception()).hasMessage("not to be ignored");
        test.close();
        assertThat(test.errors).isEmpty(); // the second failure is marked as seen
    }

    @Async
    private static void failAfter(AsyncFuture<Integer> future) {
        await(future);
        throw new IllegalStateException("not to be ignored");
    }

    @Test
    void cancelGather1() {
        AsyncFuture<List<Integer>> future = Gather.values(Children.COROUTINES.of(List.of(a)), loop);
        Task<List<Integer>> waiting = loop.createTask(future);
        List<Boolean> cancelled = new ArrayList<>();
        test.iterate(2);
        a.addDoneCallback(done -> {
            loop.callSoon(() -> cancelled.add(future.cancel())); // the child is done, the whole is not
        });
        a.setResult(42);
        test.iterate(4);
        assertThat(cancelled).containsExactly(false);
        assertThat(waiting.isCancelled()).isFalse();
        assertThat(waiting.result()).containsExactly(42);
    }

    @Test
    void cancelGather2() {
        for (String message : Arrays.asList(null, "my message", "5")) {
            TestLoop.run(() -> {
                Task<Void> task = createTask(() -> {
                    for (int i = 0; i < 20; i++) {
                        gatherOutcomes(() -> sleep(ms(50)));
                    }
                });
                sleep(ms(220));
                task.cancel(message);
                assertThat(Thrown.by(task)).isInstanceOf(CancelledError.class).hasMessage(message);
                assertThat(TestLoop.millis()).isEqualTo(220);
            });
        }
    }

    @Test
    void cancelOfAGatherWhoseChildrenTakeNoNotice() {
        TestLoop.run(() -> {
            Task<List<Outcome<String>>> task = createTask(() -> gatherOutcomes(() -> {
                try {
                    sleep(ms(50));
                    return "slept";
                } catch (CancelledError e) {
                    return "swallowed";
                }
            }));
            sleep(ms(1));
            task.cancel("my message");
            assertThat(Thrown.by(task)).isInstanceOf(CancelledError.class).hasMessage("my message");
        });
    }

    @Test
    void empty() {
        assertThat(Gather.values(List.<AsyncFuture<Integer>>of(), loop).result())
                .isEmpty();
        TestLoop.run(() -> {
            List<Integer> none = gather();
            assertThat(none).isEmpty();
            assertThat(gather(List.<Task<Integer>>of())).isEmpty();
        });
    }

    @Test
    void siblingsGoOnAfterAFailure() {
        TestLoop.run(() -> {
            List<String> trace = new ArrayList<>();
            try {
                gather(
                        () -> {
                            sleep(ms(10));
                            trace.add("survivor");
                        },
                        () -> {
                            throw new IllegalArgumentException("boom");
                        });
            } catch (IllegalArgumentException failure) {
                trace.add(failure.getMessage() + " others alive: " + (allTasks().size() - 1));
            }
            sleep(ms(20));
            assertThat(trace).containsExactly("boom others alive: 1", "survivor");
        });
    }

    @Test
    void coroutinesTasksAndFuturesTogether() {
        TestLoop.run(() -> {
            AsyncFuture<Integer> future = EventLoop.running().createFuture();
            future.setResult(1);
            Task<Integer> task = createTask(() -> 2);
            assertThat(gather(future, task, () -> 3)).containsExactly(1, 2, 3);
            Coroutine<Integer> coroutine = () -> {
                sleep(Duration.ZERO);
                return 4;
            };
            assertThat(gather(List.of(coroutine, coroutine))).containsExactly(4, 4);
            List<Outcome<Integer>> outcomes = gatherOutcomes(() -> 5, () -> {
                throw new IllegalStateException("six");
            });
            assertThat(outcomes.get(0)).isEqualTo(new Outcome<>(5, null));
            assertThat(outcomes.get(1).exception()).hasMessage("six");
        });
    }

    @Test
    void resultOfAnOutcome() {
        TestLoop.run(() -> {
            IOException disk = new IOException("disk");
            List<Outcome<Integer>> outcomes = gatherOutcomes(
                    () -> 1,
                    () -> {
                        throw disk;
                    },
                    () -> {
                        throw new IllegalStateException("state");
                    });
            assertThat(outcomes).extracting(Outcome::isSuccess).containsExactly(true, false, false);
            assertThat(outcomes.get(0).result()).isEqualTo(1);
            assertThatThrownBy(outcomes.get(1)::result)
                    .isInstanceOf(CompletionException.class)
                    .hasCause(disk);
            assertThatThrownBy(outcomes.get(2)::result).isSameAs(outcomes.get(2).exception());
        });
    }
}
