package dev.weft;

import static dev.weft.Asyncio.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A stack trace shows the callers that are suspended, under the names that people gave them. */
class AsyncTraceTest {
    @Test
    void callersOfAResumedCallAreInTheTraceAndTheLoopIsNot() {
        Throwable thrown = catchThrowable(() -> run(() -> outer(true)));

        assertThat(methods(thrown)).startsWith("plain", "inner", "outer");
        assertThat(Arrays.toString(thrown.getStackTrace())).doesNotContain("$resume", "weft$dispatch", "Engine");
    }

    @Test
    void everyLineIsTheOneOfItsCall() {
        StackTraceElement[] resumed =
                catchThrowable(() -> run(() -> outer(true))).getStackTrace();
        StackTraceElement[] straight =
                catchThrowable(() -> run(() -> outer(false))).getStackTrace();

        for (int i = 0; i < 3; i++) {
            assertThat(resumed[i].getLineNumber()).isEqualTo(straight[i].getLineNumber());
        }
    }

    @Test
    void aTraceIsCompletedOnceHoweverOftenItIsThrownOn() {
        Throwable thrown = catchThrowable(() -> run(() -> rethrowing()));

        assertThat(methods(thrown)).containsOnlyOnce("inner", "outer", "rethrowing");
    }

    @Async
    private static int rethrowing() {
        try {
            return outer(true);
        } catch (IllegalStateException e) {
            sleep(Duration.ZERO);
            throw e;
        }
    }

    @Async
    private static int outer(boolean suspended) {
        return inner(suspended) + 1;
    }

    @Async
    private static int inner(boolean suspended) {
        if (suspended) {
            sleep(Duration.ZERO);
        }
        return plain();
    }

    private static int plain() {
        throw new IllegalStateException("thrown by plain code");
    }

    private static List<String> methods(Throwable thrown) {
        return Arrays.stream(thrown.getStackTrace())
                .map(StackTraceElement::getMethodName)
                .toList();
    }
}
