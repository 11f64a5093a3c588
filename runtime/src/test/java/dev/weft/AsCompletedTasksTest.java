package dev.weft;

import static dev.weft.Asyncio.*;
import static dev.weft.TestLoop.ms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

/** The style that gives the tasks themselves. */
class AsCompletedTasksTest {
    private final List<Object> trace = new ArrayList<>();

    @Async
    private String after(long millis, String value) {
        trace.add("start " + value);
        sleep(ms(millis));
        return value;
    }

    @Async
    private void traceAll(AsyncIterable<Task<String>> tasks) {
        for (Task<String> task : tasks) {
            assertThat(task.isDone()).isTrue();
            trace.add(task.result());
            trace.add(TestLoop.millis());
        }
    }

    @Test
    void asCompletedInOrderOfCompletion() {
        TestLoop.run(() -> traceAll(asCompletedTasks(() -> after(10, "a"), () -> after(20, "b"), () -> after(5, "c"))));
        assertThat(trace).containsExactly("start a", "start b", "start c", "c", 5L, "a", 10L, "b", 20L);
    }

    @Test
    void asCompletedSameTasksInAsOut() {
        TestLoop.run(() -> {
            Task<Integer> b = createTask(() -> 2);
            Task<Integer> d = createTask(() -> 4);
            Coroutine<Integer> a = () -> 1;
            AsyncFuture<Integer> c = EventLoop.running().createFuture();
            c.setResult(3);
            List<Task<Integer>> out = new ArrayList<>();
            for (Task<Integer> task : asCompletedTasks(List.of(a, b, c, d))) {
                out.add(task);
            }
            assertThat(out).hasSize(4).contains(b, d);
            assertThat(out).extracting(Task::result).containsExactlyInAnyOrder(1, 2, 3, 4);
        });
    }

    @Test
    void asCompletedWithTimeout() {
        TestLoop.run(() -> {
            List<Task<String>> both = List.of(createTask(() -> after(100, "a")), createTask(() -> after(150, "b")));
            assertThat(Thrown.by(() -> traceAll(asCompletedTasks(both, ms(120)))))
                    .isInstanceOf(AsyncTimeoutException.class);
            assertThat(TestLoop.millis()).isEqualTo(120);
            assertThat(await(both.get(1))).isEqualTo("b"); // it went on
        });
        assertThat(trace).containsExactly("start a", "start b", "a", 100L);
    }

    @Test
    void asCompletedWithUnusedTimeout() {
        TestLoop.run(() -> {
            List<Coroutine<String>> one = List.of(() -> after(10, "a"));
            traceAll(asCompletedTasks(one, ms(1000)));
        });
        assertThat(trace).containsExactly("start a", "a", 10L);
    }

    @Test
    void asCompletedResumeIterator() {
        TestLoop.run(() -> {
            AsyncIterable<Task<Integer>> all = asCompletedTasks(() -> 0, () -> 1, () -> 2, () -> 3);
            for (Task<Integer> task : all) {
                trace.add(task.result());
                if (trace.size() == 2) {
                    break;
                }
            }
            trace.add("again");
            for (Task<Integer> task : all) {
                trace.add(task.result());
            }
        });
        assertThat(trace).containsExactly(0, 1, "again", 2, 3);
    }

    @Test
    void asCompletedConcurrent() {
        TestLoop.run(() -> {
            AsyncIterator<Task<String>> tasks =
                    asCompletedTasks(() -> after(50, "a"), () -> after(50, "b")).iterator();
            Task<Task<String>> first = createTask(() -> tasks.next());
            Task<Task<String>> second = createTask(() -> tasks.next());
            List<Task<String>> both = gather(first, second);
            assertThat(both).extracting(Task::result).containsExactly("a", "b");
            assertThat(TestLoop.millis()).isEqualTo(50);
            assertThat(tasks.hasNext()).isFalse();
        });
    }

    @Test
    void asCompletedDuplicateCoroutines() {
        TestLoop.run(() -> {
            Task<String> ham = createTask(() -> after(1, "ham"));
            traceAll(asCompletedTasks(List.of(ham, ham, createTask(() -> after(2, "spam")))));
        });
        assertThat(trace).containsExactly("start ham", "start spam", "ham", 1L, "spam", 2L);
    }

    @Test
    void failedTasksAreGivenToo() {
        TestLoop.run(() -> {
            Task<String> failing = createTask(() -> {
                throw new IllegalStateException("failed");
            });
            Task<String> cancelled = createTask(() -> after(1, "cancelled"));
            cancelled.cancel();
            AsyncIterator<Task<String>> tasks =
                    asCompletedTasks(failing, cancelled).iterator();
            assertThat(tasks.next()).isSameAs(failing);
            assertThat(tasks.next()).isSameAs(cancelled);
            assertThat(failing.exception()).hasMessage("failed");
            assertThatThrownBy(tasks::next).isInstanceOf(NoSuchElementException.class);
        });
    }

    @Test
    void nothing() {
        TestLoop.run(() -> {
            List<Task<String>> none = List.of();
            assertThat(asCompletedTasks(none, ms(10)).iterator().hasNext()).isFalse();
            sleep(Duration.ZERO);
        });
    }
}
