package dev.weft.examples;

import static dev.weft.Asyncio.*;
import static dev.weft.examples.Mail.send;

import dev.weft.*;
import java.time.Duration;

/** Cancelling a task, and what a task can be asked. */
public final class CancelAndStatus {
    private CancelAndStatus() {}

    public static void main(String[] args) {
        run(() -> program());
    }

    @Async
    static void program() {
        cancelled();
        cancelledBeforeItStarts();
        finished();
        failed();
    }

    /** A cancellation is a request. It reaches the task as an error at the place where it waits, and is done when the task has ended. */
    @Async
    static void cancelled() {
        Task<String> task = createTask("mailer", () -> send("John Doe"));
        sleep(Duration.ZERO); // one turn of the loop: the task starts
        System.out.println("done " + task.isDone() + ", cancelled " + task.isCancelled());
        System.out.println("cancel() " + task.cancel("why") + ", cancelling " + task.cancelling() + ", cancelled "
                + task.isCancelled());
        try {
            await(task);
        } catch (CancelledError e) { // an Error, so that catch (Exception e) lets it pass
            System.out.println("CancelledError: " + e.getMessage());
        }
        System.out.println(
                "done " + task.isDone() + ", cancelled " + task.isCancelled() + ", cancel() again " + task.cancel());
    }

    @Async
    static void cancelledBeforeItStarts() {
        Task<String> task = createTask(() -> send("nobody")); // never sent
        task.cancel();
        try {
            await(task);
        } catch (CancelledError e) {
            System.out.println("cancelled before start");
        }
    }

    @Async
    static void finished() {
        Task<String> task = createTask(() -> send("y"));
        try {
            task.result(); // does not wait
        } catch (InvalidStateException e) {
            System.out.println("pending: " + e.getMessage());
        }
        await(task);
        System.out.println(task.result() + ", exception " + task.exception());
    }

    @Async
    static void failed() {
        Task<String> task = createTask(() -> {
            throw new IllegalArgumentException("x");
        });
        waitUntil(ALL_COMPLETED, task); // unlike await, does not throw what the task threw
        System.out.println("exception " + task.exception() + ", cancelled " + task.isCancelled());
    }
}
