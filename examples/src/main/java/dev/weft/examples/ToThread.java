package dev.weft.examples;

import static dev.weft.Asyncio.*;
import static dev.weft.examples.Mail.D;

import dev.weft.*;

/** Calls that block their thread, moved off the loop's thread: both blocking calls and the sleep take their time together. */
public final class ToThread {
    private ToThread() {}

    public static void main(String[] args) {
        run(() -> program());
    }

    @Async
    static void program() {
        Stopwatch watch = new Stopwatch();
        System.out.println(gather(
                () -> toThread(() -> block("a")), //
                () -> toThread(() -> block("b")),
                () -> pause()));
        System.out.println("elapsed " + watch);
    }

    /** Plain blocking code, as any library may hold it. */
    private static String block(String name) throws InterruptedException {
        Thread.sleep(D.toMillis() / 2);
        return name + " on " + Thread.currentThread().getName();
    }

    @Async
    private static String pause() {
        sleep(D.dividedBy(2));
        return "c on the loop";
    }
}
