package dev.weft;

import static dev.weft.Asyncio.*;
import static dev.weft.TestLoop.ms;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class AsCompletedTest {
    private final List<Object> trace = new ArrayList<>();

    @Async
    private String after(long millis, String value) {
        trace.add("start " + value);
        sleep(ms(millis));
        return value;
    }

    @Test
    void asCompletedInOrderOfCompletion() {
        TestLoop.run(() -> {
            for (Awaitable<String> next :
                    asCompleted(() -> after(10, "a"), () -> after(20, "b"), () -> after(5, "c"))) {
                trace.add(await(next));
                trace.add(TestLoop.millis());
            }
        });
        assertThat(trace).containsExactly("start a", "start b", "start c", "c", 5L, "a", 10L, "b", 20L);
    }

    @Test
    void asCompletedWithTimeout() {
        TestLoop.run(() -> {
            List<Coroutine<String>> coroutines = List.of(() -> after(100, "a"), () -> after(150, "b"));
            for (Awaitable<String> next : asCompleted(coroutines, ms(120))) {
                try {
                    trace.add(await(next));
                } catch (AsyncTimeoutException e) {
                    trace.add("timeout at " + TestLoop.millis());
                }
            }
            sleep(ms(100)); // what has not ended goes on
        });
        assertThat(trace).containsExactly("start a", "start b", "a", "timeout at 120");
    }

    @Test
    void whatEndsWhenTheTimeHasComeIsTooLate() {
        TestLoop.run(() -> {
            List<Coroutine<String>> one = List.of(() -> "late");
            assertThat(Thrown.by(asCompleted(one, Duration.ZERO).iterator().next()))
                    .isInstanceOf(AsyncTimeoutException.class);
        });
    }

    @Test
    void asCompletedWithUnusedTimeout() {
        try (TestLoop test = new TestLoop()) {
            test.complete(() -> {
                List<Coroutine<String>> one = List.of(() -> after(1, "a"));
                for (Awaitable<String> next : asCompleted(one, ms(100))) {
                    trace.add(await(next));
                }
            });
            assertThat(trace).containsExactly("start a", "a");
            test.loop.engine.forEachScheduled(job -> trace.add(job));
            assertThat(trace).hasSize(2);
        }
    }

    @Test
    void asCompletedResumeIterator() {
        TestLoop.run(() -> {
            Iterable<Awaitable<String>> all =
                    asCompleted(() -> after(1, "a"), () -> after(2, "b"), () -> after(3, "c"), () -> after(4, "d"));
            int seen = 0;
            for (Awaitable<String> next : all) {
                trace.add(await(next));
                if (++seen == 2) {
                    break;
                }
            }
            trace.add("again");
            for (Awaitable<String> next : all) {
                trace.add(await(next));
            }
        });
        assertThat(trace.subList(4, 9)).containsExactly("a", "b", "again", "c", "d");
    }

    @Test
    void asCompletedConcurrent() {
        TestLoop.run(() -> {
            Iterator<Awaitable<String>> both =
                    asCompleted(() -> after(2, "slow"), () -> after(1, "fast")).iterator();
            assertThat(gather(both.next(), both.next())).containsExactly("fast", "slow");
            assertThat(both.hasNext()).isFalse();
        });
    }

    @Test
    void asCompletedReverseWait() {
        TestLoop.run(() -> {
            Iterator<Awaitable<String>> both =
                    asCompleted(() -> after(50, "a"), () -> after(100, "b")).iterator();
            Awaitable<String> first = both.next();
            Awaitable<String> second = both.next();
            assertThat(await(second)).isEqualTo("a");
            assertThat(await(first)).isEqualTo("b");
        });
    }

    @Test
    void asCompletedDuplicateCoroutines() {
        TestLoop.run(() -> {
            Task<String> task = createTask(() -> after(1, "once"));
            Task<String> failing = createTask(() -> {
                sleep(ms(2));
                throw new IllegalStateException("failed");
            });
            for (Awaitable<String> next : asCompleted(List.of(task, failing, task))) {
                try {
                    trace.add(await(next));
                } catch (IllegalStateException e) {
                    trace.add(e.getMessage());
                }
            }
        });
        assertThat(trace).containsExactly("start once", "once", "failed");
    }

    @Test
    void cancelledWaiterLeavesTheValueToOthers() {
        TestLoop.run(() -> {
            Iterator<Awaitable<String>> both =
                    asCompleted(() -> after(1, "a"), () -> after(2, "b")).iterator();
            Awaitable<String> first = both.next();
            Awaitable<String> second = both.next();
            Task<String> cancelled = createTask(first);
            Task<String> other = createTask(second);
            sleep(Duration.ZERO);
            cancelled.cancel();
            assertThat(await(other)).isEqualTo("a");
            assertThat(cancelled.isCancelled()).isTrue();
            sleep(ms(5));
        });
    }
}
