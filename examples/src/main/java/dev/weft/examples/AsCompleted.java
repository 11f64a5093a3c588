package dev.weft.examples;

import static dev.weft.Asyncio.*;
import static dev.weft.examples.Mail.D;
import static dev.weft.examples.Mail.send;

import dev.weft.*;
import java.util.List;

/** Several coroutines at once, taken up in the order in which they end. */
public final class AsCompleted {
    private AsCompleted() {}

    public static void main(String[] args) {
        run(() -> program());
    }

    @Async
    static void program() {
        Stopwatch watch = new Stopwatch();
        List<Coroutine<String>> messages = List.of(
                () -> send("slow", D), // all three start here, in this order
                () -> send("fast", D.dividedBy(4)),
                () -> send("mid", D.dividedBy(2)));
        for (Awaitable<String> next : asCompleted(messages)) {
            System.out.println(await(next) + " after " + watch);
        }
    }
}
