package dev.weft.io;

import static dev.weft.Asyncio.createTask;
import static dev.weft.Asyncio.sleep;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Asyncio;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.ExceptionGroup;
import dev.weft.Task;
import dev.weft.TestLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StaggeredRaceTest {
    private final List<Object> discarded = new ArrayList<>();
    private final List<String> events = new ArrayList<>();

    @Test
    void oneSuccessful() {
        TestLoop.run(() -> assertThat(race(null, after(0, "result"))).isEqualTo("result"));
    }

    @Test
    void firstErrorSecondSuccessful() {
        TestLoop.run(() -> {
            assertThat(race(null, failing(10, "first"), after(10, "second"))).isEqualTo("second");
            assertThat(TestLoop.millis()).isEqualTo(20);
        });
    }

    @Test
    void aFailureStartsTheNextOneBeforeItsTime() {
        TestLoop.run(() -> {
            assertThat(race(TestLoop.ms(100), failing(10, "first"), after(10, "second")))
                    .isEqualTo("second");
            assertThat(TestLoop.millis()).isEqualTo(20);
        });
    }

    @Test
    void firstTimeoutSecondSuccessful() {
        TestLoop.run(() -> {
            assertThat(race(TestLoop.ms(100), after(500, "slow"), after(0, "quick")))
                    .isEqualTo("quick");
            assertThat(TestLoop.millis()).isEqualTo(100);
            assertThat(events).containsExactly("slow starts", "quick starts", "quick", "slow cancelled");
            assertThat(Asyncio.allTasks()).hasSize(1);
        });
    }

    @Test
    void theFirstOneMayWinAfterTheSecondHasBegun() {
        TestLoop.run(() -> {
            assertThat(race(TestLoop.ms(100), after(150, "first"), after(500, "second")))
                    .isEqualTo("first");
            assertThat(TestLoop.millis()).isEqualTo(150);
            assertThat(discarded).isEmpty();
        });
    }

    @Test
    void noneSuccessful() {
        TestLoop.run(() -> {
            List<Coroutine<String>> attempts = List.of(failing(10, "first"), failing(10, "second"));
            assertThat(failures(attempts, null))
                    .extracting(Throwable::getMessage)
                    .containsExactly("first", "second");
        });
    }

    @Test
    void multipleWinners() {
        TestLoop.run(() -> {
            assertThat(race(TestLoop.ms(100), after(200, "first"), after(100, "second")))
                    .isEqualTo("first");
            sleep(Duration.ZERO);
            assertThat(discarded).containsExactly("second");
        });
    }

    @Test
    void cancelled() {
        TestLoop.run(() -> {
            Task<String> race = createTask(() -> race(TestLoop.ms(100), after(500, "first"), after(500, "second")));
            sleep(TestLoop.ms(150));
            race.cancel();
            try {
                Asyncio.await(race);
            } catch (CancelledError e) {
                assertThat(events)
                        .containsExactly("first starts", "second starts", "first cancelled", "second cancelled");
            }
            assertThat(Asyncio.allTasks()).hasSize(1);
        });
    }

    @Test
    void whoIsCancelledWhileTheOthersEndLosesTheValueToo() {
        TestLoop.run(() -> {
            Coroutine<String> stubborn = () -> {
                try {
                    sleep(TestLoop.ms(500));
                } catch (CancelledError e) {
                    sleep(TestLoop.ms(1_000));
                    throw e;
                }
                return "stubborn";
            };
            Task<String> race = createTask(() -> race(TestLoop.ms(100), stubborn, after(0, "winner")));
            sleep(TestLoop.ms(150));
            race.cancel();
            try {
                Asyncio.await(race);
                throw new AssertionError("not cancelled");
            } catch (CancelledError e) {
                assertThat(discarded).containsExactly("winner");
            }
            sleep(TestLoop.ms(2_000));
        });
    }

    @Test
    void anAttemptThatSucceedsThoughItWasCancelledIsDiscarded() {
        TestLoop.run(() -> {
            Coroutine<String> stubborn = () -> {
                try {
                    sleep(TestLoop.ms(500));
                } catch (CancelledError e) {
                    events.add("ignored");
                }
                return "stubborn";
            };
            assertThat(race(TestLoop.ms(100), stubborn, after(0, "winner"))).isEqualTo("winner");
            sleep(Duration.ZERO);
            assertThat(discarded).containsExactly("stubborn");
        });
    }

    private Coroutine<String> after(long millis, String value) {
        return () -> {
            events.add(value + " starts");
            try {
                sleep(TestLoop.ms(millis));
            } catch (CancelledError e) {
                events.add(value + " cancelled");
                throw e;
            }
            events.add(value);
            return value;
        };
    }

    private static Coroutine<String> failing(long millis, String message) {
        return () -> {
            sleep(TestLoop.ms(millis));
            throw new IllegalStateException(message);
        };
    }

    @Async
    @SafeVarargs
    private final String race(@Nullable Duration delay, Coroutine<String>... attempts) {
        return new StaggeredRace<String>(EventLoop.running(), List.of(attempts), delay, discarded::add).run();
    }

    @Async
    private List<Throwable> failures(List<Coroutine<String>> attempts, @Nullable Duration delay) {
        try {
            new StaggeredRace<String>(EventLoop.running(), attempts, delay, discarded::add).run();
            throw new AssertionError("somebody has won");
        } catch (ExceptionGroup e) {
            return e.exceptions();
        }
    }
}
