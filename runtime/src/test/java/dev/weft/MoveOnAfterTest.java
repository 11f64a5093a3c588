package dev.weft;

import static dev.weft.Asyncio.*;
import static dev.weft.TestLoop.ms;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A limit after which the caller goes on. */
class MoveOnAfterTest {
    private static final Duration LONG = Duration.ofSeconds(10);

    private final List<Object> trace = new ArrayList<>();

    @Test
    void aBodyThatTakesTooLongIsLeft() {
        TestLoop.run(() -> {
            Timeout limit = moveOnAfter(ms(10), () -> {
                trace.add("begun");
                sleep(LONG);
                trace.add("not reached");
            });
            assertThat(limit.expired()).isTrue();
            assertThat(TestLoop.millis()).isEqualTo(10);
            assertThat(currentTask().cancelling()).isZero();
            sleep(ms(1));
        });
        assertThat(trace).containsExactly("begun");
    }

    @Test
    void aBodyThatEndsInTimeIsLeftAlone() {
        TestLoop.run(() -> {
            assertThat(moveOnAfter(ms(10), () -> sleep(ms(5))).expired()).isFalse();
            assertThat(moveOnAfter(null, () -> sleep(ms(5))).expired()).isFalse();
            sleep(ms(100));
        });
    }

    @Test
    void failuresAndCancellationsFromOutsidePass() {
        TestLoop.run(() -> {
            IllegalStateException failure = new IllegalStateException();
            assertThat(Thrown.by(() -> {
                        moveOnAfter(ms(10), () -> {
                            throw failure;
                        });
                    }))
                    .isSameAs(failure);
            Task<Void> task = createTask(() -> {
                moveOnAfter(ms(10), () -> sleep(LONG));
            });
            sleep(ms(1));
            task.cancel();
            assertThat(Thrown.by(task)).isInstanceOf(CancelledError.class);
        });
    }

    @Test
    void timeoutsWithinPass() {
        TestLoop.run(() -> {
            assertThat(Thrown.by(() -> {
                        moveOnAfter(ms(20), () -> timeout(ms(10), () -> sleep(LONG)));
                    }))
                    .isInstanceOf(AsyncTimeoutException.class);
            Timeout outer = moveOnAfter(ms(10), () -> {
                Timeout inner = moveOnAfter(ms(20), () -> sleep(LONG));
                trace.add(inner);
            });
            assertThat(outer.expired()).isTrue();
        });
        assertThat(trace).isEmpty();
    }

    @Test
    void aBodyMayMoveTheLimit() {
        TestLoop.run(() -> {
            Timeout limit = moveOnAfter(LONG, moved -> {
                moved.reschedule(ms(10));
                sleep(LONG);
            });
            assertThat(limit.expired()).isTrue();
            assertThat(TestLoop.millis()).isEqualTo(10);
        });
    }
}
