package dev.weft.examples;

import static dev.weft.Asyncio.*;
import static dev.weft.examples.Mail.D;
import static dev.weft.examples.Mail.send;

import dev.weft.*;
import java.util.ArrayList;
import java.util.List;

/** One task of a group fails: the others are cancelled, and the group throws what failed once all have ended. */
public final class FailingGroup {
    private FailingGroup() {}

    public static void main(String[] args) {
        run(() -> program());
    }

    @Async
    static void program() {
        List<Task<String>> siblings = new ArrayList<>();
        try {
            taskGroup(group -> {
                siblings.add(group.createTask(() -> send("John Doe")));
                group.createTask(() -> fail());
            });
        } catch (ExceptionGroup e) {
            System.out.println(e.getMessage());
            System.out.println(
                    e.exceptions() + " sibling cancelled: " + siblings.get(0).isCancelled());
        }
    }

    @Async
    private static void fail() {
        sleep(D.dividedBy(3));
        throw new IllegalArgumentException("boom");
    }
}
