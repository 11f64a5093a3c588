package dev.weft.sync;

import static dev.weft.Asyncio.*;
import static dev.weft.TestLoop.ms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.weft.Async;
import dev.weft.AsyncFuture;
import dev.weft.AsyncTimeoutException;
import dev.weft.CancelledError;
import dev.weft.EventLoop;
import dev.weft.Task;
import dev.weft.TestLoop;
import dev.weft.Thrown;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class AsyncLockTest {
    private final AsyncLock lock = new AsyncLock();
    private final List<Object> trace = new ArrayList<>();

    @Async
    private void acquireAndTell(Object name) {
        lock.acquire();
        trace.add(name);
    }

    @Test
    void repr() {
        TestLoop.run(() -> {
            assertThat(lock).hasToString("<AsyncLock [unlocked]>");
            lock.acquire();
            assertThat(lock).hasToString("<AsyncLock [locked]>");
            createTask(() -> acquireAndTell(1));
            sleep(ms(0));
            assertThat(lock).hasToString("<AsyncLock [locked, waiters:1]>");
            lock.release();
            assertThat(lock).hasToString("<AsyncLock [unlocked, waiters:1]>");
            sleep(ms(0));
            assertThat(lock).hasToString("<AsyncLock [locked]>");
        });
    }

    @Test
    void acquire() {
        TestLoop.run(() -> {
            lock.acquire();
            Task<Void> first = createTask(() -> acquireAndTell(1));
            Task<Void> second = createTask(() -> acquireAndTell(2));

            sleep(ms(0));
            assertThat(trace).isEmpty();

            lock.release();
            sleep(ms(0));
            assertThat(trace).containsExactly(1);

            sleep(ms(0));
            assertThat(trace).containsExactly(1);

            Task<Void> third = createTask(() -> acquireAndTell(3));

            lock.release();
            sleep(ms(0));
            assertThat(trace).containsExactly(1, 2);

            lock.release();
            sleep(ms(0));
            assertThat(trace).containsExactly(1, 2, 3);
            assertThat(List.of(first, second, third)).allMatch(Task::isDone);
        });
    }

    @Test
    void acquireCancel() {
        TestLoop.run(() -> {
            lock.acquire();
            Task<Void> task = createTask(() -> lock.acquire());
            EventLoop.running().callSoon(task::cancel);
            assertThat(Thrown.by(() -> await(task))).isInstanceOf(CancelledError.class);
            assertThat(lock).hasToString("<AsyncLock [locked]>");
        });
    }

    @Test
    void cancelRace() {
        TestLoop.run(() -> {
            AsyncFuture<Void> blocker = EventLoop.running().createFuture();
            Task<Void> a = createTask(() -> lock.withLock(() -> blocker.await()));
            sleep(ms(0));
            assertThat(lock.isLocked()).isTrue();
            Task<Void> b = createTask(() -> lock.withLock(() -> {}));
            sleep(ms(0));
            Task<Void> c = createTask(() -> lock.withLock(() -> {}));
            sleep(ms(0));
            assertThat(lock).hasToString("<AsyncLock [locked, waiters:2]>");

            blocker.setResult(null);
            b.cancel();
            sleep(ms(0));
            assertThat(lock.isLocked()).isFalse();
            assertThat(a.isDone()).isTrue();
            assertThat(b.isCancelled()).isTrue();
            await(c);
        });
    }

    @Test
    void cancelReleaseRace() {
        TestLoop.run(() -> {
            lock.acquire();
            Task<Void> first = createTask(() -> acquireAndTell(1));
            Task<Void> second = createTask(() -> acquireAndTell(2));
            Task<Void> third = createTask(() -> acquireAndTell(3));
            sleep(ms(0));
            EventLoop.running().callSoon(() -> {
                first.cancel();
                lock.release();
            });
            assertThat(Thrown.by(() -> await(first))).isInstanceOf(CancelledError.class);
            assertThat(trace).containsExactly(2);
            assertThat(first.isCancelled()).isTrue();
            assertThat(second.isDone()).isTrue();

            third.cancel();
            sleep(ms(0));
            assertThat(third.isCancelled()).isTrue();
        });
    }

    @Test
    void finishedWaiterCancelled() {
        TestLoop.run(() -> {
            lock.acquire();
            Task<Void> b = createTask(() -> lock.acquire());
            sleep(ms(0));
            assertThat(lock).hasToString("<AsyncLock [locked, waiters:1]>");

            Task<Void> c = createTask(() -> lock.acquire());
            b.cancel();
            lock.release();
            sleep(ms(0));
            assertThat(lock.isLocked()).isTrue();
            assertThat(b.isCancelled()).isTrue();
            await(c);
        });
    }

    @Test
    void wokenWaiterThatIsCancelledPassesItsTurnOn() {
        TestLoop.run(() -> {
            lock.acquire();
            Task<Void> first = createTask(() -> acquireAndTell(1));
            Task<Void> second = createTask(() -> acquireAndTell(2));
            sleep(ms(0));
            lock.release();
            first.cancel(); // it is on its way already
            await(second);
            assertThat(first.isCancelled()).isTrue();
            assertThat(trace).containsExactly(2);
        });
    }

    @Test
    void releaseNotAcquired() {
        assertThatIllegalStateException()
                .isThrownBy(lock::release)
                .withMessageStartingWith("Lock is not acquired: <AsyncLock [unlocked]>. Release it once");
    }

    @Test
    void releaseNoWaiters() {
        TestLoop.run(() -> {
            lock.acquire();
            assertThat(lock.isLocked()).isTrue();
            lock.release();
            assertThat(lock.isLocked()).isFalse();
        });
    }

    @Test
    void contextManager() {
        TestLoop.run(() -> {
            assertThat(lock.isLocked()).isFalse();
            lock.withLock(() -> assertThat(lock.isLocked()).isTrue());
            assertThat(lock.isLocked()).isFalse();
            int value = lock.withLock(() -> sleep(ms(1), 42));
            assertThat(value).isEqualTo(42);
            try (Held held = lock.hold()) {
                assertThat(lock.isLocked()).isTrue();
                sleep(ms(1));
                held.close(); // once more is no error
            }
            assertThat(lock.isLocked()).isFalse();
        });
    }

    @Test
    void lockIsReleasedWhateverTheBodyThrows() {
        TestLoop.run(() -> {
            Throwable failure = Thrown.by(() -> lock.withLock(() -> {
                sleep(ms(1));
                throw new java.io.IOException("boom");
            }));
            assertThat(failure).isInstanceOf(CompletionException.class).hasRootCauseMessage("boom");
            assertThat(lock.isLocked()).isFalse();

            Task<Void> cancelled = createTask(() -> lock.withLock(() -> sleep(ms(10))));
            sleep(ms(1));
            assertThat(lock.isLocked()).isTrue();
            cancelled.cancel();
            sleep(ms(0));
            assertThat(lock.isLocked()).isFalse();
        });
    }

    @Test
    void newcomerDoesNotOvertakeAWokenWaiter() {
        TestLoop.run(() -> {
            lock.acquire();
            Task<Void> first = createTask(() -> acquireAndTell("waiter"));
            sleep(ms(0));
            lock.release();
            assertThat(lock.isLocked()).isFalse();
            assertThat(lock.tryAcquire()).isFalse();
            Task<Void> second = createTask(() -> acquireAndTell("newcomer"));
            await(first);
            lock.release();
            await(second);
            assertThat(trace).containsExactly("waiter", "newcomer");
        });
    }

    @Test
    void newcomerNeedNotWaitForCancelledWaiters() {
        TestLoop.run(() -> {
            lock.acquire();
            Task<Void> waiter = createTask(() -> acquireAndTell("waiter"));
            sleep(ms(0));
            waiter.cancel();
            lock.release();
            assertThat(lock.tryAcquire()).isTrue();
            sleep(ms(0));
            assertThat(lock).hasToString("<AsyncLock [locked]>");
        });
    }

    @Test
    void anotherTaskMayReleaseIt() {
        TestLoop.run(() -> {
            lock.acquire();
            createTask(() -> lock.release());
            lock.acquire(); // no deadlock: another task will release it
            assertThat(lock.isLocked()).isTrue();
        });
    }

    @Test
    void waitForALockThatTheTaskHoldsItselfIsRefused() {
        TestLoop.run(() -> {
            currentTask().setName("clerk");
            String message = "Deadlock: <Task pending name='clerk'";
            lock.withLock(() -> {
                assertThat(Thrown.by(() -> lock.withLock(() -> {})))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageStartingWith(message)
                        .hasMessageContaining(" holds <AsyncLock [locked]> already")
                        .hasMessageEndingWith("acquire it once, and let the code within rely on that.");
                assertThat(Thrown.by(() -> lock.acquire())).hasMessageStartingWith(message);
                assertThat(Thrown.by(() -> lock.hold())).hasMessageStartingWith(message);
            });
            try (Held held = lock.hold()) {
                assertThat(Thrown.by(() -> lock.acquire())).hasMessageStartingWith(message);
                Task<Void> other = createTask(() -> lock.acquire()); // not its own: it just waits
                assertThat(Thrown.by(() -> waitFor(other, ms(1)))).isInstanceOf(AsyncTimeoutException.class);
            }
            assertThat(lock).hasToString("<AsyncLock [unlocked]>");
        });
    }

    @Test
    void lockThatIsReleasedWithinItsScopeMayBeAcquiredAgain() {
        TestLoop.run(() -> lock.withLock(() -> {
            lock.release();
            sleep(ms(1));
            lock.acquire();
            createTask(() -> lock.release());
            lock.acquire();
        }));
        assertThat(lock.isLocked()).isFalse();
    }

    @Test
    void ambiguousLoops() {
        TestLoop.run(() -> {
            lock.acquire();
            createTask(() -> lock.acquire());
            sleep(ms(0));
            lock.release();
            sleep(ms(0));
        });
        TestLoop.run(() -> assertThat(Thrown.by(() -> lock.acquire()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("<AsyncLock [locked]> is bound to a different event loop: <EventLoop")
                .hasMessageEndingWith("Make one for each loop."));
        assertThat(lock).hasToString("<AsyncLock [locked]>");
    }

    @Test
    void outsideOfALoopItCanBeTakenButNotWaitedFor() {
        assertThat(lock.tryAcquire()).isTrue();
        assertThat(catchThrowable(lock::acquire))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("no running event loop");
        lock.release();
    }

    @Test
    void waitInAPlainCallbackIsRefusedAndLeavesNobodyInLine() {
        TestLoop.run(() -> {
            lock.acquire();
            EventLoop.running().callSoon(() -> trace.add(catchThrowable(lock::acquire)));
            sleep(ms(0));
            assertThat(trace).singleElement().isInstanceOf(IllegalStateException.class);
            assertThat(lock).hasToString("<AsyncLock [locked]>");
        });
    }
}
