package dev.weft.sync;

import static dev.weft.Asyncio.*;
import static dev.weft.TestLoop.ms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.EventLoop;
import dev.weft.Outcome;
import dev.weft.Task;
import dev.weft.TestLoop;
import dev.weft.Thrown;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AsyncSemaphoreTest {
    private final List<Object> trace = new ArrayList<>();
    private Task<Void> fourth;

    @Async
    private void acquireAndTell(AsyncSemaphore semaphore, Object name) {
        semaphore.acquire();
        trace.add(name);
    }

    private static String withValue(int value) {
        return "<AsyncSemaphore [unlocked, value:" + value + "]>";
    }

    @Test
    void initialValueZero() {
        assertThat(new AsyncSemaphore(0).isLocked()).isTrue();
    }

    @Test
    void repr() {
        TestLoop.run(() -> {
            AsyncSemaphore semaphore = new AsyncSemaphore(1);
            assertThat(semaphore).hasToString(withValue(1));
            semaphore.acquire();
            assertThat(semaphore).hasToString("<AsyncSemaphore [locked]>");
            createTask(() -> semaphore.acquire());
            createTask(() -> semaphore.acquire());
            sleep(ms(0));
            assertThat(semaphore).hasToString("<AsyncSemaphore [locked, waiters:2]>");
            semaphore.release();
            semaphore.release();
            sleep(ms(0));
            assertThat(semaphore).hasToString("<AsyncSemaphore [locked]>");
        });
    }

    @Test
    void semaphoreValue() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AsyncSemaphore(-1))
                .withMessage("Semaphore initial value must be >= 0, not -1.");
    }

    @Test
    void acquire() {
        TestLoop.run(() -> {
            AsyncSemaphore semaphore = new AsyncSemaphore(3);
            semaphore.acquire();
            semaphore.acquire();
            assertThat(semaphore.isLocked()).isFalse();

            Task<Void> first = createTask(() -> acquireAndTell(semaphore, 1));
            Task<Void> second = createTask(() -> acquireAndTell(semaphore, 2));
            Task<Void> third = createTask(() -> acquireAndTell(semaphore, 3));
            sleep(ms(0));
            assertThat(trace).containsExactly(1);
            assertThat(semaphore).hasToString("<AsyncSemaphore [locked, waiters:2]>");

            Task<Void> last = createTask(() -> acquireAndTell(semaphore, 4));
            semaphore.release();
            semaphore.release();
            sleep(ms(0));
            assertThat(trace).containsExactly(1, 2, 3);
            assertThat(semaphore).hasToString("<AsyncSemaphore [locked, waiters:1]>");
            assertThat(first.isDone()).isTrue();

            semaphore.release();
            gather(List.of(second, third, last));
        });
    }

    @Test
    void acquireCancel() {
        TestLoop.run(() -> {
            AsyncSemaphore semaphore = new AsyncSemaphore(1);
            semaphore.acquire();
            Task<Void> acquire = createTask(() -> semaphore.acquire());
            EventLoop.running().callSoon(acquire::cancel);
            assertThat(Thrown.by(() -> await(acquire))).isInstanceOf(CancelledError.class);
            assertThat(semaphore).hasToString("<AsyncSemaphore [locked]>");
        });
    }

    @Test
    void acquireCancelBeforeAwoken() {
        TestLoop.run(() -> {
            AsyncSemaphore semaphore = new AsyncSemaphore(0);
            List<Task<Void>> tasks = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                tasks.add(createTask(() -> semaphore.acquire()));
            }
            sleep(ms(0));
            tasks.get(0).cancel();
            tasks.get(1).cancel();
            semaphore.release();
            sleep(ms(0));
            sleep(ms(0));
            assertThat(tasks.get(2).isDone()).isTrue();
            assertThat(tasks.get(3).isDone()).isFalse();
            tasks.get(3).cancel();
            sleep(ms(0));
        });
    }

    @Test
    void acquireHang() {
        TestLoop.run(() -> {
            AsyncSemaphore semaphore = new AsyncSemaphore(0);
            Task<Void> first = createTask(() -> semaphore.acquire());
            Task<Void> second = createTask(() -> semaphore.acquire());
            sleep(ms(0));
            first.cancel();
            semaphore.release();
            sleep(ms(0));
            sleep(ms(0));
            assertThat(semaphore.isLocked()).isTrue();
            assertThat(second.isDone()).isTrue();
        });
    }

    @Test
    void acquireNoHang() {
        TestLoop.run(() -> {
            AsyncSemaphore semaphore = new AsyncSemaphore(1);
            List<Task<Void>> tasks = new ArrayList<>();
            tasks.add(createTask(() -> {
                semaphore.withPermit(() -> sleep(ms(0)));
                tasks.get(1).cancel();
            }));
            tasks.add(createTask(() -> semaphore.withPermit(() -> {
                throw new AssertionError("not reached");
            })));
            List<Outcome<Void>> outcomes = gatherOutcomes(tasks);
            assertThat(outcomes.get(0).exception()).isNull();
            assertThat(outcomes.get(1).exception()).isInstanceOf(CancelledError.class);
            waitFor(() -> semaphore.acquire(), ms(1000));
        });
    }

    @Test
    void wokenWaiterThatIsCancelledPassesItsPermitOn() {
        TestLoop.run(() -> {
            AsyncSemaphore semaphore = new AsyncSemaphore(0);
            Task<Void> first = createTask(() -> acquireAndTell(semaphore, 1));
            Task<Void> second = createTask(() -> acquireAndTell(semaphore, 2));
            sleep(ms(0));
            semaphore.release();
            first.cancel(); // it has the permit already
            await(second);
            assertThat(first.isCancelled()).isTrue();
            assertThat(trace).containsExactly(2);
            semaphore.release();
            assertThat(semaphore).hasToString(withValue(1));
        });
    }

    @Test
    void releaseNotAcquired() {
        AsyncSemaphore semaphore = AsyncSemaphore.bounded(1);
        assertThatIllegalStateException()
                .isThrownBy(semaphore::release)
                .withMessageStartingWith("Semaphore released too many times: " + withValue(1) + " is bounded to 1.");
        assertThat(semaphore).hasToString(withValue(1));
    }

    @Test
    void semaphoreThatIsNotBoundedGrows() {
        AsyncSemaphore semaphore = new AsyncSemaphore(1);
        semaphore.release();
        assertThat(semaphore).hasToString(withValue(2));
    }

    @Test
    void releaseNoWaiters() {
        TestLoop.run(() -> {
            AsyncSemaphore semaphore = AsyncSemaphore.bounded(1);
            semaphore.acquire();
            assertThat(semaphore.isLocked()).isTrue();
            semaphore.release();
            assertThat(semaphore.isLocked()).isFalse();
        });
    }

    @Async
    private void twice(AsyncSemaphore semaphore, String name) {
        for (int i = 1; i <= 2; i++) {
            semaphore.acquire();
            trace.add(name + "_" + i);
            sleep(ms(10));
            semaphore.release();
        }
    }

    @Test
    void acquireFifoOrder() {
        TestLoop.run(() -> {
            AsyncSemaphore semaphore = new AsyncSemaphore(1);
            taskGroup(group -> {
                group.createTask(() -> twice(semaphore, "c1"));
                group.createTask(() -> twice(semaphore, "c2"));
                group.createTask(() -> twice(semaphore, "c3"));
            });
            assertThat(trace).containsExactly("c1_1", "c2_1", "c3_1", "c1_2", "c2_2", "c3_2");
        });
    }

    @Test
    void acquireFifoOrder2() {
        TestLoop.run(() -> {
            AsyncSemaphore semaphore = new AsyncSemaphore(1);
            List<Task<Void>> tasks = new ArrayList<>();
            tasks.add(createTask(() -> acquireAndTell(semaphore, 1)));
            tasks.add(createTask(() -> {
                acquireAndTell(semaphore, 2);
                semaphore.release();
                acquireAndTell(semaphore, 4);
            }));
            tasks.add(createTask(() -> acquireAndTell(semaphore, 3)));
            sleep(ms(0));
            semaphore.release();
            semaphore.release();
            gather(tasks);
            assertThat(trace).containsExactly(1, 2, 3, 4);
        });
    }

    @Test
    void acquireFifoOrder3() {
        TestLoop.run(() -> {
            AsyncSemaphore semaphore = new AsyncSemaphore(0);
            List<Task<Void>> tasks = new ArrayList<>();
            for (int i = 1; i <= 3; i++) {
                int name = i;
                tasks.add(createTask(() -> acquireAndTell(semaphore, name)));
            }
            sleep(ms(0));
            tasks.get(0).cancel();
            sleep(ms(0));
            semaphore.release();
            semaphore.release();
            gatherOutcomes(tasks);
            assertThat(trace).containsExactly(2, 3);
        });
    }

    @Test
    void acquireFifoOrder4() {
        TestLoop.run(() -> {
            AsyncSemaphore semaphore = new AsyncSemaphore(0);
            List<Task<Void>> tasks = new ArrayList<>();
            tasks.add(createTask(() -> {
                semaphore.acquire(); // woken by the second task; all others are woken now
                assertThat(semaphore).hasToString("<AsyncSemaphore [locked, waiters:2]>");
                fourth = createTask(() -> {
                    trace.add(4);
                });
                trace.add(1);
            }));
            tasks.add(createTask(() -> {
                semaphore.release();
                semaphore.release();
                semaphore.release();
                assertThat(semaphore.isLocked()).isTrue(); // the first has not run yet
                acquireAndTell(semaphore, 2);
            }));
            tasks.add(createTask(() -> acquireAndTell(semaphore, 3)));
            sleep(ms(0));
            assertThat(semaphore).hasToString("<AsyncSemaphore [locked, waiters:3]>");
            sleep(ms(0));
            gather(tasks);
            await(fourth);
            assertThat(trace).containsExactly(1, 2, 3, 4);
        });
    }

    @Test
    void contextManager() {
        TestLoop.run(() -> {
            AsyncSemaphore semaphore = new AsyncSemaphore(2);
            int value = semaphore.withPermit(() -> {
                assertThat(semaphore).hasToString(withValue(1));
                return 7;
            });
            assertThat(value).isEqualTo(7);
            try (Held first = semaphore.hold();
                    Held second = semaphore.hold()) {
                assertThat(semaphore.tryAcquire()).isFalse();
                first.close(); // once more is no error
                assertThat(semaphore.tryAcquire()).isTrue();
                semaphore.release();
                assertThat(second).isNotNull();
            }
            assertThat(semaphore).hasToString(withValue(2));
        });
    }

    @Test
    void newcomerDoesNotOvertakeAWokenWaiter() {
        TestLoop.run(() -> {
            AsyncSemaphore semaphore = new AsyncSemaphore(0);
            Task<Void> waiter = createTask(() -> acquireAndTell(semaphore, "waiter"));
            sleep(ms(0));
            semaphore.release();
            semaphore.release();
            assertThat(semaphore.tryAcquire()).isFalse();
            acquireAndTell(semaphore, "newcomer");
            await(waiter);
            assertThat(trace).containsExactly("waiter", "newcomer");
        });
    }

    @Test
    void ambiguousLoops() {
        AsyncSemaphore semaphore = new AsyncSemaphore(0);
        TestLoop.run(() -> {
            createTask(() -> semaphore.release());
            semaphore.acquire();
        });
        TestLoop.run(() -> assertThat(Thrown.by(() -> semaphore.acquire()))
                .hasMessageStartingWith("<AsyncSemaphore [locked]> is bound to a different event loop"));
    }

    @Test
    void longLineIsCancelledFromTheEndInTimeThatGrowsWithItsLength() {
        TestLoop.run(() -> {
            AsyncSemaphore semaphore = new AsyncSemaphore(0);
            List<Task<Void>> tasks = new ArrayList<>();
            for (int i = 0; i < 100_000; i++) {
                tasks.add(createTask(() -> semaphore.acquire()));
            }
            sleep(ms(0));
            for (int i = tasks.size() - 1; i >= 0; i--) {
                tasks.get(i).cancel();
            }
            sleep(ms(0));
            assertThat(semaphore).hasToString("<AsyncSemaphore [locked]>");
        });
    }
}
