package dev.weft.agent.tests.debugging;

import static dev.weft.Asyncio.*;

import dev.weft.*;
import java.time.Duration;
import java.util.List;

/** What {@link DebuggingTest} runs under a debugger: it stops at the lines that end with a mark. */
final class DebuggedPrograms {
    private static Object seen = "";

    private final String name = "a name";

    public static void main(String[] args) throws Exception {
        new Plain().callsWithoutALoop();
        run(() -> new DebuggedPrograms().all());
        System.out.println(seen);
    }

    @Async
    private void all() throws Exception {
        DebuggedPrograms programs = new DebuggedPrograms();
        programs.everyKindOfVariable("text", 12L);
        resultAndScopes();
        programs.inALambda("captured");
        inAHandler();
        inALoop();
        notSuspended();
        storedAgain();
        new Greeter() {}.greet("you");
        new Empty().overridden();
        steps();
        edited();
    }

    @Async
    private static String send(String text) {
        sleep(Duration.ZERO);
        return "reply to " + text;
    }

    @Async
    private static String fail(String text) {
        sleep(Duration.ZERO);
        throw new IllegalStateException(text);
    }

    private static void see(Object value) {
        seen = value;
    }

    @Async
    private void everyKindOfVariable(String text, long wide) {
        byte small = 1;
        short little = 2;
        char letter = 'c';
        boolean flag = true;
        int number = 5;
        float single = 1.5f;
        double twice = 2.5;
        int[] array = {1, 2};
        String unread = "unread";
        see(small + little + letter + number + single + twice + unread); // before
        send(text); // suspends
        see(name + wide + flag); // after
        see(text + array.length); // two lines after
    }

    @Async
    private static void resultAndScopes() {
        int outer = 1;
        {
            String inner = "inner";
            String reply = send(inner);
            see(reply + inner); // in a block
        }
        long other = 2;
        send("second");
        see(outer + other); // behind a block
    }

    @Async
    private void inALambda(String captured) throws Exception {
        AsyncFunction<Integer, Object> lambda = number -> {
            String reply = send(captured);
            return name + reply + number + captured; // in a lambda
        };
        see(lambda.apply(7));
    }

    @Async
    private static void inAHandler() {
        String before = "before";
        try {
            String inside = fail("expected");
            see(inside);
        } catch (IllegalStateException e) {
            see(e + before); // in a handler
        } finally {
            see(before); // in a finally block
        }
    }

    @Async
    private static void inALoop() {
        int sum = 0;
        for (int i = 0; i < 3; i++) {
            String reply = send("x" + i); // suspends in a loop
            sum += reply.length(); // in a loop
        }
        see(sum);
    }

    @Async
    private static String notSuspended() {
        String text = "text"; // in a method that never suspends
        return text;
    }

    @Async
    private static void storedAgain() {
        String text = "first";
        see(text);
        send("x");
        see("stale"); // while a variable is stale
        text = "second";
        see(text); // stored again
    }

    @Async
    private static void steps() {
        String text = "text"; // step from here
        see(answer());
        send(text); // suspends after steps
        see(text); // after the steps
    }

    @Async
    private static int answer() {
        return 42;
    }

    @Async
    private static void edited() {
        Edited edited = new Edited();
        String before = edited.text();
        see(before); // before the edit
        String after = edited.text();
        see(after); // after the edit
    }

    static final class Edited {
        private final String name = "someone";

        @Async
        String text() {
            return "as it was";
        }
    }

    interface Greeter {
        @Async
        default void greet(String whom) {
            send(whom);
            see(whom); // in an interface
        }
    }

    /** {@code sleep} is not reached, so that code that was not rewritten may call this. */
    static class Plain {
        void callsWithoutALoop() {
            new Empty().suspendsSometimes(false);
        }
    }

    static final class Empty implements AsyncRunnable {
        @Override
        public void run() {
            see("run"); // in an overrider
        }

        @Async
        void overridden() throws Exception {
            AsyncRunnable runnable = this;
            runnable.run();
        }

        @Async
        void suspendsSometimes(boolean suspending) {
            see(List.of(suspending)); // behind a bridge
            if (suspending) {
                sleep(Duration.ZERO);
            }
        }
    }
}
