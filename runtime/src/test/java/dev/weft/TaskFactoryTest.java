package dev.weft;

import static dev.weft.Asyncio.*;
import static dev.weft.TestLoop.ms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TaskFactoryTest {
    private final List<String> trace = new ArrayList<>();

    private Task<?> traced(EventLoop loop, Coroutine<?> body, TaskOptions options) {
        trace.add("create " + options.name());
        Coroutine<Object> around = () -> {
            trace.add("begin");
            try {
                return body.run();
            } finally {
                trace.add("end");
            }
        };
        return TaskFactory.LAZY.create(loop, around, options);
    }

    @Test
    void factoryPutsCodeRoundEveryKindOfBody() {
        TestLoop.run(() -> {
            EventLoop.running().setTaskFactory(this::traced);
            Task<Integer> coroutine = createTask("n", () -> {
                sleep(Duration.ZERO);
                return 1;
            });
            Task<Void> runnable = createTask(TaskOptions.named("r"), () -> sleep(ms(1)));
            Task<Integer> awaitable = createTask((Awaitable<Integer>) coroutine);
            assertThat(await(coroutine)).isEqualTo(1);
            assertThat(await(runnable)).isNull();
            assertThat(await(awaitable)).isEqualTo(1);
            assertThat(trace)
                    .startsWith("create n", "create r", "create null", "begin", "begin", "begin")
                    .hasSize(9);
            assertThat(coroutine.name()).isEqualTo("n");
            trace.clear();
            gather(() -> 1, () -> 2);
            taskGroup(group -> {
                group.createTask(TaskOptions.named("g").eager(true), () -> 3);
                assertThat(trace).endsWith("create g", "begin", "end");
            });
            assertThat(trace).hasSize(9);
        });
    }

    @Test
    void checkedFailureOfABodyStaysAsItIs() {
        TestLoop.run(() -> {
            EventLoop.running().setTaskFactory(this::traced);
            Task<Object> task = createTask(() -> {
                throw new IOException("checked");
            });
            waitUntil(ALL_COMPLETED, task);
            assertThat(task.exception()).isInstanceOf(IOException.class);
        });
    }

    @Test
    void factoryMustGiveATaskOfTheLoop() {
        try (TestLoop other = new TestLoop()) {
            TestLoop.run(() -> {
                EventLoop.running()
                        .setTaskFactory((loop, body, options) -> TaskFactory.LAZY.create(other.loop, body, options));
                assertThatThrownBy(() -> createTask(() -> 1))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("instead of a task of this loop");
            });
            other.iterate(1);
        }
    }

    @Test
    void runCoroutineThreadsafeTaskFactoryException() {
        try (TestLoop test = new TestLoop()) {
            test.loop.setTaskFactory((loop, body, options) -> {
                throw new UnsupportedOperationException("no tasks today");
            });
            CompletableFuture<Integer> result = test.loop.submit(() -> 1);
            test.iterate(2);
            assertThat(result)
                    .isCompletedExceptionally()
                    .failsWithin(Duration.ZERO)
                    .withThrowableOfType(java.util.concurrent.ExecutionException.class)
                    .withMessageContaining("no tasks today");
            assertThat(test.errors).isEmpty();
        }
    }
}
