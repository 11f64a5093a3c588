package dev.weft.examples.http;

import static dev.weft.Asyncio.timeout;

import dev.weft.*;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletionException;

/** Time limits for what a peer does: whoever takes too long gets a 408. */
final class Deadline {
    private Deadline() {}

    /** Runs {@code body}, whose {@link IOException} arrives as it is. */
    @Async
    static <T> T within(Duration limit, Coroutine<T> body) throws IOException {
        try {
            return timeout(limit, body);
        } catch (AsyncTimeoutException e) {
            throw new HttpException(408, "It took longer than " + limit.toSeconds() + " s");
        } catch (CompletionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw e;
        }
    }

    @Async
    static void within(Duration limit, AsyncRunnable body) throws IOException {
        within(limit, (Coroutine<Boolean>) () -> {
            body.run();
            return true;
        });
    }
}
