package dev.weft.examples;

import static dev.weft.Asyncio.*;
import static dev.weft.examples.Mail.send;

import dev.weft.*;

/** Two messages at the same time: a task runs its coroutine beside the one that created it. */
public final class TwoTasks {
    private TwoTasks() {}

    public static void main(String[] args) {
        run(() -> program());
    }

    @Async
    static void program() {
        Stopwatch watch = new Stopwatch();
        Task<String> first = createTask(() -> send("John Doe"));
        Task<String> second = createTask(() -> send("Anna Herb"));
        // Neither has begun: a task takes its first step when this one lets go of the thread, which is in the next line
        // but one.
        System.out.println("tasks created");
        await(first);
        await(second);
        System.out.println("elapsed " + watch + " " + second.isDone() + " " + first.result());
    }
}
