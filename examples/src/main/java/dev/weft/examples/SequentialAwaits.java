package dev.weft.examples;

import static dev.weft.Asyncio.*;
import static dev.weft.examples.Mail.send;

import dev.weft.*;

/** One call after the other: calling a suspending method waits for it, so two messages take twice as long as one. */
public final class SequentialAwaits {
    private SequentialAwaits() {}

    /** {@code run} is the way in: it makes a loop, runs the coroutine on it in this thread, and closes the loop. */
    public static void main(String[] args) {
        run(() -> program());
    }

    @Async
    static void program() {
        Stopwatch watch = new Stopwatch();
        send("John Doe");
        send("Anna Herb");
        System.out.println("elapsed " + watch);
    }
}
