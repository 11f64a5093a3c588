package dev.weft.examples;

import static dev.weft.Asyncio.*;
import static dev.weft.examples.Mail.D;
import static dev.weft.examples.Mail.send;

import dev.weft.*;
import java.io.IOException;
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
        byType();
    }

    /** Several failures of several types: each is dealt with on its own. */
    @Async
    static void byType() {
        try {
            taskGroup(group -> {
                group.createTask(() -> fail());
                group.createTask(() -> fail());
                group.createTask(() -> unreachable());
            });
        } catch (ExceptionGroup e) {
            ExceptionGroup.Split split = e.split(IOException.class);
            System.out.println("input and output: " + split.matching().exceptions());
            System.out.println("others: " + split.rest().exceptions());
            System.out.println("first: " + e.firstOf(Exception.class).getMessage());
        }
    }

    @Async
    private static void fail() {
        sleep(D.dividedBy(3));
        throw new IllegalArgumentException("boom");
    }

    @Async
    private static void unreachable() throws IOException {
        sleep(D.dividedBy(3));
        throw new IOException("unreachable");
    }
}
