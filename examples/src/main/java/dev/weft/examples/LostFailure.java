package dev.weft.examples;

import static dev.weft.Asyncio.*;

import dev.weft.*;
import java.time.Duration;

/**
 * A task fails and nobody ever asks. The loop tells its exception handler, which by default writes to the log (the JDK's
 * {@code System.Logger}); the program goes on.
 */
public final class LostFailure {
    private LostFailure() {}

    public static void main(String[] args) {
        run(() -> program());
    }

    @Async
    static void program() {
        EventLoop.running()
                .setExceptionHandler(
                        (loop, error) -> System.out.println("handler: " + error.message() + ": " + error.exception()));
        createTask("lost-task", () -> fail()); // whose result nobody keeps: the agent warns of it
        sleep(Duration.ZERO);
        System.out.println("main goes on");
    }

    @Async
    private static void fail() {
        throw new IllegalArgumentException("lost");
    }
}
