package dev.weft.agent.tests;

import static dev.weft.Asyncio.*;

import dev.weft.Async;
import dev.weft.AsyncRunnable;
import dev.weft.CancelledError;
import dev.weft.Task;
import java.io.IOException;
import java.time.Duration;
import sun.misc.Signal;

/** Programs that press Ctrl-C themselves; the argument says which one to run. */
final class InterruptPrograms {
    private static final Duration LONG = Duration.ofMinutes(10);

    private InterruptPrograms() {}

    public static void main(String[] args) throws Exception {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("shutdown hook")));
        switch (args[0]) {
            case "wait" -> run(() -> waiting());
            case "callSoon" -> run(() -> ready());
            case "catch" -> System.out.println(run(() -> catching()));
            case "cancelled" -> report(() -> cancelledAlready());
            case "twice" -> run(() -> ignoring());
            case "handled" -> handled();
            case "otherThread" -> onOtherThread(() -> waiting());
            case "after" -> after();
            default -> throw new IllegalArgumentException(args[0]);
        }
        System.out.println("end of main");
    }

    private static void interrupt() throws IOException {
        new ProcessBuilder("kill", "-INT", Long.toString(ProcessHandle.current().pid())).start();
    }

    @Async
    private static void waiting() throws IOException {
        Task<Void> other = createTask(() -> {
            try {
                sleep(LONG);
            } finally {
                System.out.println("other task cleaned up");
            }
        });
        sleep(Duration.ZERO);
        interrupt();
        try {
            sleep(LONG);
        } finally {
            sleep(Duration.ofMillis(1));
            System.out.println("main task cleaned up, other task " + (other.isDone() ? "done" : "not done"));
        }
    }

    @Async
    private static void ready() throws IOException {
        interrupt();
        while (true) {
            sleep(Duration.ZERO);
        }
    }

    @Async
    private static String catching() throws IOException {
        interrupt();
        try {
            sleep(LONG);
        } catch (CancelledError e) {
            return "caught: " + e.getMessage();
        }
        return "not interrupted";
    }

    @Async
    private static void cancelledAlready() throws IOException {
        interrupt();
        try {
            sleep(LONG);
        } catch (CancelledError e) {
            currentTask().cancel("for another reason");
            sleep(LONG);
        }
    }

    @Async
    private static void ignoring() throws IOException {
        for (int i = 0; ; i++) {
            interrupt();
            try {
                sleep(LONG);
            } catch (CancelledError e) {
                System.out.println("ignored " + i);
            }
        }
    }

    private static void report(AsyncRunnable body) {
        try {
            run(body);
        } catch (CancelledError e) {
            System.out.println("CancelledError: " + e.getMessage());
        }
    }

    private static void handled() throws Exception {
        Object came = new Object();
        Signal.handle(new Signal("INT"), signal -> {
            System.out.println("own handler");
            synchronized (came) {
                came.notifyAll();
            }
        });
        run(() -> {
            toThread(() -> {
                synchronized (came) {
                    interrupt();
                    came.wait();
                }
            });
            System.out.println("main task not cancelled");
        });
    }

    private static void onOtherThread(AsyncRunnable body) throws InterruptedException {
        Thread thread = new Thread(() -> run(body));
        thread.start();
        thread.join();
    }

    private static void after() throws Exception {
        run(() -> sleep(Duration.ZERO));
        interrupt();
        Thread.sleep(LONG.toMillis());
    }
}
