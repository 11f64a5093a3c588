package dev.weft;

import static dev.weft.Asyncio.*;
import static dev.weft.TestLoop.ms;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RaceTest {
    private final List<Object> trace = new ArrayList<>();

    @Async
    private String runner(String name, long millis) {
        try {
            sleep(ms(millis));
            return name;
        } catch (CancelledError e) {
            trace.add(name + " cancelled at " + TestLoop.millis());
            sleep(ms(5));
            trace.add(name + " ended at " + TestLoop.millis());
            throw e;
        }
    }

    @Async
    private static String failing(long millis, Exception failure) throws Exception {
        sleep(ms(millis));
        throw failure;
    }

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
    void theFirstValueWinsAndTheOthersAreCancelledAndAwaited() {
        TestLoop.run(() -> {
            String winner = race(() -> runner("slow", 100), () -> runner("fast", 10));
            assertThat(winner).isEqualTo("fast");
            assertThat(TestLoop.millis()).isEqualTo(15);
            assertThat(allTasks()).hasSize(1);
        });
        assertThat(trace).containsExactly("slow cancelled at 10", "slow ended at 15");
    }

    @Test
    void aFailureIsNoValue() {
        TestLoop.run(() -> assertThat(race(() -> failing(1, new IOException("first")), () -> runner("second", 10)))
                .isEqualTo("second"));
    }

    @Test
    void ifAllFailTheFailuresComeInTheirOrder() {
        IOException disk = new IOException("disk");
        IllegalStateException state = new IllegalStateException("state");
        TestLoop.run(() -> {
            Throwable failure = thrownBy(() -> {
                race(() -> failing(20, disk), () -> failing(10, state));
            });
            assertThat(failure).hasMessage("all contenders of a race have failed (2 sub-exceptions)");
            assertThat(((ExceptionGroup) failure).exceptions()).containsExactly(state, disk);
        });
    }

    @Test
    void cancellationOfTheCallerCancelsAll() {
        TestLoop.run(() -> {
            Task<String> caller = createTask(() -> race(() -> runner("a", 100), () -> runner("b", 200)));
            sleep(ms(10));
            caller.cancel("enough");
            sleep(ms(1));
            caller.cancel("at last");
            sleep(ms(1));
            assertThat(caller.isDone()).isFalse(); // they clean up
            waitUntil(ALL_COMPLETED, caller);
            assertThat(caller.isCancelled()).isTrue();
        });
        assertThat(trace).containsExactly("a cancelled at 10", "b cancelled at 10", "a ended at 15", "b ended at 15");
    }

    @Test
    void aContenderThatIsCancelledHasLost() {
        TestLoop.run(() -> {
            Task<String> favourite = createTask(() -> runner("favourite", 10));
            EventLoop.running().callLater(ms(1), favourite::cancel);
            assertThat(race(favourite, createTask(() -> runner("outsider", 20))))
                    .isEqualTo("outsider");

            Task<String> alone = createTask(() -> runner("alone", 10));
            EventLoop.running().callLater(ms(1), alone::cancel);
            Task<String> spectator = createTask(() -> race(List.of(alone)));
            waitUntil(ALL_COMPLETED, spectator);
            assertThat(spectator.isCancelled()).isTrue();
        });
    }

    @Test
    void valuesThatComeTogether() {
        TestLoop.run(() -> assertThat(race(() -> "first", () -> "second")).isEqualTo("first"));
    }

    @Test
    void futuresAndTasksMayRunToo() {
        TestLoop.run(() -> {
            AsyncFuture<String> never = EventLoop.running().createFuture();
            Task<String> task = createTask(() -> runner("task", 1));
            assertThat(race(List.of(never, task, task))).isEqualTo("task");
            assertThat(never.isCancelled()).isTrue();
        });
    }

    @Test
    void aRaceOfNobodyIsRefused() {
        TestLoop.run(() -> assertThat(thrownBy(() -> {
                    race(List.<Coroutine<String>>of());
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nobody"));
    }
}
