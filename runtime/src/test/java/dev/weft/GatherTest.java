package dev.weft;

import static dev.weft.Asyncio.*;
import static dev.weft.TestLoop.ms;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GatherTest {
    private final TestLoop test = new TestLoop();
    private final EventLoop loop = test.loop;
    private final AsyncFuture<Integer> a = loop.createFuture();
    private final AsyncFuture<Integer> b = loop.createFuture();
    private final AsyncFuture<Integer> c = loop.createFuture();
    private final AsyncFuture<Integer> d = loop.createFuture();
    private final AsyncFuture<Integer> e = loop.createFuture();

    @Test
    void success() {
        AsyncFuture<List<Integer>> future = Gather.values(List.of(a, b, c), loop);
        b.setResult(1);
        a.setResult(2);
        test.iterate(1);
        assertThat(future.isDone()).isFalse();
        c.setResult(3);
        test.iterate(1);
        assertThat(future.result()).containsExactly(2, 1, 3);
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
    void duplicates() {
        AsyncFuture<List<Integer>> future = Gather.values(List.of(a, b, a), loop);
        a.setResult(1);
        b.setResult(2);
        test.iterate(1);
        assertThat(future.result()).containsExactly(1, 2, 1);
    }

    @Test
    void oneException() {
        AsyncFuture<List<Integer>> future = Gather.values(List.of(a, b, c, d, e), loop);
        RuntimeException failure = new RuntimeException();
        a.setResult(1);
        b.setException(failure);
        test.iterate(1);
        assertThat(future.exception()).isSameAs(failure);
        c.setResult(3);
        d.cancel();
        e.setException(new RuntimeException("of no interest"));
        test.iterate(1);
        test.close();
        assertThat(test.errors).isEmpty();
    }

    @Test
    void returnExceptions() {
        AsyncFuture<List<Outcome<Integer>>> future = Gather.outcomes(List.of(a, b, c, d), loop);
        RuntimeException failure = new RuntimeException();
        RuntimeException other = new RuntimeException();
        b.setResult(1);
        c.setException(failure);
        a.setResult(3);
        test.iterate(1);
        assertThat(future.isDone()).isFalse();
        d.setException(other);
        test.iterate(1);
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
        AsyncFuture<List<Outcome<Integer>>> future = Gather.outcomes(List.of(a, b, c), loop);
        a.setResult(1);
        b.setException(new RuntimeException());
        c.cancel("why");
        test.iterate(1);
        assertThat(future.result().get(2).exception())
                .isInstanceOf(CancelledError.class)
                .hasMessage("why");
    }

    @Test
    void cancellationBroadcast() {
        TestLoop.run(() -> {
            List<Task<Void>> children = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                children.add(createTask(() -> sleep(ms(100))));
            }
            Task<List<Void>> outer = createTask(() -> gather(children));
            sleep(ms(1));
            outer.cancel();
            waitUntil(ALL_COMPLETED, outer);
            assertThat(outer.isCancelled()).isTrue();
            assertThat(children).allMatch(Task::isCancelled);
            assertThat(TestLoop.millis()).isEqualTo(1);
        });
    }

    @Test
    void cancelGather1() {
        AsyncFuture<List<Integer>> future = Gather.values(List.of(a), loop);
        a.setResult(1);
        assertThat(future.cancel()).isFalse();
        test.iterate(1);
        assertThat(future.result()).containsExactly(1);
    }

    @Test
    void cancelGather2() {
        TestLoop.run(() -> {
            Task<Void> child = createTask(() -> sleep(ms(100)));
            Task<List<Outcome<Void>>> outer = createTask(() -> gatherOutcomes(List.of(child)));
            sleep(ms(1));
            outer.cancel("stop");
            try {
                await(outer);
            } catch (CancelledError error) {
                assertThat(error).hasMessage("stop");
            }
            assertThat(outer.isCancelled()).isTrue();
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
}
