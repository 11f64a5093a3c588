package dev.weft.examples;

import static dev.weft.Asyncio.*;
import static dev.weft.examples.Mail.send;

import dev.weft.*;
import java.util.List;

/** Tasks that cannot outlive the block that starts them: {@code taskGroup} ends when its last task has ended. */
public final class TaskGroups {
    private TaskGroups() {}

    public static void main(String[] args) {
        run(() -> program());
    }

    @Async
    static void program() {
        Stopwatch watch = new Stopwatch();
        List<Task<String>> tasks = taskGroup(group -> {
            Task<String> first = group.createTask(() -> send("John Doe"));
            Task<String> second = group.createTask(() -> send("Anna Herb"));
            System.out.println("body done");
            return List.of(first, second); // handed on once both are done
        });
        System.out.println("elapsed " + watch + " " + tasks.get(0).result() + " | "
                + tasks.get(1).result());
    }
}
