package dev.weft.sync;

import static dev.weft.Asyncio.*;
import static dev.weft.TestLoop.ms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.weft.Async;
import dev.weft.AsyncTimeoutException;
import dev.weft.CancelledError;
import dev.weft.EventLoop;
import dev.weft.Task;
import dev.weft.TestLoop;
import dev.weft.Thrown;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AsyncConditionTest {
    private final AsyncCondition condition = new AsyncCondition();
    private final AsyncLock lock = condition.lock();
    private final List<Object> trace = new ArrayList<>();
    private boolean ready;
    private int state;

    /** Waits and keeps the lock. */
    @Async
    private void awaitAndKeep(Object name) {
        lock.acquire();
        condition.await();
        trace.add(name);
    }

    @Async
    private void awaitAndTell(Object name) {
        condition.withLock(() -> {
            condition.await();
            trace.add(name);
        });
    }

    @Async
    private void signal(int n) {
        condition.withLock(() -> condition.signal(n));
    }

    @Test
    void waits() {
        TestLoop.run(() -> {
            Task<Void> first = createTask(() -> awaitAndKeep(1));
            Task<Void> second = createTask(() -> awaitAndKeep(2));
            Task<Void> third = createTask(() -> awaitAndKeep(3));
            sleep(ms(0));
            assertThat(trace).isEmpty();
            assertThat(lock.isLocked()).isFalse();

            lock.acquire();
            condition.signal();
            sleep(ms(0));
            assertThat(trace).isEmpty();
            assertThat(lock.isLocked()).isTrue();

            lock.release();
            sleep(ms(0));
            assertThat(trace).containsExactly(1);
            assertThat(lock.isLocked()).isTrue();

            condition.signal(2);
            sleep(ms(0));
            assertThat(trace).containsExactly(1);
            assertThat(lock.isLocked()).isTrue();

            lock.release();
            sleep(ms(0));
            assertThat(trace).containsExactly(1, 2);
            assertThat(lock.isLocked()).isTrue();

            lock.release();
            sleep(ms(0));
            assertThat(trace).containsExactly(1, 2, 3);
            assertThat(lock.isLocked()).isTrue();
            assertThat(List.of(first, second, third)).allMatch(Task::isDone);
        });
    }

    @Test
    void waitCancel() {
        TestLoop.run(() -> {
            lock.acquire();
            Task<Void> wait = createTask(() -> condition.await());
            EventLoop.running().callSoon(wait::cancel);
            assertThat(Thrown.by(() -> await(wait))).isInstanceOf(CancelledError.class);
            assertThat(condition).hasToString("<AsyncCondition [locked]>");
        });
    }

    @Test
    void waitCancelContested() {
        TestLoop.run(() -> {
            lock.acquire();
            Task<Void> wait = createTask(() -> condition.await());
            sleep(ms(0));
            assertThat(lock.isLocked()).isFalse();

            lock.acquire();
            condition.signal();
            EventLoop.running().callSoon(wait::cancel);
            EventLoop.running().callSoon(lock::release);
            assertThat(Thrown.by(() -> await(wait))).isInstanceOf(CancelledError.class);
            assertThat(lock.isLocked()).isTrue();
        });
    }

    @Test
    void waitCancelAfterNotify() {
        TestLoop.run(() -> {
            Task<Void> waiter = createTask(() -> awaitAndTell("not reached"));
            sleep(ms(0));
            assertThat(condition).hasToString("<AsyncCondition [unlocked, waiters:1]>");

            lock.acquire();
            condition.signal();
            sleep(ms(0)); // now it acquires the lock
            waiter.cancel();
            sleep(ms(0));
            lock.release();
            sleep(ms(0));
            assertThat(waiter.isCancelled()).isTrue();
            assertThat(trace).isEmpty();
        });
    }

    @Test
    void waitUnacquired() {
        TestLoop.run(() -> assertThat(Thrown.by(() -> condition.await()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("cannot wait on un-acquired lock: <AsyncCondition [unlocked]>. Do it within"));
    }

    @Test
    void waitFor() {
        TestLoop.run(() -> {
            Task<Void> task = createTask(() -> condition.withLock(() -> {
                condition.awaitUntil(() -> ready);
                trace.add(1);
            }));
            sleep(ms(0));
            assertThat(trace).isEmpty();

            signal(1);
            sleep(ms(0));
            assertThat(trace).isEmpty();

            ready = true;
            signal(1);
            sleep(ms(0));
            assertThat(trace).containsExactly(1);
            assertThat(task.isDone()).isTrue();
        });
    }

    @Test
    void waitForUnacquired() {
        TestLoop.run(() -> {
            condition.awaitUntil(() -> true); // holds at once
            assertThat(Thrown.by(() -> condition.awaitUntil(() -> false))).isInstanceOf(IllegalStateException.class);
        });
    }

    @Test
    void notifies() {
        TestLoop.run(() -> {
            List<Task<Void>> tasks = new ArrayList<>();
            for (int i = 1; i <= 3; i++) {
                int name = i;
                tasks.add(createTask(() -> awaitAndTell(name)));
            }
            sleep(ms(0));
            assertThat(trace).isEmpty();

            signal(1);
            sleep(ms(0));
            assertThat(trace).containsExactly(1);

            condition.withLock(() -> {
                condition.signal(1);
                condition.signal(2048);
            });
            sleep(ms(0));
            assertThat(trace).containsExactly(1, 2, 3);
            assertThat(tasks).allMatch(Task::isDone);
        });
    }

    @Test
    void notifiesAll() {
        TestLoop.run(() -> {
            createTask(() -> awaitAndTell(1));
            createTask(() -> awaitAndTell(2));
            sleep(ms(0));
            condition.withLock(() -> condition.signalAll());
            sleep(ms(0));
            assertThat(trace).containsExactly(1, 2);
        });
    }

    @Test
    void notifyUnacquired() {
        assertThatIllegalStateException()
                .isThrownBy(condition::signal)
                .withMessageStartingWith("cannot signal un-acquired lock: <AsyncCondition [unlocked]>");
    }

    @Test
    void notifyAllUnacquired() {
        assertThatIllegalStateException().isThrownBy(condition::signalAll);
    }

    @Test
    void repr() {
        TestLoop.run(() -> {
            assertThat(condition).hasToString("<AsyncCondition [unlocked]>");
            createTask(() -> awaitAndKeep(1));
            createTask(() -> awaitAndKeep(2));
            sleep(ms(0));
            lock.acquire();
            assertThat(condition).hasToString("<AsyncCondition [locked, waiters:2]>");
            condition.signalAll();
            lock.release();
            sleep(ms(0));
            lock.release();
        });
    }

    @Test
    void contextManager() {
        TestLoop.run(() -> {
            int value = condition.withLock(() -> {
                assertThat(lock.isLocked()).isTrue();
                return 7;
            });
            assertThat(value).isEqualTo(7);
            assertThat(lock.isLocked()).isFalse();
        });
    }

    @Test
    void explicitLock() {
        TestLoop.run(() -> {
            AsyncLock shared = new AsyncLock();
            AsyncCondition first = new AsyncCondition(shared);
            AsyncCondition second = new AsyncCondition(shared);
            assertThat(first.lock()).isSameAs(shared);
            Task<Void> one = createTask(() -> first.withLock(() -> first.await()));
            Task<Void> two = createTask(() -> shared.withLock(() -> second.await()));
            sleep(ms(0));
            shared.withLock(() -> second.signal());
            sleep(ms(0));
            assertThat(two.isDone()).isTrue();
            assertThat(one.isDone()).isFalse();
            first.withLock(() -> {
                assertThat(first).hasToString("<AsyncCondition [locked, waiters:1]>");
                first.signal();
            });
            await(one);
        });
    }

    @Test
    void ambiguousLoops() {
        TestLoop.run(() -> condition.withLock(() -> {
            createTask(() -> condition.withLock(() -> condition.signal()));
            condition.await();
        }));
        TestLoop.run(() -> condition.withLock(() -> {
            assertThat(Thrown.by(() -> condition.await()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("<AsyncCondition [locked]> is bound to a different event loop");
            assertThat(lock.isLocked()).isTrue();
        }));
        assertThat(condition).hasToString("<AsyncCondition [unlocked]>");
    }

    @Test
    void timeoutInBlock() {
        TestLoop.run(() -> condition.withLock(() -> {
            assertThat(Thrown.by(() -> dev.weft.Asyncio.waitFor(() -> condition.await(), ms(500))))
                    .isInstanceOf(AsyncTimeoutException.class);
            assertThat(lock.isLocked()).isTrue();
            assertThat(TestLoop.millis()).isEqualTo(500);
        }));
    }

    @Async
    private void keepCancellation() {
        condition.withLock(() -> {
            Throwable cancellation = Thrown.by(() -> condition.awaitUntil(() -> ready));
            trace.add(cancellation);
            throw (CancelledError) cancellation;
        });
    }

    @Test
    void cancelledErrorWakeup() {
        TestLoop.run(() -> {
            Task<Void> task = createTask(() -> keepCancellation());
            sleep(ms(0));
            task.cancel("foo");
            Throwable cancellation = Thrown.by(() -> await(task));
            assertThat(cancellation).isInstanceOf(CancelledError.class).hasMessage("foo");
            assertThat(trace).singleElement().isSameAs(cancellation);
        });
    }

    @Test
    void cancelledErrorReAquire() {
        TestLoop.run(() -> {
            Task<Void> task = createTask(() -> keepCancellation());
            sleep(ms(0));
            lock.acquire();
            ready = true;
            condition.signal();
            sleep(ms(0)); // now it acquires the lock
            task.cancel("foo");
            lock.release();
            Throwable cancellation = Thrown.by(() -> await(task));
            assertThat(cancellation).isInstanceOf(CancelledError.class).hasMessage("foo");
            assertThat(trace).singleElement().isSameAs(cancellation);
        });
    }

    @Test
    void lastOfSeveralCancellationsIsThrownWhenTheLockIsHeldAgain() {
        TestLoop.run(() -> {
            Task<Void> task = createTask(() -> keepCancellation());
            sleep(ms(0));
            lock.acquire();
            for (String message : List.of("first", "second", "third")) {
                task.cancel(message);
                sleep(ms(0));
                assertThat(task.isDone()).isFalse();
            }
            lock.release();
            assertThat(Thrown.by(() -> await(task))).hasMessage("third");
            assertThat(task.cancelling()).isEqualTo(3);
        });
    }

    @Async
    private void consume() {
        condition.withLock(() -> {
            while (true) {
                condition.awaitUntil(() -> state != 0);
                if (state < 0) {
                    return;
                }
                state--;
            }
        });
    }

    @Test
    void cancelledWakeup() {
        TestLoop.run(() -> {
            Task<Void> first = createTask(() -> consume());
            Task<Void> second = createTask(() -> consume());
            sleep(ms(0));
            condition.withLock(() -> {
                state++;
                condition.signal();
                first.cancel(); // before it runs
                Throwable nobodySignals =
                        Thrown.by(() -> timeout(ms(10), () -> condition.awaitUntil(() -> state == 0)));
                assertThat(nobodySignals).isInstanceOf(AsyncTimeoutException.class);
                assertThat(state).isZero(); // the other one has taken it
                state = -1;
                condition.signalAll();
            });
            await(second);
            assertThat(first.isCancelled()).isTrue();
        });
    }

    @Test
    void cancelledWakeupRelock() {
        TestLoop.run(() -> {
            Task<Void> first = createTask(() -> consume());
            Task<Void> second = createTask(() -> consume());
            sleep(ms(0));
            condition.withLock(() -> {
                state++;
                condition.signal();
                sleep(ms(0)); // now it acquires the lock
                first.cancel();
                Throwable nobodySignals =
                        Thrown.by(() -> timeout(ms(10), () -> condition.awaitUntil(() -> state == 0)));
                assertThat(nobodySignals).isInstanceOf(AsyncTimeoutException.class);
                assertThat(state).isZero(); // the other one has taken it
                state = -1;
                condition.signalAll();
            });
            await(second);
            assertThat(first.isCancelled()).isTrue();
        });
    }

    @Test
    void scopeIsKnownAgainAfterAWait() {
        TestLoop.run(() -> condition.withLock(() -> {
            createTask(() -> condition.withLock(() -> condition.signal()));
            condition.await();
            assertThat(Thrown.by(() -> lock.acquire())).hasMessageStartingWith("Deadlock: ");
        }));
    }

    @Test
    void longLineIsWokenInTimeThatGrowsWithItsLength() {
        TestLoop.run(() -> {
            int waiters = 20_000;
            for (int i = 0; i < waiters; i++) {
                createTask(() -> awaitAndTell(0));
            }
            sleep(ms(0));
            for (int i = 0; i < waiters; i++) {
                signal(1); // one by one: none looks through those who were woken before
            }
            sleep(ms(1));
            assertThat(trace).hasSize(waiters);
        });
    }
}
