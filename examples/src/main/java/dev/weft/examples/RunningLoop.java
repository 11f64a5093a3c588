package dev.weft.examples;

import static dev.weft.Asyncio.*;

import dev.weft.*;

/** Which loop am I on? A question with an answer inside a coroutine or a callback only. */
public final class RunningLoop {
    private RunningLoop() {}

    public static void main(String[] args) {
        try {
            EventLoop.running();
        } catch (IllegalStateException e) {
            System.out.println("outside: " + e.getMessage());
        }
        run(() -> program());
    }

    @Async
    static void program() {
        EventLoop loop = EventLoop.running();
        System.out.println("inside: running " + loop.isRunning() + ", the loop of this task "
                + (currentTask().loop() == loop));
    }
}
