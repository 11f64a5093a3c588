package dev.weft;

import static dev.weft.Asyncio.*;
import static dev.weft.TestLoop.ms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitUntilTest {
    @Test
    void waitForBoth() {
        TestLoop.run(() -> {
            Task<Void> a = createTask(() -> sleep(ms(100)));
            Task<Void> b = createTask(() -> sleep(ms(150)));
            Waited<Void> waited = waitUntil(ALL_COMPLETED, List.of(b, a, b));
            assertThat(waited.done()).containsExactly(b, a);
            assertThat(waited.pending()).isEmpty();
            assertThat(TestLoop.millis()).isEqualTo(150);
            assertThat(waitUntil(ALL_COMPLETED, a, b).done()).containsExactly(a, b);
            assertThat(TestLoop.millis()).isEqualTo(150);
        });
    }

    @Test
    void waitErrors() {
        TestLoop.run(() -> {
            assertThat(Thrown.by(() -> {
                        waitUntil(ALL_COMPLETED, List.<Task<Void>>of());
                    }))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("empty");
            Task<Integer> task = createTask(() -> 1);
            assertThat(Thrown.by(() -> {
                        waitUntil(null, task);
                    }))
                    .isInstanceOf(NullPointerException.class);
            assertThat(await(task)).isEqualTo(1);
        });
    }

    @Test
    void waitOfAnotherLoopsTask() {
        try (TestLoop other = new TestLoop()) {
            Task<Integer> foreign = other.loop.createTask(() -> 1);
            TestLoop.run(() -> assertThat(Thrown.by(() -> {
                        waitUntil(ALL_COMPLETED, foreign);
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("attached to a different loop"));
            other.iterate(1);
        }
    }

    @Test
    void waitDuplicateCoroutines() {
        TestLoop.run(() -> {
            Task<String> once = createTask(() -> "test");
            Waited<String> waited = waitUntil(ALL_COMPLETED, once, once, createTask(() -> "spam"));
            assertThat(waited.pending()).isEmpty();
            assertThat(waited.done()).extracting(Task::result).containsExactly("test", "spam");
        });
    }

    @Test
    void waitWithException() {
        TestLoop.run(() -> {
            Task<Void> a = createTask(() -> sleep(ms(100)));
            Task<Void> b = createTask(() -> {
                sleep(ms(150));
                throw new ArithmeticException("really");
            });
            for (int i = 0; i < 2; i++) { // the second time takes none
                Waited<Void> waited = waitUntil(ALL_COMPLETED, b, a);
                assertThat(waited.done()).containsExactly(b, a);
                assertThat(waited.pending()).isEmpty();
                assertThat(b.exception()).hasMessage("really");
                assertThat(a.exception()).isNull();
                assertThat(TestLoop.millis()).isEqualTo(150);
            }
        });
    }

    @Test
    void waitFirstCompleted() {
        TestLoop.run(() -> {
            Task<Void> a = createTask(() -> sleep(ms(10_000)));
            Task<Void> b = createTask(() -> sleep(ms(100)));
            Waited<Void> waited = waitUntil(FIRST_COMPLETED, a, b);
            assertThat(waited.done()).containsExactly(b);
            assertThat(waited.pending()).containsExactly(a);
            assertThat(a.isDone()).isFalse();
            assertThat(TestLoop.millis()).isEqualTo(100);
            waitUntil(ALL_COMPLETED, a, b);
            assertThat(TestLoop.millis()).isEqualTo(10_000);
        });
    }

    @Test
    void waitReallyDone() {
        TestLoop.run(() -> {
            Task<Integer> a = createTask(() -> twoTurns());
            Task<Integer> b = createTask(() -> twoTurns());
            Waited<Integer> waited = waitUntil(FIRST_COMPLETED, a, b);
            assertThat(waited.done()).containsExactly(a, b);
        });
    }

    @Async
    private static int twoTurns() {
        sleep(Duration.ZERO);
        sleep(Duration.ZERO);
        return 2;
    }

    @Test
    void waitFirstException() {
        TestLoop.run(() -> {
            Task<Void> a = createTask(() -> sleep(ms(10_000)));
            Task<Void> b = createTask(() -> {
                throw new IllegalArgumentException();
            });
            Waited<Void> waited = waitUntil(FIRST_EXCEPTION, b, a);
            assertThat(waited.done()).containsExactly(b);
            assertThat(waited.pending()).containsExactly(a);
            assertThat(TestLoop.millis()).isZero();
            a.cancel();
        });
    }

    @Test
    void waitFirstExceptionInWait() {
        TestLoop.run(() -> {
            Task<Void> a = createTask(() -> sleep(ms(10_000)));
            Task<Void> b = createTask(() -> {
                sleep(ms(10));
                throw new IllegalArgumentException();
            });
            Task<Void> cancelled = createTask(() -> sleep(ms(20_000)));
            EventLoop.running().callLater(ms(5), cancelled::cancel);
            Waited<Void> waited = waitUntil(FIRST_EXCEPTION, b, a, cancelled);
            assertThat(waited.done()).containsExactly(b, cancelled);
            assertThat(waited.pending()).containsExactly(a);
            assertThat(TestLoop.millis()).isEqualTo(10);
            a.cancel();
        });
    }

    @Test
    void waitFirstExceptionWithoutOne() {
        TestLoop.run(() -> {
            Task<Integer> a = createTask(() -> 1);
            Task<Integer> b = createTask(() -> 2);
            assertThat(waitUntil(FIRST_EXCEPTION, a, b).done()).containsExactly(a, b);
        });
    }

    @Test
    void waitWithTimeout() {
        TestLoop.run(() -> {
            Task<Void> a = createTask(() -> sleep(ms(100)));
            Task<Void> b = createTask(() -> sleep(ms(150)));
            Waited<Void> waited = waitUntil(ALL_COMPLETED, List.of(a, b), ms(110));
            assertThat(waited.done()).containsExactly(a);
            assertThat(waited.pending()).containsExactly(b);
            assertThat(TestLoop.millis()).isEqualTo(110);
            assertThat(b.cancelling()).isZero();
            await(b);
        });
    }

    @Test
    void eachConditionWithATimeout() {
        TestLoop.run(() -> {
            for (ReturnWhen when : ReturnWhen.values()) {
                long begin = TestLoop.millis();
                List<Task<Void>> tasks = List.of(createTask(() -> sleep(ms(100))), createTask(() -> sleep(ms(150))));
                Waited<Void> none = waitUntil(when, tasks, ms(50));
                assertThat(none.done()).isEmpty();
                assertThat(none.pending()).containsExactlyElementsOf(tasks);
                assertThat(TestLoop.millis() - begin).isEqualTo(50);

                Waited<Void> some = waitUntil(when, tasks, ms(60)); // up to 110
                assertThat(some.done()).containsExactly(tasks.get(0));
                assertThat(TestLoop.millis() - begin).isEqualTo(when == FIRST_COMPLETED ? 100 : 110);

                assertThat(waitUntil(when, tasks, Duration.ZERO).done()).containsExactly(tasks.get(0));
                Waited<Void> all = waitUntil(ALL_COMPLETED, tasks, null);
                assertThat(all.done()).containsExactlyElementsOf(tasks);
                assertThat(all.pending()).isEmpty();
                assertThat(TestLoop.millis() - begin).isEqualTo(150);
            }
        });
    }

    @Test
    void waitConcurrentComplete() {
        TestLoop.run(() -> {
            Task<Void> a = createTask(() -> sleep(ms(100)));
            Task<Void> b = createTask(() -> sleep(ms(150)));
            sleep(Duration.ZERO); // they sleep before the wait begins
            Waited<Void> waited = waitUntil(ALL_COMPLETED, List.of(a, b), ms(100));
            assertThat(waited.done()).containsExactly(a);
            assertThat(waited.pending()).containsExactly(b);
            await(b);
        });
    }

    @Test
    void yieldWaitDoesNotShieldCancel() {
        TestLoop.run(() -> {
            Task<Void> inner = createTask(() -> sleep(ms(100)));
            Task<Waited<Void>> outer = createTask(() -> waitUntil(ALL_COMPLETED, inner));
            sleep(ms(10));
            outer.cancel();
            waitUntil(ALL_COMPLETED, outer);
            assertThat(outer.isCancelled()).isTrue();
            assertThat(inner.isDone()).isFalse();
            await(inner);
            assertThat(TestLoop.millis()).isEqualTo(100);
        });
    }

    @Test
    void failuresOfTasksAreNotThrown() {
        TestLoop.run(() -> {
            Task<Integer> failing = createTask(() -> {
                throw new IllegalArgumentException("x");
            });
            waitUntil(ALL_COMPLETED, failing);
            assertThat(catchThrowable(failing::result)).hasMessage("x");
        });
    }
}
