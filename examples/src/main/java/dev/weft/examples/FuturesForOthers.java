package dev.weft.examples;

import static dev.weft.Asyncio.*;
import static dev.weft.examples.Mail.send;

import dev.weft.*;
import java.util.concurrent.CompletableFuture;

/** An {@code @Async} method that returns a future may be called by code that knows nothing of coroutines. */
public final class FuturesForOthers {
    private FuturesForOthers() {}

    @Async
    static CompletableFuture<String> correspond(String name) {
        String first = send(name);
        String second = send(name + " again");
        return CompletableFuture.completedFuture(first + ", " + second);
    }

    /** Plain Java. */
    public static void main(String[] args) {
        String length = correspond("Anna")
                .thenApply(String::length)
                .thenApply(n -> n + " letters")
                .join();
        System.out.println(length);
        run(() -> System.out.println(await(correspond("Bob"))));
    }
}
