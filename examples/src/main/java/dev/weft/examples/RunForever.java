package dev.weft.examples;

import static dev.weft.Asyncio.*;
import static dev.weft.examples.Mail.D;

import dev.weft.*;

/** A loop that runs until somebody stops it. {@code stop} ends the current iteration; closing is a step of its own. */
public final class RunForever {
    private RunForever() {}

    public static void main(String[] args) {
        EventLoop loop = EventLoop.create();
        Task<Void> ticking = loop.createTask(() -> tick(loop));
        loop.runForever();
        System.out.println("runForever returned; closed: " + loop.isClosed());
        loop.close();
        System.out.println("closed: " + loop.isClosed());
    }

    @Async
    private static void tick(EventLoop loop) {
        for (int i = 0; i < 3; i++) {
            System.out.println("tick " + i);
            sleep(D.dividedBy(6));
        }
        loop.stop();
        System.out.println("stop() called, loop still finishing this iteration");
    }
}
