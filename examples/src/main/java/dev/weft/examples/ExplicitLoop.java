package dev.weft.examples;

import static dev.weft.examples.Mail.send;

import dev.weft.*;

/** What {@code run} does, by hand: make a loop, run one coroutine on it to its end, close it. */
public final class ExplicitLoop {
    private ExplicitLoop() {}

    public static void main(String[] args) {
        EventLoop loop = EventLoop.create();
        try {
            String reply = loop.runUntilComplete(() -> send("John Doe"));
            System.out.println(reply + " " + loop.isRunning() + " " + loop.isClosed());
        } finally {
            loop.close();
        }
        System.out.println(loop.isClosed());

        try {
            loop.runUntilComplete(() -> send("Anna Herb"));
        } catch (IllegalStateException e) {
            System.out.println("refused: " + e.getMessage());
        }
    }
}
