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
        tasks();
        limited();
    }

    /** The tasks themselves, where more than the value is wanted. The loop suspends. */
    @Async
    static void tasks() {
        List<Task<String>> tasks = List.of(
                createTask("slow", () -> send("slow", D)), createTask("fast", () -> send("fast", D.dividedBy(4))));
        for (Task<String> task : asCompletedTasks(tasks)) {
            System.out.println(task.name() + " " + tasks.contains(task) + " " + task.isDone() + " " + task.result());
        }
    }

    /** No longer than a limit: then the loop throws, and what has not ended goes on. */
    @Async
    static void limited() {
        List<Coroutine<String>> messages = List.of(() -> send("slow", D), () -> send("fast", D.dividedBy(4)));
        try {
            for (Task<String> task : asCompletedTasks(messages, D.dividedBy(2))) {
                System.out.println(task.result());
            }
        } catch (AsyncTimeoutException e) {
            System.out.println("no time left");
        }
        sleep(D);
    }
}
