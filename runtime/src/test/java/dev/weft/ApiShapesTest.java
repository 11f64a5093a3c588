package dev.weft;

import static dev.weft.Asyncio.*;
import static dev.weft.TestLoop.ms;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The ways in which calls are written: that the compiler accepts each, and chooses the right method. */
class ApiShapesTest {
    private static final List<String> TRACE = new ArrayList<>();

    @Async
    private static int value() {
        sleep(Duration.ZERO);
        return 1;
    }

    @Async
    private static void nothing() {
        sleep(Duration.ZERO);
        TRACE.add("nothing");
    }

    @Async
    private static int checked() throws IOException {
        sleep(Duration.ZERO);
        return 2;
    }

    @Test
    void startingTasks() {
        TestLoop.run(() -> {
            Task<Integer> a = createTask(() -> value());
            Task<Integer> b = createTask(ApiShapesTest::value);
            Task<Void> c = createTask(() -> nothing());
            Task<Void> d = createTask(ApiShapesTest::nothing);
            Task<Integer> e = createTask("e", ApiShapesTest::checked);
            Task<Integer> f = createTask(() -> {
                return checked();
            });
            Task<Integer> g = createTask(a);
            Task<Object> h = createTask(() -> {
                throw new IOException();
            });
            waitUntil(ALL_COMPLETED, h);
            assertThat(h.exception()).isInstanceOf(IOException.class);
            assertThat(gather(a, b, e, f, g)).containsExactly(1, 1, 2, 2, 1);
            gather(c, d);
        });
    }

    @Test
    void awaiting() {
        TestLoop.run(() -> {
            Coroutine<Integer> coroutine = ApiShapesTest::checked;
            assertThat(await(coroutine)).isEqualTo(2);
            assertThat(coroutine.await()).isEqualTo(2);
            assertThat(coroutine.run()).isEqualTo(2);
            assertThat(await(() -> value())).isEqualTo(1);
            await(() -> nothing());
            await(ApiShapesTest::nothing);
            await(createTask(coroutine));
            AsyncRunnable runnable = () -> nothing();
            await(runnable);
            runnable.run();
        });
    }

    @Test
    void gathering() {
        TestLoop.run(() -> {
            List<Integer> one = gather(() -> value());
            List<Integer> two = gather(() -> value(), () -> checked());
            List<Number> numbers = gather(() -> 1, () -> 2.5);
            List<Void> none = gather(() -> nothing(), ApiShapesTest::nothing);
            List<Coroutine<Integer>> coroutines = IntStream.range(0, 3)
                    .mapToObj(i -> (Coroutine<Integer>) () -> value() + i)
                    .toList();
            List<Integer> many = gather(coroutines);
            List<Awaitable<Integer>> mixed = new ArrayList<>(coroutines);
            mixed.add(createTask(() -> 9));
            List<Outcome<Integer>> outcomes = gatherOutcomes(mixed);
            List<Object> others = gather(Set.of());
            assertThat(one).containsExactly(1);
            assertThat(two).containsExactly(1, 2);
            assertThat(numbers).containsExactly(1, 2.5);
            assertThat(none).containsExactly(null, null);
            assertThat(many).containsExactly(1, 2, 3);
            assertThat(outcomes).extracting(Outcome::value).containsExactly(1, 2, 3, 9);
            assertThat(others).isEmpty();
        });
    }

    @Test
    void groups() {
        TestLoop.run(() -> {
            String value = taskGroup(group -> {
                Task<Integer> task = group.createTask(() -> value());
                group.createTask(() -> nothing());
                group.createTask("named", ApiShapesTest::nothing);
                return "value " + await(task);
            });
            assertThat(value).isEqualTo("value 1");
            taskGroup(group -> {
                group.createTask(() -> nothing());
            });
            Task<Integer> task = taskGroup(group -> group.createTask(() -> value()));
            assertThat(task.result()).isEqualTo(1);
            taskGroup(ApiShapesTest::fill);
        });
    }

    @Async
    private static void fill(TaskGroup group) {
        group.createTask(() -> nothing());
        sleep(ms(1));
    }

    @Test
    void limits() {
        TestLoop.run(() -> {
            assertThat(timeout(ms(9), () -> value()).intValue()).isEqualTo(1);
            timeout(ms(9), () -> nothing());
            timeout(ms(9), ApiShapesTest::nothing);
            int checked = timeout(ms(9), ApiShapesTest::checked);
            int rescheduled = timeout(ms(9), limit -> {
                limit.reschedule(ms(5));
                return value();
            });
            int limited = timeout(ms(9), createTask(() -> value()));
            int until = timeoutAt(Long.MAX_VALUE, createTask(() -> value()));
            timeoutAt(Long.MAX_VALUE, () -> nothing());
            assertThat(limited + until + timeoutAt(Long.MAX_VALUE, () -> value()))
                    .isEqualTo(3);
            assertThat(moveOnAfter(ms(9), ApiShapesTest::nothing).expired()).isFalse();
            assertThat(moveOnAfter(ms(9), limit -> limit.reschedule(null)).expired())
                    .isFalse();
            int task = waitFor(createTask(() -> value()), ms(9));
            int coroutine = waitFor(() -> checked(), ms(9));
            waitFor(() -> nothing(), ms(9));
            assertThat(checked + rescheduled + task + coroutine).isEqualTo(6);
            assertThat(shield(createTask(() -> value()))).isEqualTo(1);
            assertThat(shield(() -> value())).isEqualTo(1);
            shield(() -> nothing());
        });
    }

    @Test
    void threads() {
        TestLoop.run(() -> {
            int value = toThread(() -> 1);
            toThread(() -> Thread.sleep(1));
            toThread(() -> {
                synchronized (this) {
                    TRACE.add("on a thread");
                }
            });
            String text = toThread(() -> {
                Thread.sleep(1);
                return "text";
            });
            assertThat(text + value).isEqualTo("text1");
        });
    }

    @Test
    void waiting() {
        TestLoop.run(() -> {
            List<Task<Integer>> tasks = List.of(createTask(() -> value()), createTask(() -> value()));
            Waited<Integer> waited = waitUntil(FIRST_COMPLETED, tasks);
            for (Task<Integer> task : waited.done()) {
                assertThat(task.result()).isEqualTo(1);
            }
            AsyncFuture<Integer> future = waited.done().iterator().next();
            assertThat(future.isDone()).isTrue();
            for (Awaitable<Integer> next : asCompleted(tasks)) {
                assertThat(await(next)).isEqualTo(1);
            }
            for (Awaitable<Number> next : Asyncio.<Number>asCompleted(() -> value(), () -> 2.5)) {
                assertThat(next.await().doubleValue()).isPositive();
            }
            for (Awaitable<Void> next : asCompleted(() -> nothing(), ApiShapesTest::nothing)) {
                await(next);
            }
            AsyncIterator<Task<Integer>> ended =
                    asCompletedTasks(() -> value(), () -> checked()).iterator();
            int sum = ended.next().result() + ended.next().result();
            assertThat(sum).isEqualTo(3);
            assertThat(asCompletedTasks(() -> nothing()).iterator().next().result())
                    .isNull();
            Task<Void> other = createTask(() -> nothing());
            other.cancel();
            waitUntil(ALL_COMPLETED, Set.<Task<?>>of(other, createTask(() -> value())));
        });
    }

    @Test
    void races() {
        TestLoop.run(() -> {
            int value = race(() -> value(), () -> checked());
            int task = race(createTask(() -> value()), createTask(() -> sleep(ms(9), 2)));
            int any = race(List.of(() -> value()));
            assertThat(value + task + any).isEqualTo(3);
            race(() -> nothing(), () -> sleep(ms(9)));
        });
    }

    @SuppressWarnings("try")
    @Test
    void functionalInterfaces() {
        TestLoop.run(() -> {
            AsyncFunction<Integer, Integer> function = number -> value() + number;
            AsyncConsumer<String> consumer = text -> {
                nothing();
                TRACE.add(text);
            };
            AsyncBiConsumer<String, Integer> both = (text, number) -> TRACE.add(text + (value() + number));
            AsyncSupplier<Integer> supplier = ApiShapesTest::value;
            assertThat(function.apply(1)).isEqualTo(2);
            consumer.accept("consumer");
            both.accept("both", 1);
            function.accept(1);
            AsyncConsumer<Integer> asConsumer = function;
            asConsumer.accept(2);
            assertThat(supplier.get()).isEqualTo(1);
            assertThat(TRACE).contains("consumer", "both2");
            try (Resource resource = new Resource()) {
                TRACE.add("within");
            }
            assertThat(TRACE).endsWith("within", "nothing", "closed");
        });
    }

    private static final class Resource implements AsyncCloseable {
        @Async
        @Override
        public void close() {
            nothing();
            TRACE.add("closed");
        }
    }
}
