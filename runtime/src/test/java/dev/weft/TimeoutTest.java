package dev.weft;

import static dev.weft.Asyncio.*;
import static dev.weft.TestLoop.ms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class TimeoutTest {
    private static final Duration LONG = Duration.ofSeconds(10);

    private final List<Object> trace = new ArrayList<>();

    @Test
    void timeoutBasic() {
        TestLoop.run(() -> {
            Timeout[] handle = new Timeout[1];
            Throwable failure = Thrown.by(() -> timeout(ms(10), limit -> {
                handle[0] = limit;
                assertThat(limit.when()).isEqualTo(10_000_000L);
                sleep(LONG);
            }));
            assertThat(failure).isInstanceOf(AsyncTimeoutException.class).hasCauseInstanceOf(CancelledError.class);
            assertThat(handle[0].expired()).isTrue();
            assertThat(handle[0].when()).isEqualTo(10_000_000L);
            assertThat(TestLoop.millis()).isEqualTo(10);
            assertThat(currentTask().cancelling()).isZero();
        });
    }

    @Test
    void timeoutAtBasic() {
        TestLoop.run(() -> {
            sleep(ms(5));
            Timeout[] handle = new Timeout[1];
            Throwable failure = Thrown.by(() -> timeoutAt(10_000_000, limit -> {
                handle[0] = limit;
                sleep(LONG);
            }));
            assertThat(failure).isInstanceOf(AsyncTimeoutException.class);
            assertThat(handle[0].expired()).isTrue();
            assertThat(handle[0].when()).isEqualTo(10_000_000L);
            assertThat(TestLoop.millis()).isEqualTo(10);
        });
    }

    @Test
    void nestedTimeouts() {
        TestLoop.run(() -> {
            Timeout[] handles = new Timeout[2];
            Throwable failure = Thrown.by(() -> timeoutAt(10_000_000, outer -> {
                handles[0] = outer;
                try {
                    timeoutAt(10_000_000, inner -> {
                        handles[1] = inner;
                        sleep(LONG);
                    });
                } catch (CancelledError e) {
                    trace.add("cancelled");
                    throw e;
                }
            }));
            assertThat(failure).isInstanceOf(AsyncTimeoutException.class);
            assertThat(handles[0].expired()).isTrue();
            assertThat(handles[1].expired()).isTrue();
            assertThat(currentTask().cancelling()).isZero();
        });
        assertThat(trace).containsExactly("cancelled");
    }

    @Test
    void waiterCancelled() {
        TestLoop.run(() -> {
            Throwable failure = Thrown.by(() -> timeout(ms(10), () -> {
                try {
                    sleep(LONG);
                } catch (CancelledError e) {
                    trace.add("cancelled");
                    throw e;
                }
            }));
            assertThat(failure).isInstanceOf(AsyncTimeoutException.class);
        });
        assertThat(trace).containsExactly("cancelled");
    }

    @Test
    void timeoutNotCalled() {
        TestLoop.run(() -> {
            Timeout[] handle = new Timeout[1];
            String value = timeout(ms(10), limit -> {
                handle[0] = limit;
                sleep(ms(5));
                return "value";
            });
            assertThat(value).isEqualTo("value");
            assertThat(handle[0].expired()).isFalse();
            assertThat(handle[0].when()).isGreaterThan(EventLoop.running().time());
            sleep(ms(100)); // the timer is gone
        });
    }

    @Test
    void timeoutDisabled() {
        TestLoop.run(() -> {
            Timeout[] handle = new Timeout[1];
            timeout(null, limit -> {
                handle[0] = limit;
                assertThat(limit).hasToString("<Timeout [active] when=never>");
                sleep(LONG);
            });
            assertThat(handle[0].expired()).isFalse();
            assertThat(handle[0].when()).isNull();
            assertThat(TestLoop.millis()).isEqualTo(10_000);
        });
    }

    @Test
    void timeoutZero() {
        TestLoop.run(() -> {
            Throwable failure = Thrown.by(() -> timeout(Duration.ZERO, limit -> {
                trace.add("runs to the first suspension");
                assertThat(limit.when()).isEqualTo(EventLoop.running().time());
                sleep(LONG);
                trace.add("but not further");
            }));
            assertThat(failure).isInstanceOf(AsyncTimeoutException.class);
            assertThat(TestLoop.millis()).isZero();
        });
        assertThat(trace).containsExactly("runs to the first suspension");
    }

    @Test
    void timeoutZeroSleepZero() {
        TestLoop.run(() -> assertThat(Thrown.by(() -> timeout(Duration.ZERO, () -> sleep(Duration.ZERO))))
                .isInstanceOf(AsyncTimeoutException.class));
    }

    @Test
    void timeoutInThePastSleepZero() {
        TestLoop.run(() -> {
            sleep(ms(5));
            assertThat(Thrown.by(() -> timeout(ms(-11), limit -> {
                        assertThat(limit.when()).isLessThan(0);
                        sleep(Duration.ZERO);
                    })))
                    .isInstanceOf(AsyncTimeoutException.class);
            assertThat(Thrown.by(() -> timeoutAt(1, () -> sleep(Duration.ZERO))))
                    .isInstanceOf(AsyncTimeoutException.class);
        });
    }

    @Test
    void foreignExceptionPassed() {
        TestLoop.run(() -> {
            Timeout[] handle = new Timeout[1];
            IllegalStateException failure = new IllegalStateException();
            assertThat(Thrown.by(() -> timeout(ms(10), limit -> {
                        handle[0] = limit;
                        throw failure;
                    })))
                    .isSameAs(failure);
            assertThat(handle[0].expired()).isFalse();
            assertThat(failure.getSuppressed()).isEmpty();
            IOException checked = new IOException();
            assertThat(Thrown.by(() -> timeout(ms(10), () -> {
                        throw checked;
                    })))
                    .isInstanceOf(CompletionException.class)
                    .hasCause(checked);
        });
    }

    @Test
    void foreignExceptionOnTimeout() {
        TestLoop.run(() -> {
            Throwable failure = Thrown.by(() -> timeout(ms(10), () -> {
                try {
                    sleep(LONG);
                } catch (CancelledError e) {
                    throw new IllegalStateException("cleanup", e);
                }
            }));
            assertThat(failure).isInstanceOf(IllegalStateException.class);
            assertThat(failure.getSuppressed())
                    .singleElement()
                    .satisfies(timeout -> assertThat(timeout)
                            .isInstanceOf(AsyncTimeoutException.class)
                            .hasCause(failure.getCause()));
        });
    }

    @Test
    void foreignExceptionOnTimeout2() {
        TestLoop.run(() -> {
            Throwable failure = Thrown.by(() -> timeout(ms(10), () -> {
                try {
                    try {
                        sleep(LONG);
                    } catch (CancelledError e) {
                        throw new IllegalArgumentException("first", e);
                    }
                } catch (IllegalArgumentException e) {
                    throw new IllegalStateException("second", e);
                }
            }));
            assertThat(failure).isInstanceOf(IllegalStateException.class).hasMessage("second");
            assertThat(failure.getSuppressed())
                    .singleElement()
                    .satisfies(timeout -> assertThat(timeout)
                            .isInstanceOf(AsyncTimeoutException.class)
                            .hasCause(failure.getCause().getCause()));
        });
    }

    @Test
    void failureThatHidesTheCancellation() {
        TestLoop.run(() -> {
            Throwable failure = Thrown.by(() -> timeout(ms(10), () -> {
                try {
                    sleep(LONG);
                } finally {
                    cleanUp();
                }
            }));
            assertThat(failure).isInstanceOf(IllegalStateException.class);
            assertThat(failure.getSuppressed()).hasOnlyElementsOfType(AsyncTimeoutException.class);
        });
    }

    private static void cleanUp() {
        throw new IllegalStateException("cleanup");
    }

    @Test
    void timeoutTaskgroup() {
        TestLoop.run(() -> {
            ExceptionGroup group = (ExceptionGroup) Thrown.by(() -> timeout(
                    ms(10),
                    () -> taskGroup(tasks -> {
                        tasks.createTask(() -> {
                            try {
                                sleep(ms(2000)); // interrupted after 10 ms
                            } catch (CancelledError e) {
                                throw new IllegalStateException("cleanup", e);
                            }
                        });
                        sleep(ms(1000));
                    })));
            // The group and what failed because of the timeout tell of it.
            Throwable member = group.exceptions().get(0);
            assertThat(group.getSuppressed()).hasSize(2).startsWith(member);
            assertThat(group.getSuppressed()[1]).isInstanceOf(AsyncTimeoutException.class);
            assertThat(group.exceptions()).hasSize(1);
            assertThat(member).isInstanceOf(IllegalStateException.class).hasCauseInstanceOf(CancelledError.class);
            assertThat(member.getSuppressed())
                    .singleElement()
                    .satisfies(timeout -> assertThat(timeout)
                            .isInstanceOf(AsyncTimeoutException.class)
                            .hasCause(member.getCause()));
            assertThat(currentTask().cancelling()).isZero();
        });
    }

    @Test
    void foreignCancelDoesntTimeoutIfNotExpired() {
        TestLoop.run(() -> {
            Timeout[] handle = new Timeout[1];
            Task<Void> task = createTask(() -> timeout(LONG, limit -> {
                handle[0] = limit;
                currentTask().cancel();
                sleep(LONG);
            }));
            assertThat(Thrown.by(task)).isInstanceOf(CancelledError.class);
            assertThat(task.isCancelled()).isTrue();
            assertThat(handle[0].expired()).isFalse();
        });
    }

    @Test
    void outerTaskIsNotCancelled() {
        TestLoop.run(() -> {
            Task<Void> task = createTask(() -> {
                assertThat(Thrown.by(() -> timeout(ms(10), () -> sleep(LONG))))
                        .isInstanceOf(AsyncTimeoutException.class);
            });
            await(task);
            assertThat(task.isCancelled()).isFalse();
            assertThat(task.isDone()).isTrue();
        });
    }

    @Test
    void nestedTimeoutsConcurrent() {
        try (TestLoop test = new TestLoop()) {
            test.complete(() -> {
                Throwable failure = Thrown.by(() -> timeout(ms(2), () -> {
                    Throwable inner = Thrown.by(() -> timeout(ms(100), () -> {
                        test.time.advance(10_000_000); // the outer one is due now
                        sleep(LONG);
                    }));
                    trace.add(inner.getClass());
                    throw Failures.unchecked(inner);
                }));
                trace.add(failure.getClass());
                assertThat(currentTask().cancelling()).isZero();
            });
        }
        assertThat(trace).containsExactly(CancelledError.class, AsyncTimeoutException.class);
    }

    @Test
    void nestedTimeoutsThatAreDueTogether() {
        try (TestLoop test = new TestLoop()) {
            test.complete(() -> {
                Throwable failure = Thrown.by(() -> timeout(ms(2), () -> {
                    try {
                        timeout(ms(1), () -> {
                            test.time.advance(10_000_000); // both are due now
                            sleep(LONG);
                        });
                    } catch (CancelledError e) {
                        trace.add(e.getClass());
                        throw e;
                    }
                }));
                trace.add(failure.getClass());
                assertThat(currentTask().cancelling()).isZero();
            });
        }
        assertThat(trace).containsExactly(CancelledError.class, AsyncTimeoutException.class);
    }

    @Test
    void nestedTimeoutInFinally() {
        TestLoop.run(() -> {
            Throwable outer = Thrown.by(() -> timeout(ms(10), () -> {
                try {
                    sleep(ms(1000));
                } finally {
                    trace.add(
                            Thrown.by(() -> timeout(ms(10), () -> sleep(LONG))).getClass());
                }
            }));
            assertThat(outer).isInstanceOf(AsyncTimeoutException.class).hasCauseInstanceOf(CancelledError.class);
            assertThat(TestLoop.millis()).isEqualTo(20);
        });
        assertThat(trace).containsExactly(AsyncTimeoutException.class);
    }

    @Test
    void reschedule() {
        TestLoop.run(() -> {
            AsyncFuture<Timeout> entered = EventLoop.running().createFuture();
            Task<Void> task = createTask(() -> timeoutAt(10_000_000_000L, limit -> {
                entered.setResult(limit);
                sleep(Duration.ofSeconds(50));
            }));
            Timeout limit = await(entered);
            assertThat(limit.when()).isEqualTo(10_000_000_000L);
            limit.rescheduleAt(30_000_000_000L);
            assertThat(limit.when()).isEqualTo(30_000_000_000L);
            limit.rescheduleAt(null);
            assertThat(limit.when()).isNull();
            task.cancel();
            assertThat(Thrown.by(task)).isInstanceOf(CancelledError.class);
            assertThat(limit.expired()).isFalse();
        });
    }

    @Test
    void rescheduleToEarlierLaterAndNever() {
        TestLoop.run(() -> {
            Throwable failure = Thrown.by(() -> timeout(LONG, limit -> {
                limit.reschedule(ms(10));
                assertThat(limit.when()).isEqualTo(10_000_000L);
                sleep(ms(5));
                limit.reschedule(ms(20));
                sleep(ms(15));
                limit.reschedule(null);
                sleep(ms(100));
                limit.rescheduleAt(130_000_000L);
                sleep(LONG);
            }));
            assertThat(failure).isInstanceOf(AsyncTimeoutException.class);
            assertThat(TestLoop.millis()).isEqualTo(130);
        });
    }

    @Test
    void rescheduleIntoThePast() {
        TestLoop.run(() -> {
            sleep(ms(5));
            Throwable failure = Thrown.by(() -> timeout(LONG, limit -> {
                limit.rescheduleAt(0L);
                trace.add("runs to the next suspension");
                sleep(LONG);
            }));
            assertThat(failure).isInstanceOf(AsyncTimeoutException.class);
            assertThat(TestLoop.millis()).isEqualTo(5);
        });
        assertThat(trace).containsExactly("runs to the next suspension");
    }

    @Test
    void timeoutAfterCancellation() {
        TestLoop.run(() -> {
            Task<Void> task = createTask(() -> {
                try {
                    currentTask().cancel();
                    sleep(ms(1000));
                } catch (CancelledError e) {
                    // goes on
                } finally {
                    trace.add(Thrown.by(() -> timeout(Duration.ZERO, () -> sleep(ms(1000))))
                            .getClass());
                }
            });
            await(task);
        });
        assertThat(trace).containsExactly(AsyncTimeoutException.class);
    }

    @Test
    void cancelInTimeoutAfterCancellation() {
        TestLoop.run(() -> {
            Task<Void> task = createTask(() -> {
                try {
                    currentTask().cancel();
                    sleep(ms(1000));
                } catch (CancelledError e) {
                    // goes on
                } finally {
                    trace.add(Thrown.by(() -> timeout(ms(1000), () -> {
                                currentTask().cancel();
                                sleep(ms(2000));
                            }))
                            .getClass());
                }
            });
            await(task);
            assertThat(TestLoop.millis()).isZero();
        });
        assertThat(trace).containsExactly(CancelledError.class);
    }

    @Test
    void timeoutFinished() {
        TestLoop.run(() -> {
            Timeout[] kept = new Timeout[1];
            timeout(ms(10), limit -> {
                kept[0] = limit;
            });
            assertThatThrownBy(() -> kept[0].reschedule(ms(20)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Cannot change state of finished Timeout");
        });
    }

    @Test
    void timeoutExpired() {
        TestLoop.run(() -> {
            Timeout[] kept = new Timeout[1];
            Throwable failure = Thrown.by(() -> timeout(ms(10), limit -> {
                kept[0] = limit;
                sleep(ms(1000));
            }));
            assertThat(failure).isInstanceOf(AsyncTimeoutException.class);
            assertThatThrownBy(() -> kept[0].reschedule(ms(20)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Cannot change state of expired Timeout");
        });
    }

    @Test
    void timeoutExpiring() {
        TestLoop.run(() -> timeout(ms(10), limit -> {
            assertThat(Thrown.by(() -> sleep(ms(1000)))).isInstanceOf(CancelledError.class);
            assertThat(limit.expired()).isTrue();
            assertThatThrownBy(() -> limit.reschedule(ms(20)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Cannot change state of expiring Timeout");
        }));
    }

    @Test
    void timeoutWithoutTask() {
        try (TestLoop test = new TestLoop()) {
            test.loop.callSoon(() -> timeout(ms(10), () -> {}));
            test.iterate(1);
            assertThat(test.errors)
                    .singleElement()
                    .satisfies(error -> assertThat(error.exception())
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("No task runs here"));
        }
    }

    @Test
    void reprActive() {
        TestLoop.run(() -> timeout(LONG, limit -> {
            assertThat(limit).hasToString("<Timeout [active] when=10.000>");
        }));
    }

    @Test
    void reprExpired() {
        TestLoop.run(() -> {
            Timeout[] kept = new Timeout[1];
            assertThat(Thrown.by(() -> timeout(ms(10), limit -> {
                        kept[0] = limit;
                        sleep(LONG);
                    })))
                    .isInstanceOf(AsyncTimeoutException.class);
            assertThat(kept[0]).hasToString("<Timeout [expired]>");
        });
    }

    @Test
    void reprFinished() {
        TestLoop.run(() -> {
            Timeout[] kept = new Timeout[1];
            timeout(LONG, limit -> {
                kept[0] = limit;
                sleep(Duration.ZERO);
            });
            assertThat(kept[0]).hasToString("<Timeout [finished]>");
        });
    }

    @Test
    void nestedTimeoutsLoopBusy() {
        try (TestLoop test = new TestLoop()) {
            test.complete(() -> {
                Throwable failure = Thrown.by(() -> timeout(ms(100), () -> {
                    Throwable inner = Thrown.by(() -> timeout(ms(10), () -> {
                        test.time.advance(20_000_000);
                        sleep(Duration.ofMillis(10));
                    }));
                    trace.add(inner.getClass());
                    sleep(LONG);
                }));
                trace.add(failure.getClass());
                trace.add(TestLoop.millis());
            });
        }
        assertThat(trace).containsExactly(AsyncTimeoutException.class, AsyncTimeoutException.class, 100L);
    }

    @Test
    void timeoutThatTheBodySwallows() {
        TestLoop.run(() -> {
            String value = timeout(ms(10), () -> {
                try {
                    sleep(LONG);
                } catch (CancelledError e) {
                    return "swallowed";
                }
                return "slept";
            });
            assertThat(value).isEqualTo("swallowed");
            assertThat(currentTask().cancelling()).isZero();
            sleep(ms(1));
        });
    }
}
