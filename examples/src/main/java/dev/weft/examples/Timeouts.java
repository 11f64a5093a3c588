package dev.weft.examples;

import static dev.weft.Asyncio.*;
import static dev.weft.examples.Mail.D;
import static dev.weft.examples.Mail.send;

import dev.weft.*;
import java.time.Duration;

/** Three ways to bound a wait. */
public final class Timeouts {
    private static final Duration SHORT = D.dividedBy(3);

    private Timeouts() {}

    public static void main(String[] args) {
        run(() -> program());
    }

    @Async
    static void program() {
        // A block of code: when its time is up it is cancelled where it waits, and the cancellation becomes a timeout.
        try {
            timeout(SHORT, () -> send("slow"));
        } catch (AsyncTimeoutException e) {
            System.out.println("timeout: " + e.getClass().getSimpleName() + ", caused by "
                    + e.getCause().getClass().getSimpleName());
        }

        // One coroutine or task.
        try {
            waitFor(() -> send("slow2"), SHORT);
        } catch (AsyncTimeoutException e) {
            System.out.println("waitFor: " + e.getClass().getSimpleName());
        }

        // Waiting without cancelling anything: the slower task goes on, and run() ends it.
        Task<String> p = createTask(() -> send("p", SHORT));
        Task<String> q = createTask(() -> send("q"));
        Waited<String> waited = waitUntil(FIRST_COMPLETED, p, q);
        System.out.println(waited.done().size() + " done, " + waited.pending().size() + " pending");
    }
}
