package dev.weft;

import static dev.weft.Asyncio.*;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A program of groups, limits, gathers, races and sleeps, made by a seed. Its tasks fail at random, and one of them is
 * cancelled at a given suspension point.
 */
final class RandomProgram {
    private final Random random;
    private final int cancelledAt; // a number of a suspension point, or 0
    private final boolean ofRoot; // whether the root is cancelled there, or the task that comes to it
    private final List<Task<?>> detached = new ArrayList<>(); // those that nobody waits for
    private Task<?> root;
    private Task<?> victim;
    private int points;
    private boolean recovered;

    RandomProgram(long seed, int cancelledAt) {
        random = new Random(seed);
        ofRoot = new Random(seed + cancelledAt).nextBoolean();
        this.cancelledAt = cancelledAt;
    }

    /** Runs all of it, and gives the task of its outermost part. */
    @Async
    Task<?> complete() {
        root = createTask(() -> part(4));
        waitUntil(ALL_COMPLETED, root);
        for (int i = 0; i < detached.size(); i++) {
            waitUntil(ALL_COMPLETED, detached.get(i));
            observe(detached.get(i));
        }
        return root;
    }

    /** The task that was cancelled, or null. */
    Task<?> victim() {
        return victim;
    }

    /** Whether a failure was caught after the cancellation: it may have come instead of that. */
    boolean recovered() {
        return recovered;
    }

    /** How many suspension points it came to. */
    int points() {
        return points;
    }

    private Duration time() {
        return Duration.ofMillis(random.nextInt(6));
    }

    /** A suspension point. */
    @Async
    private void pause() {
        if (++points == cancelledAt) {
            Task<?> task = ofRoot ? root : currentTask();
            EventLoop.running().callSoon(() -> {
                if (task.cancel("injected")) {
                    victim = task;
                }
            });
        }
        sleep(time());
    }

    @Async
    private void part(int depth) {
        int before = currentTask().cancelling();
        try {
            act(depth);
            checkCancelling(before);
        } catch (Boom | ExceptionGroup | AsyncTimeoutException e) {
            checkCancelling(before);
            if (random.nextInt(3) > 0) {
                throw e;
            }
            recovered |= victim != null;
            pause(); // and goes on
        }
    }

    private static void checkCancelling(int before) {
        if (currentTask().cancelling() < before) {
            throw new AssertionError("somebody else's cancellation was taken back");
        }
    }

    @Async
    private void act(int depth) {
        switch (depth == 0 ? random.nextInt(2) : random.nextInt(14)) {
            case 0 -> pause();
            case 1 -> {
                pause();
                if (random.nextInt(3) == 0) {
                    throw new Boom();
                }
            }
            case 2, 3, 4 -> group(depth - 1);
            case 5 -> timeout(time(), () -> part(depth - 1));
            case 6 -> moveOnAfter(time(), () -> part(depth - 1));
            case 7 -> waitFor(startDetached(depth - 1), time()); // left if cancelled while it cancels
            case 8 -> gatherOutcomes(() -> part(depth - 1), () -> part(depth - 1));
            case 9 -> gather(List.of(startDetached(depth - 1), startDetached(depth - 1)));
            case 10 -> race(List.of(start(depth - 1), start(depth - 1), start(depth - 1)));
            case 11 -> waitForSome(depth - 1);
            case 12 -> shield(startDetached(depth - 1));
            default -> {
                try {
                    part(depth - 1);
                } finally {
                    pause(); // a cleanup that suspends
                }
            }
        }
    }

    @Async
    private void group(int depth) {
        taskGroup(group -> {
            int children = random.nextInt(4);
            for (int i = 0; i < children; i++) {
                group.createTask(TaskOptions.DEFAULT.eager(random.nextBoolean()), () -> member(group, depth));
            }
            if (random.nextInt(8) == 0) {
                group.cancel();
            }
            part(depth);
        });
    }

    @Async
    private void member(TaskGroup group, int depth) {
        part(depth);
        int next = random.nextInt(12);
        if (next == 0) {
            group.cancel();
        } else if (next == 1 && depth > 0) {
            group.createTask(() -> part(depth - 1));
        }
    }

    @Async
    private void waitForSome(int depth) {
        List<Task<Void>> tasks = List.of(startDetached(depth), startDetached(depth));
        if (random.nextBoolean()) {
            ReturnWhen when = ReturnWhen.values()[random.nextInt(3)];
            waitUntil(when, tasks, random.nextBoolean() ? time() : null);
            return;
        }
        AsyncIterator<Task<Void>> ended = asCompletedTasks(tasks, time()).iterator();
        while (ended.hasNext()) {
            observe(ended.next());
        }
    }

    private Task<Void> start(int depth) {
        return createTask(TaskOptions.DEFAULT.eager(random.nextInt(4) == 0), () -> part(depth));
    }

    private Task<Void> startDetached(int depth) {
        Task<Void> task = start(depth);
        detached.add(task);
        return task;
    }

    private static void observe(Task<?> task) {
        if (!task.isCancelled()) {
            task.exception();
        }
    }

    /** A failure that is meant. */
    static final class Boom extends RuntimeException {}
}
