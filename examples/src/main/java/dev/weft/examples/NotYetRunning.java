package dev.weft.examples;

import static dev.weft.Asyncio.*;
import static dev.weft.examples.Mail.send;

import dev.weft.*;

/**
 * A coroutine is code that waits to be run, nothing more. Python warns when one is never awaited, since there {@code send("x")} by
 * itself does nothing; here a call is always a call, and only a lambda that nobody runs does nothing.
 */
public final class NotYetRunning {
    private NotYetRunning() {}

    public static void main(String[] args) {
        run(() -> program());
    }

    @Async
    static void program() {
        Coroutine<String> forNobody = () -> send("nobody"); // never printed
        System.out.println("main goes on");

        Coroutine<String> forAnna = () -> send("Anna Herb");
        System.out.println(await(forAnna));
        System.out.println(forAnna.await() + " again"); // unlike Python's, it may run more than once
    }
}
