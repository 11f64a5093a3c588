package dev.weft.benchmarks;

import static dev.weft.Asyncio.createTask;
import static dev.weft.Asyncio.run;
import static dev.weft.Asyncio.sleep;

import dev.weft.Async;
import dev.weft.EventLoop;
import java.time.Duration;
import java.util.Locale;

/** Bytes of heap that a task takes while it sleeps. One argument: a {@link Kind}. */
final class ParkedTasks {
    private static final int TASKS = 200_000;
    private static final Duration LONG = Duration.ofHours(1);

    static int sum; // makes the levels need their argument after the sleep

    enum Kind {
        /** The task's coroutine is a method that sleeps and needs one int afterwards. */
        DEPTH_1,

        /** Five such methods, each called by the one before. */
        DEPTH_5,

        /** {@link EventLoop#callLater} with a callback that holds one int. */
        CALLBACK
    }

    private ParkedTasks() {}

    public static void main(String[] args) {
        Kind kind = Kind.valueOf(args[0]);
        double bytes = run(() -> bytesForEach(kind));
        System.out.printf(Locale.ROOT, "| parked, %s | %.1f B |%n", kind, bytes);
    }

    @Async
    private static double bytesForEach(Kind kind) {
        start(kind, 1); // loads what is needed
        sleep(Duration.ofMillis(10));
        long before = usedHeap();
        start(kind, TASKS);
        sleep(Duration.ofMillis(10));
        return (double) (usedHeap() - before) / TASKS;
    }

    private static void start(Kind kind, int count) {
        for (int i = 0; i < count; i++) {
            switch (kind) {
                case DEPTH_1 -> createTask(() -> level5(7));
                case DEPTH_5 -> createTask(() -> level1(7));
                case CALLBACK -> EventLoop.running().callLater(LONG, new Callback(7));
            }
        }
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    @Async
    private static void level1(int x) {
        level2(x);
        sum += x;
    }

    @Async
    private static void level2(int x) {
        level3(x);
        sum += x;
    }

    @Async
    private static void level3(int x) {
        level4(x);
        sum += x;
    }

    @Async
    private static void level4(int x) {
        level5(x);
        sum += x;
    }

    @Async
    private static void level5(int x) {
        sleep(LONG);
        sum += x;
    }

    private record Callback(int x) implements Runnable {
        @Override
        public void run() {
            throw new AssertionError("ran: " + x);
        }
    }
}
