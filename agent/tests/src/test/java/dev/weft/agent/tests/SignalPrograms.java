package dev.weft.agent.tests;

import static dev.weft.Asyncio.*;

import dev.weft.Async;
import dev.weft.EventLoop;
import dev.weft.io.StandardInput;
import dev.weft.sync.AsyncEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Programs that send signals to themselves; the argument says which one to run. */
final class SignalPrograms {
    private static final Duration LONG = Duration.ofMinutes(10);

    private SignalPrograms() {}

    public static void main(String[] args) throws Exception {
        switch (args[0]) {
            case "callbacks" -> run(() -> callbacks());
            case "failure" -> run(() -> failure());
            case "terminate" -> run(() -> terminate());
            case "closed" -> closed();
            case "removed" -> run(() -> removed());
            case "loops" -> loops();
            case "refused" -> run(() -> refuse(List.of("KILL", "STOP", "SEGV", "QUIT", "USR2", "nothing")));
            case "term" -> run(() -> refuse(List.of("TERM")));
            case "input" -> input();
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    private static void send(String signal) throws IOException {
        new ProcessBuilder(
                        "kill",
                        "-" + signal,
                        Long.toString(ProcessHandle.current().pid()))
                .start();
    }

    @Async
    private static void callbacks() throws IOException {
        EventLoop loop = EventLoop.running();
        AsyncEvent came = new AsyncEvent();
        int[] count = new int[1];
        loop.onSignal("USR1", () -> {
            System.out.println("USR1 on " + Thread.currentThread().getName() + ", " + ++count[0]);
            came.set();
        });
        loop.onSignal("sighup", () -> {
            System.out.println("HUP, " + ++count[0]);
            came.set();
        });
        for (String signal : List.of("USR1", "HUP")) {
            send(signal);
            came.await();
            came.clear();
        }
        loop.onSignal("SIGUSR1", () -> {
            System.out.println("USR1 replaced, " + ++count[0]);
            came.set();
        });
        send("USR1");
        came.await();
        System.out.println(loop.removeSignalHandler("USR1"));
        System.out.println(loop.removeSignalHandler("USR1"));
    }

    @Async
    private static void failure() throws IOException {
        EventLoop loop = EventLoop.running();
        AsyncEvent came = new AsyncEvent();
        loop.setExceptionHandler((source, error) -> {
            System.out.println(error.exception() + " in " + error.source());
            came.set();
        });
        loop.onSignal("USR1", () -> {
            throw new IllegalStateException("boom");
        });
        send("USR1");
        came.await();
    }

    @Async
    private static void terminate() throws IOException {
        AsyncEvent asked = new AsyncEvent();
        EventLoop.running().onSignal("TERM", asked::set);
        send("TERM");
        asked.await();
        System.out.println("asked to end");
        System.out.println("end of main");
    }

    @Async
    private static void handleInterrupt() throws IOException {
        AsyncEvent came = new AsyncEvent();
        EventLoop.running().onSignal("INT", came::set);
        send("INT");
        came.await();
        System.out.println("INT handled");
    }

    private static void closed() throws Exception {
        run(() -> handleInterrupt());
        send("INT");
        Thread.sleep(LONG.toMillis());
    }

    @Async
    private static void removed() throws IOException {
        handleInterrupt();
        EventLoop.running().removeSignalHandler("INT");
        send("INT");
        try {
            sleep(LONG);
        } finally {
            System.out.println("cancelled");
        }
    }

    private static void loops() {
        try (EventLoop first = EventLoop.create()) {
            AsyncEvent asked = new AsyncEvent();
            first.onSignal("USR1", () -> {
                System.out.println("first");
                asked.set();
            });
            try (EventLoop second = EventLoop.create()) {
                AsyncEvent alsoAsked = new AsyncEvent();
                second.onSignal("USR1", () -> {
                    System.out.println("second");
                    alsoAsked.set();
                });
                second.runUntilComplete(() -> {
                    send("USR1");
                    alsoAsked.await();
                });
            }
            first.runUntilComplete(() -> {
                send("USR1");
                asked.await();
            });
        }
    }

    private static void refuse(List<String> signals) {
        for (String signal : signals) {
            try {
                EventLoop.running().onSignal(signal, () -> {});
                System.out.println(signal + " was taken");
            } catch (IllegalArgumentException | UnsupportedOperationException e) {
                System.out.println(e.getClass().getSimpleName() + ": " + e.getMessage());
            }
        }
    }

    private static void input() {
        run(() -> {
            System.out.println("first loop: " + StandardInput.reader().readLine());
        });
        run(() -> {
            for (String line : StandardInput.reader().lines()) {
                System.out.println("second loop: " + line);
            }
        });
    }
}
