package dev.weft.sync;

import static dev.weft.Asyncio.*;
import static dev.weft.TestLoop.ms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.weft.Async;
import dev.weft.AsyncConsumer;
import dev.weft.AsyncIterator;
import dev.weft.Task;
import dev.weft.TestLoop;
import dev.weft.Thrown;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Joins, shutdowns, and iterators that end with them. */
class AsyncQueueEndTest {
    /** Does the same with a queue of each kind. */
    private static void withEach(int maxSize, AsyncConsumer<AsyncQueue<Integer>> body) {
        TestLoop.run(() -> body.accept(AsyncQueue.fifo(maxSize)));
        TestLoop.run(() -> body.accept(AsyncQueue.lifo(maxSize)));
        TestLoop.run(() -> body.accept(AsyncQueue.priority(maxSize, Comparator.naturalOrder())));
    }

    @Async
    private static void assertShutDown(AsyncQueue<Integer> queue) {
        Class<?> shutDown = QueueShutDownException.class;
        assertThat(Thrown.by(() -> queue.put(0))).isInstanceOf(shutDown);
        assertThatExceptionOfType(QueueShutDownException.class).isThrownBy(() -> queue.putNowait(0));
        assertThat(Thrown.by(() -> queue.get())).isInstanceOf(shutDown);
        assertThatExceptionOfType(QueueShutDownException.class).isThrownBy(queue::getNowait);
    }

    private static void assertAllDone(AsyncQueue<Integer> queue) {
        assertThatIllegalStateException()
                .isThrownBy(queue::taskDone)
                .withMessageStartingWith("taskDone() called too many times: <AsyncQueue");
    }

    @Test
    void taskDoneUnderflow() {
        assertAllDone(AsyncQueue.fifo(0));
    }

    @Test
    void taskDone() {
        withEach(0, queue -> {
            for (int i = 0; i < 100; i++) {
                queue.putNowait(i);
            }
            List<Integer> taken = new ArrayList<>();
            AtomicBoolean running = new AtomicBoolean(true);
            taskGroup(group -> {
                for (int i = 0; i < 2; i++) {
                    group.createTask(() -> {
                        while (running.get()) {
                            taken.add(queue.get());
                            queue.taskDone();
                        }
                    });
                }
                queue.join();
                assertThat(taken).hasSize(100).doesNotHaveDuplicates();
                running.set(false);
                queue.putNowait(0);
                queue.putNowait(0);
            });
        });
    }

    @Test
    void joinEmptyQueue() {
        withEach(0, queue -> {
            queue.join();
            queue.join();
        });
    }

    @Test
    void format() {
        AsyncQueue<Integer> queue = AsyncQueue.fifo(0);
        queue.putNowait(1);
        queue.putNowait(2);
        queue.getNowait();
        queue.getNowait();
        assertThat(queue).hasToString("<AsyncQueue maxSize=0 tasks=2>");
        queue.taskDone();
        queue.taskDone();
        queue.shutdown(false);
        assertThat(queue).hasToString("<AsyncQueue maxSize=0 shutdown>");
    }

    @Test
    void shutdownEmpty() {
        withEach(0, queue -> {
            Task<Integer> getter = createTask(() -> queue.get());
            sleep(ms(0));
            queue.shutdown(false);
            assertThat(queue.size()).isZero();
            queue.join();
            sleep(ms(0));
            assertThat(getter.isDone()).isTrue();
            assertThat(getter.exception())
                    .isInstanceOf(QueueShutDownException.class)
                    .hasMessageStartingWith("Cannot get from a queue that was shut down: <AsyncQueue");
            assertShutDown(queue);
        });
    }

    @Test
    void shutdownNonempty() {
        withEach(1, queue -> {
            queue.putNowait(1);
            Task<Void> joiner = createTask(() -> queue.join());
            Task<Void> putter = createTask(() -> queue.put(2));
            sleep(ms(0));
            assertThat(putter.isDone()).isFalse();

            queue.shutdown(false);
            assertThat(queue.size()).isEqualTo(1);
            sleep(ms(0));
            assertThat(putter.exception())
                    .isInstanceOf(QueueShutDownException.class)
                    .hasMessageStartingWith("Cannot put into a queue that was shut down: <AsyncQueue");

            assertThat(queue.get()).isEqualTo(1);
            sleep(ms(0));
            assertThat(joiner.isDone()).isFalse();
            assertShutDown(queue);

            queue.taskDone();
            sleep(ms(0));
            assertThat(joiner.isDone()).isTrue();
            assertAllDone(queue);
        });
    }

    @Test
    void shutdownImmediate() {
        withEach(0, queue -> {
            queue.putNowait(1);
            Task<Void> joiner = createTask(() -> queue.join());
            queue.shutdown(true);
            assertThat(queue.size()).isZero();
            sleep(ms(0));
            assertThat(joiner.isDone()).isTrue();
            assertShutDown(queue);
            assertAllDone(queue);
        });
    }

    @Test
    void shutdownImmediateWithUnfinished() {
        withEach(0, queue -> {
            queue.putNowait(1);
            queue.putNowait(1);
            Task<Void> joiner = createTask(() -> queue.join());
            assertThat(queue.get()).isEqualTo(1);

            queue.shutdown(true);
            assertThat(queue.size()).isZero();
            sleep(ms(0));
            assertThat(joiner.isDone()).isFalse();
            assertShutDown(queue);

            queue.taskDone();
            assertAllDone(queue);
            sleep(ms(0));
            assertThat(joiner.isDone()).isTrue();
        });
    }

    @Test
    void secondShutdownMayBeImmediate() {
        withEach(0, queue -> {
            queue.putNowait(1);
            queue.shutdown(false);
            queue.shutdown(false);
            assertThat(queue.size()).isEqualTo(1);
            queue.shutdown(true);
            assertShutDown(queue);
        });
    }

    @Test
    void iteratorThatIsClosedGivesItsItemBack() {
        withEach(0, queue -> {
            queue.putNowait(5);
            queue.putNowait(5);
            queue.putNowait(5);
            try (AsyncIterator<Integer> items = queue.iterator()) {
                assertThat(items.hasNext()).isTrue();
                assertThat(items.hasNext()).isTrue();
                assertThat(items.next()).isEqualTo(5);
                assertThat(items.hasNext()).isTrue();
                assertThat(queue.size()).isEqualTo(1);
            }
            assertThat(queue.size()).isEqualTo(2);
        });
    }

    @Test
    void itemThatIsGivenBackIsTheNextOneAgain() {
        TestLoop.run(() -> {
            AsyncQueue<Integer> queue = AsyncQueue.priority(0, Comparator.comparing(item -> item % 10));
            queue.putNowait(11);
            queue.putNowait(1);
            AsyncIterator<Integer> items = queue.iterator();
            assertThat(items.hasNext()).isTrue();
            Task<Integer> waiting = createTask(() -> queue.get() + queue.get());
            sleep(ms(0));
            assertThat(waiting.isDone()).isFalse();
            items.close(); // wakes the other
            assertThat(await(waiting)).isEqualTo(12);
            assertThat(items.hasNext()).isFalse();
        });
    }

    @Test
    void nextAtTheEndIsRefused() {
        TestLoop.run(() -> {
            AsyncQueue<Integer> queue = AsyncQueue.fifo(0);
            queue.shutdown(false);
            assertThat(Thrown.by(() -> queue.iterator().next()))
                    .isInstanceOf(NoSuchElementException.class)
                    .hasMessage("The queue was shut down and is empty: <AsyncQueue maxSize=0 shutdown>.");
        });
    }
}
