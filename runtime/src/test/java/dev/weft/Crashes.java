package dev.weft;

import static dev.weft.Asyncio.*;
import static dev.weft.TestLoop.ms;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Coroutines that fail, for the tests of groups. */
final class Crashes {
    static final Duration LONG = Duration.ofSeconds(10);

    private Crashes() {}

    @Async
    static void after(long millis) {
        sleep(ms(millis));
        throw new ArithmeticException();
    }

    /** Fails at its end, whatever that is. */
    @Async
    static void inCleanup() {
        sleepAndThrow(new ArithmeticException());
    }

    /** Sleeps long, and throws when it is cancelled. */
    @Async
    static void sleepAndThrow(Throwable failure) {
        try {
            sleep(LONG);
        } catch (CancelledError e) {
            throw Failures.unchecked(failure);
        }
    }

    /** The types of what a group holds. */
    static List<Class<?>> types(Throwable group) {
        assertThat(group).isInstanceOf(ExceptionGroup.class);
        List<Class<?>> types = new ArrayList<>();
        ((ExceptionGroup) group).exceptions().forEach(failure -> types.add(failure.getClass()));
        return types;
    }

    /** The types of what the only member of a group holds, a group itself. */
    static List<Class<?>> typesWithin(Throwable group) {
        assertThat(types(group)).containsExactly(ExceptionGroup.class);
        return types(((ExceptionGroup) group).exceptions().get(0));
    }
}
