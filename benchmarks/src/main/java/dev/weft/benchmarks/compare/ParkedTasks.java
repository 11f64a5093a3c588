package dev.weft.benchmarks.compare;

import static dev.weft.Asyncio.createTask;
import static dev.weft.Asyncio.run;
import static dev.weft.Asyncio.sleep;

import dev.weft.Async;
import dev.weft.EventLoop;
import dev.weft.Task;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Bytes of heap that a task takes while it sleeps, below as many calls as is said; each call needs an int afterwards. A
 * program of its own, with two arguments: the contender and the depth, 1 or 5. It prints both and the figure.
 */
public final class ParkedTasks {
    private static final int TASKS = 200_000;
    private static final int WARM_UP = 100;
    private static final Heap HEAP = new Heap();
    private static final Duration LONG = Duration.ofHours(1);

    static int sum; // makes the levels need their argument after the sleep

    private static Object[] started = {}; // held, so that no collection takes what is not counted

    private ParkedTasks() {}

    public static void main(String[] args) throws InterruptedException {
        String contender = args[0];
        int depth = Integer.parseInt(args[1]);
        if (depth != 1 && depth != 5) {
            throw new IllegalArgumentException("The depth is 1 or 5, not " + depth + ".");
        }
        switch (contender) {
            case "weft" -> run(() -> weft(depth));
            case "callbacks" -> run(() -> callbacks());
            case "kotlin" -> KotlinParked.park(TASKS, depth, HEAP::begin, HEAP::end);
            case "virtualThreads" -> virtualThreads(depth);
            case "completableFuture" -> completableFuture(depth);
            case "eaAsync" -> eaAsync(depth);
            default -> throw new IllegalArgumentException("There is no contender " + contender + ".");
        }
        System.out.printf(Locale.ROOT, "%s %d %.1f%n", contender, depth, (double) HEAP.growth() / TASKS);
        System.exit(0); // what sleeps, sleeps on
    }

    @Async
    private static void weft(int depth) {
        Task<?>[] tasks = new Task<?>[TASKS]; // not counted: it is there before
        started = tasks;
        startTasks(tasks, 1, depth);
        sleep(Duration.ofMillis(10));
        HEAP.begin();
        startTasks(tasks, TASKS, depth);
        sleep(Duration.ofMillis(10));
        HEAP.end();
    }

    private static void startTasks(Task<?>[] tasks, int count, int depth) {
        for (int i = 0; i < count; i++) {
            tasks[i] = depth == 1 ? createTask(() -> level5(7)) : createTask(() -> level1(7));
        }
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

    /** Of any depth: callbacks have no callers. */
    @Async
    private static void callbacks() {
        startCallbacks(1);
        sleep(Duration.ofMillis(10));
        HEAP.begin();
        startCallbacks(TASKS);
        sleep(Duration.ofMillis(10));
        HEAP.end();
    }

    private static void startCallbacks(int count) {
        for (int i = 0; i < count; i++) {
            EventLoop.running().callLater(LONG, new Callback(7));
        }
    }

    private record Callback(int x) implements Runnable {
        @Override
        public void run() {
            sum += x;
        }
    }

    private static void virtualThreads(int depth) throws InterruptedException {
        new VirtualThreads().check();
        Thread[] threads = new Thread[TASKS];
        started = threads;
        for (int i = 0; i < WARM_UP; i++) { // the frames of interpreted code are larger
            startThreads(threads, 1000, depth, 1);
            for (int k = 0; k < 1000; k++) {
                threads[k].join();
            }
        }
        HEAP.begin();
        startThreads(threads, TASKS, depth, LONG.toMillis());
        for (Thread thread : threads) {
            while (thread.getState() != Thread.State.TIMED_WAITING) {
                Thread.sleep(1);
            }
        }
        HEAP.end();
    }

    private static void startThreads(Thread[] threads, int count, int depth, long millis) {
        for (int i = 0; i < count; i++) {
            threads[i] = VirtualThreads.start(() -> sleepInThread(depth, 7, millis));
        }
    }

    private static void sleepInThread(int depth, int x, long millis) {
        if (depth > 1) {
            sleepInThread(depth - 1, x, millis);
        } else {
            VirtualThreads.sleep(millis);
        }
        sum += x;
    }

    private static void completableFuture(int depth) {
        startStages(1, depth);
        HEAP.begin();
        startStages(TASKS, depth);
        HEAP.end();
    }

    private static void startStages(int count, int depth) {
        for (int i = 0; i < count; i++) {
            sleepByStages(depth, 7);
        }
    }

    private static CompletableFuture<Void> sleepByStages(int depth, int x) {
        CompletableFuture<Void> called = depth > 1 ? sleepByStages(depth - 1, x) : sleepingStage();
        return called.thenAccept(nothing -> sum += x);
    }

    private static void eaAsync(int depth) {
        startRewrittenStages(1, depth);
        HEAP.begin();
        startRewrittenStages(TASKS, depth);
        HEAP.end();
    }

    private static void startRewrittenStages(int count, int depth) {
        for (int i = 0; i < count; i++) {
            EaParked.sleep(ParkedTasks::sleepingStage, depth, 7);
        }
    }

    private static CompletableFuture<Void> sleepingStage() {
        return new CompletableFuture<Void>().completeOnTimeout(null, LONG.toMillis(), TimeUnit.MILLISECONDS);
    }
}
