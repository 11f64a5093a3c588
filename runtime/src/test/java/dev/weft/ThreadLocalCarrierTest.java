package dev.weft;

import static dev.weft.Asyncio.*;
import static dev.weft.TestLoop.ms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.spi.ThreadLocalCarrier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Values of thread-locals that follow tasks. */
class ThreadLocalCarrierTest {
    private static final ThreadLocal<String> LOCAL = new ThreadLocal<>();

    private final List<String> seen = new ArrayList<>();
    private final TestLoop test = new TestLoop();

    @BeforeEach
    void carry() {
        LOCAL.set("thread");
        test.loop.addThreadLocalCarrier(ThreadLocalCarrier.of(LOCAL));
    }

    @AfterEach
    void theThreadKeepsItsValue() {
        assertThat(LOCAL.get()).isEqualTo("thread");
        LOCAL.remove();
        test.close();
        assertThat(test.errors).isEmpty();
    }

    private void see() {
        seen.add(LOCAL.get());
    }

    @Test
    void taskHasValuesOfItsOwn() {
        test.complete(() -> {
            see();
            LOCAL.set("parent");
            Task<Void> child = createTask(() -> {
                see();
                LOCAL.set("child");
                sleep(ms(2));
                see();
            });
            LOCAL.set("parent later");
            sleep(ms(1));
            see();
            await(child);
            see();
        });
        assertThat(seen).containsExactly("thread", "parent", "parent later", "child", "parent later");
    }

    @Test
    void taskThatRemovesItsValueHasNone() {
        test.complete(() -> {
            LOCAL.remove();
            sleep(Duration.ZERO);
            see();
            await(createTask(() -> {
                see();
            }));
        });
        assertThat(seen).containsExactly(null, null);
    }

    @Test
    void manyTasksInterleave() {
        test.complete(() -> {
            List<Task<Void>> tasks = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                String value = "v" + i;
                tasks.add(createTask(() -> {
                    for (int round = 0; round < 5; round++) {
                        LOCAL.set(value + round);
                        sleep(round % 2 == 0 ? Duration.ZERO : ms(1));
                        assertThat(LOCAL.get()).isEqualTo(value + round);
                    }
                }));
            }
            gather(tasks);
            see();
        });
        assertThat(seen).containsExactly("thread");
    }

    @Test
    void callbacksHaveTheValuesOfTheirRegistration() {
        test.complete(() -> {
            EventLoop loop = EventLoop.running();
            Runnable change = () -> {
                see();
                LOCAL.set("changed");
            };
            LOCAL.set("registered");
            loop.callSoon(change);
            loop.callSoonThreadsafe(change);
            loop.callLater(ms(1), change);
            loop.callSoon(Context.empty(), change);
            createTask(() -> 1).addDoneCallback(done -> change.run());
            LOCAL.set("later");
            sleep(ms(5));
            assertThat(seen).hasSize(5).containsOnly("registered");
            assertThat(LOCAL.get()).isEqualTo("later");
        });
    }

    @Test
    void eagerTaskLeavesTheValuesOfItsCreatorAlone() {
        test.complete(() -> {
            LOCAL.set("parent");
            Task<Void> child = createTask(TaskOptions.DEFAULT.eager(true), () -> {
                see();
                LOCAL.set("child");
                sleep(ms(1));
                see();
            });
            see();
            await(child);
            see();
        });
        assertThat(seen).containsExactly("parent", "parent", "child", "parent");
    }

    @Test
    void toThreadCarriesAndRunInExecutorDoesNot() {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        test.loop.setDefaultExecutor(executor);
        test.complete(() -> {
            LOCAL.set("task");
            toThread(() -> {
                see();
                LOCAL.set("changed there");
            });
            EventLoop.running()
                    .runInExecutor(null, () -> {
                        see();
                        return 0;
                    })
                    .await();
            see();
        });
        assertThat(seen).containsExactly("task", null, "task");
    }

    @Test
    void submitCarriesTheValuesOfTheCallingThread() throws InterruptedException {
        Thread thread = new Thread(() -> {
            LOCAL.set("foreign");
            test.loop.submit((AsyncRunnable) this::see);
            LOCAL.set("later");
        });
        thread.start();
        thread.join();
        test.iterate(3);
        assertThat(seen).containsExactly("foreign");
    }

    @Test
    void handlerOfUnobservedFailureHasTheValuesOfItsTask() {
        test.loop.setExceptionHandler((loop, error) -> see());
        Task<Object> unused = test.loop.createTask(() -> {
            LOCAL.set("failed");
            throw new IllegalStateException();
        });
        test.complete(() -> sleep(ms(1)));
        test.loop.close();
        assertThat(seen).containsExactly("failed");
    }

    @Test
    void severalCarriersAreLeftInReverseOrder() {
        List<String> trace = new ArrayList<>();
        try (TestLoop other = new TestLoop()) {
            other.loop.addThreadLocalCarrier(new Tracing("a", trace));
            other.loop.addThreadLocalCarrier(new Tracing("b", trace));
            Task<Void> unused = other.loop.createTask((AsyncRunnable) () -> trace.add("step"));
            other.iterate(1);
        }
        assertThat(trace)
                .containsExactly(
                        "a capture",
                        "b capture",
                        "a enter",
                        "b enter",
                        "step",
                        "a capture",
                        "b capture",
                        "b exit",
                        "a exit");
    }

    private record Tracing(String name, List<String> trace) implements ThreadLocalCarrier<String> {
        @Override
        public String capture() {
            trace.add(name + " capture");
            return name;
        }

        @Override
        public Scope enter(String values) {
            assertThat(values).isEqualTo(name);
            trace.add(name + " enter");
            return () -> trace.add(name + " exit");
        }
    }

    @Test
    void carrierThatFailsIsLeftOut() {
        try (TestLoop other = new TestLoop()) {
            other.loop.addThreadLocalCarrier(new Failing());
            other.loop.addThreadLocalCarrier(ThreadLocalCarrier.of(LOCAL));
            other.complete(() -> {
                LOCAL.set("task");
                sleep(ms(1));
                see();
            });
        }
        assertThat(seen).containsExactly("task");
    }

    private static final class Failing implements ThreadLocalCarrier<String> {
        private int captures;

        @Override
        public String capture() {
            if (captures++ % 2 == 0) {
                throw new IllegalStateException("capture");
            }
            return "";
        }

        @Override
        public Scope enter(String values) {
            throw new IllegalStateException("enter");
        }
    }

    @Test
    void carriersCannotBeAddedOnceThereAreTasks() {
        test.complete(
                () -> assertThatThrownBy(() -> EventLoop.running().addThreadLocalCarrier(ThreadLocalCarrier.of(LOCAL)))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("before it runs"));
    }
}
