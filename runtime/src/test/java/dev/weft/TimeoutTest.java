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

    @Async
    private static Throwable thrownBy(AsyncRunnable body) {
        try {
            body.run();
        } catch (Throwable failure) {
            return failure;
        }
        throw new AssertionError("nothing was thrown");
    }

    @Test
    void timeoutBasic() {
        TestLoop.run(() -> {
            Timeout[] handle = new Timeout[1];
            Throwable failure = thrownBy(() -> timeout(ms(10), limit -> {
                handle[0] = limit;
                assertThat(limit.when()).isEqualTo(10_000_000L);
                assertThat(limit).hasToString("<Timeout [active] when=0.010>");
                sleep(LONG);
            }));
            assertThat(failure).isInstanceOf(AsyncTimeoutException.class).hasCauseInstanceOf(CancelledError.class);
            assertThat(handle[0].expired()).isTrue();
            assertThat(handle[0].when()).isEqualTo(10_000_000L);
            assertThat(handle[0]).hasToString("<Timeout [expired]>");
            assertThat(TestLoop.millis()).isEqualTo(10);
            assertThat(currentTask().cancelling()).isZero();
        });
    }

    @Test
    void timeoutAtBasic() {
        TestLoop.run(() -> {
            sleep(ms(5));
            Throwable failure = thrownBy(() -> timeoutAt(10_000_000, () -> sleep(LONG)));
            assertThat(failure).isInstanceOf(AsyncTimeoutException.class);
            assertThat(TestLoop.millis()).isEqualTo(10);
        });
    }

    @Test
    void valueWithinTheTime() {
        TestLoop.run(() -> {
            String value = timeout(ms(10), () -> {
                sleep(ms(5));
                return "value";
            });
            assertThat(value).isEqualTo("value");
            sleep(ms(100)); // the timer is gone
        });
    }

    @Test
    void nestedTimeouts() {
        TestLoop.run(() -> {
            Timeout[] handles = new Timeout[2];
            Throwable failure = thrownBy(() -> timeout(ms(10), outer -> {
                handles[0] = outer;
                Throwable inner = thrownBy(() -> timeout(ms(10), limit -> {
                    handles[1] = limit;
                    sleep(LONG);
                }));
                trace.add(inner.getClass());
                throw new CompletionException(inner);
            }));
            assertThat(handles[0].expired()).isTrue();
            assertThat(handles[1].expired()).isTrue();
            assertThat(failure).isInstanceOf(CompletionException.class);
        });
        assertThat(trace).containsExactly(CancelledError.class);
        TestLoop.run(() -> {
            Throwable failure = thrownBy(() -> timeout(ms(10), () -> timeout(ms(10), () -> sleep(LONG))));
            assertThat(failure).isInstanceOf(AsyncTimeoutException.class);
            assertThat(currentTask().cancelling()).isZero();
        });
    }

    @Test
    void timeoutZero() {
        TestLoop.run(() -> {
            Throwable failure = thrownBy(() -> timeout(Duration.ZERO, () -> {
                trace.add("runs to the first suspension");
                sleep(LONG);
                trace.add("but not further");
            }));
            assertThat(failure).isInstanceOf(AsyncTimeoutException.class);
            assertThat(TestLoop.millis()).isZero();
        });
        assertThat(trace).containsExactly("runs to the first suspension");
    }

    @Test
    void timeoutInThePastSleepZero() {
        TestLoop.run(() -> {
            sleep(ms(5));
            assertThat(thrownBy(() -> timeoutAt(1, () -> sleep(Duration.ZERO))))
                    .isInstanceOf(AsyncTimeoutException.class);
        });
    }

    @Test
    void timeoutDisabled() {
        TestLoop.run(() -> {
            timeout(null, limit -> {
                assertThat(limit.when()).isNull();
                sleep(LONG);
                assertThat(limit.expired()).isFalse();
            });
            assertThat(TestLoop.millis()).isEqualTo(10_000);
        });
    }

    @Test
    void foreignExceptionPassed() {
        TestLoop.run(() -> {
            IllegalStateException failure = new IllegalStateException();
            assertThat(thrownBy(() -> timeout(ms(10), () -> {
                        throw failure;
                    })))
                    .isSameAs(failure);
            IOException checked = new IOException();
            assertThat(thrownBy(() -> timeout(ms(10), () -> {
                        throw checked;
                    })))
                    .isInstanceOf(CompletionException.class)
                    .hasCause(checked);
        });
    }

    @Test
    void foreignExceptionOnTimeout() {
        TestLoop.run(() -> {
            Throwable failure = thrownBy(() -> timeout(ms(10), () -> {
                try {
                    sleep(LONG);
                } finally {
                    cleanUp();
                }
            }));
            assertThat(failure).isInstanceOf(IllegalStateException.class);
            assertThat(failure.getSuppressed()).hasAtLeastOneElementOfType(AsyncTimeoutException.class);
        });
    }

    private static void cleanUp() {
        throw new IllegalStateException("cleanup");
    }

    @Test
    void foreignCancelDoesntTimeoutIfNotExpired() {
        TestLoop.run(() -> {
            Throwable failure = thrownBy(() -> timeout(ms(10), () -> {
                throw new CancelledError("foreign");
            }));
            assertThat(failure).isInstanceOf(CancelledError.class);
        });
    }

    @Test
    void outerTaskIsNotCancelled() {
        TestLoop.run(() -> {
            Task<Void> task = createTask(() -> {
                assertThat(thrownBy(() -> timeout(ms(10), () -> sleep(LONG)))).isNotNull();
            });
            await(task);
            assertThat(task.isCancelled()).isFalse();
        });
    }

    @Test
    void nestedTimeoutsConcurrent() {
        try (TestLoop test = new TestLoop()) {
            test.complete(() -> {
                Throwable failure = thrownBy(() -> timeout(ms(2), () -> {
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
    void nestedTimeoutsLoopBusy() {
        try (TestLoop test = new TestLoop()) {
            test.complete(() -> {
                Throwable failure = thrownBy(() -> timeout(ms(100), () -> {
                    Throwable inner = thrownBy(() -> timeout(ms(10), () -> {
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
    void reschedule() {
        TestLoop.run(() -> {
            Throwable failure = thrownBy(() -> timeout(LONG, limit -> {
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
    void timeoutAfterCancellation() {
        TestLoop.run(() -> {
            Task<Void> task = createTask(() -> {
                try {
                    sleep(LONG);
                } catch (CancelledError e) {
                    trace.add(thrownBy(() -> timeout(ms(10), () -> sleep(LONG))).getClass());
                }
            });
            sleep(ms(1));
            task.cancel();
            await(task);
        });
        assertThat(trace).containsExactly(AsyncTimeoutException.class);
    }

    @Test
    void cancelInTimeoutAfterCancellation() {
        TestLoop.run(() -> {
            Task<Void> task = createTask(() -> {
                try {
                    sleep(LONG);
                } catch (CancelledError e) {
                    timeout(ms(10), () -> {
                        currentTask().cancel();
                        sleep(LONG);
                    });
                }
            });
            sleep(ms(1));
            task.cancel();
            waitUntil(ALL_COMPLETED, task);
            assertThat(task.isCancelled()).isTrue();
            assertThat(TestLoop.millis()).isEqualTo(1);
        });
    }

    @Test
    void timeoutStates() {
        TestLoop.run(() -> {
            Timeout[] kept = new Timeout[1];
            timeout(ms(10), limit -> {
                kept[0] = limit;
            });
            assertThatThrownBy(() -> kept[0].reschedule(ms(1)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Cannot change state of finished Timeout");
            thrownBy(() -> timeout(ms(10), limit -> {
                kept[0] = limit;
                try {
                    sleep(LONG);
                } catch (CancelledError e) {
                    assertThatThrownBy(() -> limit.reschedule(ms(1)))
                            .hasMessageContaining("Cannot change state of expiring Timeout");
                    throw e;
                }
            }));
            assertThatThrownBy(() -> kept[0].reschedule(ms(1)))
                    .hasMessageContaining("Cannot change state of expired Timeout");
        });
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
