package dev.weft.examples;

import static dev.weft.Asyncio.*;

import dev.weft.*;

/**
 * What a loop refuses while it runs: a second {@code run}, itself once more, another loop in the same thread, being closed. Each would
 * block the thread that all tasks share, so each fails at once and says why. (Python's fifth refusal, {@code asyncio.run(42)}, does
 * not compile here.)
 */
public final class Refusals {
    private Refusals() {}

    public static void main(String[] args) {
        run(() -> program());
    }

    @Async
    static void program() {
        EventLoop loop = EventLoop.running();
        EventLoop other = EventLoop.create();
        refused("run", () -> run(() -> sleepNot()));
        refused("the same loop", () -> loop.runUntilComplete(() -> sleepNot()));
        refused("another loop", () -> other.runUntilComplete(() -> sleepNot()));
        refused("close", loop::close);
        other.close();
    }

    @Async
    private static void sleepNot() {
        System.out.println("never printed");
    }

    private static void refused(String what, Runnable misuse) {
        try {
            misuse.run();
        } catch (IllegalStateException e) {
            System.out.println(what + ": " + e.getMessage());
        }
    }
}
