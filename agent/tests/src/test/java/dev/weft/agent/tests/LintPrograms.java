package dev.weft.agent.tests;

import static dev.weft.Asyncio.*;

import dev.weft.*;
import java.time.Duration;

/** Likely mistakes, marked by a comment in their line, and what looks like them; see {@link LintTest}. */
final class LintPrograms {
    private LintPrograms() {}

    static void main(EventLoop loop) {
        run(() -> {
            createTask(() -> pause()); // dropped task
            loop.createTask(LintPrograms::pause); // dropped task
            later(); // dropped coroutine
            Task<Void> kept = createTask(() -> pause());
            taskGroup(group -> {
                group.createTask(() -> pause());
            });
            await(kept);
        });
    }

    static Coroutine<String> later() {
        return () -> "later";
    }

    @Async
    static void pause() {
        sleep(Duration.ZERO);
    }

    @Async
    static String swallows() {
        try {
            pause();
        } catch (Throwable t) { // swallowed
            return t.toString();
        }
        for (int i = 0; i < 3; i++) {
            try {
                pause();
            } catch (Error e) { // swallowed
                System.out.println(e);
            }
        }
        try {
            pause();
        } catch (IllegalStateException e) {
            throw e;
        } catch (RuntimeException | Error e) { // swallowed
            pause();
        }
        return "";
    }

    @SuppressWarnings("finally")
    @Async
    static String returnsInFinally() {
        try {
            pause();
        } finally {
            return "finally"; // swallowed
        }
    }

    @Async
    static void passesOn() {
        try {
            pause();
        } catch (Exception e) {
            System.out.println(e);
        }
        try {
            pause();
        } catch (Throwable t) {
            if (t instanceof CancelledError) {
                throw t;
            }
            System.out.println(t);
        }
        try {
            pause();
        } catch (CancelledError e) {
            System.out.println("on purpose");
        } catch (Throwable t) {
            System.out.println(t);
        }
        try {
            pause();
        } catch (Throwable t) {
            throw new IllegalStateException(t);
        } finally {
            pause();
        }
        try (AsyncCloseable resource = LintPrograms::pause) {
            pause();
        } catch (Exception e) {
            System.out.println(e);
        }
        try {
            System.out.println("nothing suspends here");
        } catch (Throwable t) {
            System.out.println(t);
        }
        pause();
    }
}
