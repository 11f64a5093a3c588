package dev.weft;

import static dev.weft.Asyncio.*;
import static dev.weft.TestLoop.ms;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShieldTest {
    private final TestLoop test = new TestLoop();
    private final EventLoop loop = test.loop;
    private final List<Object> trace = new ArrayList<>();

    @Test
    void shieldResult() {
        AsyncFuture<Integer> inner = loop.createFuture();
        AsyncFuture<Integer> outer = Shield.of(inner);
        inner.setResult(42);
        test.iterate(1);
        assertThat(outer.result()).isEqualTo(42);
        assertThat(Shield.of(inner)).isSameAs(inner);
    }

    @Test
    void shieldShortcut() {
        AsyncFuture<Integer> inner = loop.createFuture();
        inner.setResult(42);
        assertThat(loop.runUntilComplete(Shield.of(inner))).isEqualTo(42);
    }

    @Test
    void shieldException() {
        AsyncFuture<Integer> inner = loop.createFuture();
        AsyncFuture<Integer> outer = Shield.of(inner);
        RuntimeException failure = new RuntimeException();
        inner.setException(failure);
        test.iterate(1);
        assertThat(outer.exception()).isSameAs(failure);
    }

    @Test
    void shieldCancelInner() {
        AsyncFuture<Integer> inner = loop.createFuture();
        AsyncFuture<Integer> outer = Shield.of(inner);
        test.iterate(1);
        inner.cancel();
        test.iterate(1);
        assertThat(outer.isCancelled()).isTrue();
    }

    @Test
    void shieldCancelOuter() {
        AsyncFuture<Integer> inner = loop.createFuture();
        AsyncFuture<Integer> outer = Shield.of(inner);
        test.iterate(1);
        outer.cancel();
        test.iterate(1);
        inner.setResult(1);
        test.iterate(1);
        assertThat(outer.isCancelled()).isTrue();
        assertThat(test.errors).isEmpty();
    }

    @Test
    void shieldCancelOuterException() {
        AsyncFuture<Integer> inner = loop.createFuture();
        AsyncFuture<Integer> outer = Shield.of(inner);
        test.iterate(1);
        outer.cancel();
        test.iterate(1);
        IllegalArgumentException failure = new IllegalArgumentException("shielded");
        inner.setException(failure);
        test.iterate(1);
        test.close();
        assertThat(test.errors).singleElement().satisfies(error -> {
            assertThat(error.message()).isEqualTo("IllegalArgumentException exception in shielded future");
            assertThat(error.exception()).isSameAs(failure);
            assertThat(error.future()).isSameAs(inner);
        });
    }

    @Test
    void shieldDuplicateLogOnce() {
        AsyncFuture<Integer> inner = loop.createFuture();
        AsyncFuture<Integer> first = Shield.of(inner);
        AsyncFuture<Integer> second = Shield.of(inner);
        test.iterate(1);
        first.cancel();
        second.cancel();
        test.iterate(1);
        inner.setException(new RuntimeException());
        test.iterate(2);
        test.close();
        assertThat(test.errors).hasSize(1);
    }

    @Test
    void shieldGather() {
        TestLoop.run(() -> {
            EventLoop running = EventLoop.running();
            AsyncFuture<Integer> child1 = running.createFuture();
            AsyncFuture<Integer> child2 = running.createFuture();
            AsyncFuture<List<Integer>> parent = Gather.values(List.of(child1, child2), running);
            Task<List<Integer>> outer = createTask(() -> shield(parent));
            sleep(Duration.ZERO);
            outer.cancel();
            waitUntil(ALL_COMPLETED, outer);
            assertThat(outer.isCancelled()).isTrue();
            child1.setResult(1);
            child2.setResult(2);
            assertThat(await(parent)).containsExactly(1, 2);
        });
    }

    @Test
    void gatherShield() {
        AsyncFuture<Integer> child1 = loop.createFuture();
        AsyncFuture<Integer> child2 = loop.createFuture();
        AsyncFuture<Integer> inner1 = Shield.of(child1);
        AsyncFuture<Integer> inner2 = Shield.of(child2);
        AsyncFuture<List<Integer>> parent = Gather.values(List.of(inner1, inner2), loop);
        test.iterate(1);
        parent.cancel();
        test.iterate(1);
        assertThat(parent.exception()).isInstanceOf(CancelledError.class);
        assertThat(inner1.isCancelled()).isTrue();
        assertThat(inner2.isCancelled()).isTrue();
        child1.setResult(1);
        child2.setResult(2);
        test.iterate(1);
        assertThat(test.errors).isEmpty();
    }

    @Test
    void shieldEffect() {
        TestLoop.run(() -> {
            AsyncFuture<Integer> waiter = EventLoop.running().createFuture();
            Task<Void> outer = createTask(() -> {
                shield(() -> {
                    await(waiter);
                    trace.add("inner");
                });
                trace.add("outer");
            });
            sleep(Duration.ZERO);
            sleep(Duration.ZERO);
            outer.cancel();
            assertThat(Thrown.by(outer)).isInstanceOf(CancelledError.class);
            waiter.setResult(1);
            sleep(Duration.ZERO);
        });
        assertThat(trace).containsExactly("inner");
    }

    @Test
    void shieldCoroutineWithAValue() {
        TestLoop.run(() -> assertThat(shield(() -> {
                    sleep(ms(1));
                    return 42;
                }))
                .isEqualTo(42));
    }
}
