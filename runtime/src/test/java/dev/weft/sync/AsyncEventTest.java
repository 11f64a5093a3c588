package dev.weft.sync;

import static dev.weft.Asyncio.*;
import static dev.weft.TestLoop.ms;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.EventLoop;
import dev.weft.Task;
import dev.weft.TestLoop;
import dev.weft.Thrown;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AsyncEventTest {
    private final AsyncEvent event = new AsyncEvent();
    private final List<Object> trace = new ArrayList<>();

    @Async
    private void awaitAndTell(Object name) {
        event.await();
        trace.add(name);
    }

    @Test
    void repr() {
        TestLoop.run(() -> {
            assertThat(event).hasToString("<AsyncEvent [unset]>");
            createTask(() -> event.await());
            sleep(ms(0));
            assertThat(event).hasToString("<AsyncEvent [unset, waiters:1]>");
            event.set();
            assertThat(event).hasToString("<AsyncEvent [set, waiters:1]>");
            sleep(ms(0));
            assertThat(event).hasToString("<AsyncEvent [set]>");
        });
    }

    @Test
    void waits() {
        TestLoop.run(() -> {
            assertThat(event.isSet()).isFalse();
            Task<Void> first = createTask(() -> awaitAndTell(1));
            Task<Void> second = createTask(() -> awaitAndTell(2));
            sleep(ms(0));
            assertThat(trace).isEmpty();

            Task<Void> third = createTask(() -> awaitAndTell(3));
            event.set();
            sleep(ms(0));
            assertThat(trace).containsExactly(3, 1, 2);
            assertThat(List.of(first, second, third)).allMatch(Task::isDone);
        });
    }

    @Test
    void waitOnSet() {
        TestLoop.run(() -> {
            event.set();
            event.await();
        });
    }

    @Test
    void waitCancel() {
        TestLoop.run(() -> {
            Task<Void> wait = createTask(() -> event.await());
            EventLoop.running().callSoon(wait::cancel);
            assertThat(Thrown.by(() -> await(wait))).isInstanceOf(CancelledError.class);
            assertThat(event).hasToString("<AsyncEvent [unset]>");
        });
    }

    @Test
    void clear() {
        assertThat(event.isSet()).isFalse();
        event.set();
        assertThat(event.isSet()).isTrue();
        event.clear();
        assertThat(event.isSet()).isFalse();
    }

    @Test
    void clearWithWaiters() {
        TestLoop.run(() -> {
            Task<Void> task = createTask(() -> awaitAndTell(1));
            sleep(ms(0));
            assertThat(trace).isEmpty();

            event.set();
            event.clear();
            assertThat(event.isSet()).isFalse();

            event.set();
            event.set();
            assertThat(event).hasToString("<AsyncEvent [set, waiters:1]>");

            sleep(ms(0));
            assertThat(trace).containsExactly(1);
            assertThat(event).hasToString("<AsyncEvent [set]>");
            assertThat(task.isDone()).isTrue();
        });
    }

    @Test
    void setWakesWhoWaitsNextToOneThatIsCancelled() {
        TestLoop.run(() -> {
            Task<Void> cancelled = createTask(() -> awaitAndTell(1));
            createTask(() -> awaitAndTell(2));
            sleep(ms(0));
            cancelled.cancel();
            event.set();
            sleep(ms(0));
            assertThat(trace).containsExactly(2);
        });
    }

    @Test
    void anotherThreadCannotSetIt() {
        TestLoop.run(() -> {
            Task<Void> waiter = createTask(() -> event.await());
            sleep(ms(0));
            Thread thread = new Thread(() -> {
                try {
                    event.set();
                } catch (IllegalStateException e) {
                    trace.add(e.getMessage());
                }
            });
            thread.start();
            thread.join();
            assertThat(trace).singleElement().asString().startsWith("Non-thread-safe operation");
            assertThat(event.isSet()).isFalse(); // nothing has changed
            event.set();
            await(waiter);
        });
    }
}
