package dev.weft.examples;

import static dev.weft.Asyncio.*;
import static dev.weft.examples.Mail.D;

import dev.weft.*;

/** A context variable: every task has a value of its own, which its calls and the threads that work for it see. */
public final class RequestIds {
    private static final ContextVar<String> REQUEST = ContextVar.withDefault("request", "none");

    private RequestIds() {}

    public static void main(String[] args) {
        run(() -> program());
    }

    @Async
    static void program() {
        taskGroup(group -> {
            for (int i = 1; i <= 2; i++) {
                int id = i;
                group.createTask(() -> handle("r" + id));
            }
        });
        System.out.println("main has " + REQUEST.get());
    }

    @Async
    private static void handle(String id) {
        REQUEST.set(id);
        sleep(D);
        log("after a pause");
        toThread(() -> log("on another thread"));
    }

    private static void log(String text) {
        System.out.println("[" + REQUEST.get() + "] " + text);
    }
}
