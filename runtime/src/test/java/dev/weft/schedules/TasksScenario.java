package dev.weft.schedules;

import static dev.weft.Asyncio.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.AsyncTimeoutException;
import dev.weft.Awaitable;
import dev.weft.CancelledError;
import dev.weft.ExceptionGroup;
import dev.weft.Task;
import dev.weft.TestLoop;
import dev.weft.Waited;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Tasks that wait for tasks in all ways that there are: each of them ends, and those that wait for all of them do so. */
final class TasksScenario extends Scenario {
    private final int tasks;
    private final int depth;
    private int running; // bodies that have begun and not ended

    TasksScenario(Moments moments, long seed, int tasks, int depth) {
        super(moments, seed);
        this.tasks = tasks;
        this.depth = depth;
    }

    @Override
    void start() {
        for (int i = 0; i < tasks; i++) {
            spawn(random -> node(random.nextLong(), depth));
        }
    }

    @Async
    private int node(long seed, int depth) {
        Random random = new Random(seed);
        running++;
        try {
            act(random, depth);
            return depth;
        } catch (Boom | ExceptionGroup | AsyncTimeoutException e) {
            moments.here();
            if (random.nextInt(3) > 0) {
                throw e;
            }
            pause(random);
            return -depth;
        } catch (CancelledError e) {
            moments.here();
            if (random.nextInt(4) > 0) {
                throw e;
            }
            pause(random); // and goes on
            return -depth;
        } finally {
            running--;
        }
    }

    private Task<Integer> child(Random random, int depth) {
        long seed = random.nextLong();
        return createTask(() -> node(seed, depth - 1));
    }

    private List<Task<Integer>> children(Random random, int depth) {
        List<Task<Integer>> children = new ArrayList<>();
        int number = 1 + random.nextInt(3);
        for (int i = 0; i < number; i++) {
            children.add(child(random, depth));
        }
        return children;
    }

    private static Duration limit(Random random) {
        return TestLoop.ms(random.nextInt(6));
    }

    @Async
    private void act(Random random, int depth) {
        switch (random.nextInt(depth == 0 ? 2 : 12)) {
            case 0 -> {
                pause(random);
                if (random.nextInt(3) == 0) {
                    throw new Boom();
                }
            }
            case 1 -> pause(random);
            case 2 -> await(child(random, depth));
            case 3 -> {
                Task<Integer> child = child(random, depth);
                try {
                    waitFor(child, limit(random));
                } finally {
                    assertThat(child.isDone()).as("%s after waitFor", child).isTrue();
                }
            }
            case 4 -> gather(children(random, depth));
            case 5 -> {
                List<Task<Integer>> children = children(random, depth);
                try {
                    assertThat(gatherOutcomes(children)).hasSameSizeAs(children);
                } finally {
                    assertThat(children).as("after gatherOutcomes").allMatch(Task::isDone);
                }
            }
            case 6 -> shield(child(random, depth));
            case 7 -> firstOf(random, depth);
            case 8 -> inOrderOfCompletion(random, depth);
            case 9 -> waits(random, depth);
            case 10 -> timeout(limit(random), () -> act(random, depth - 1));
            default ->
                taskGroup(group -> {
                    long seed = random.nextLong();
                    group.createTask(() -> node(seed, depth - 1));
                    act(random, depth - 1);
                });
        }
    }

    @Async
    private void firstOf(Random random, int depth) {
        List<Task<Integer>> contenders = children(random, depth);
        try {
            race(contenders);
        } finally {
            assertThat(contenders).as("after the race").allMatch(Task::isDone);
        }
    }

    @Async
    private void inOrderOfCompletion(Random random, int depth) {
        int results = 0;
        List<Task<Integer>> children = children(random, depth);
        Duration limit = random.nextBoolean() ? limit(random) : null;
        try {
            if (random.nextBoolean()) {
                for (Task<Integer> next : asCompletedTasks(children, limit)) {
                    assertThat(children).contains(next);
                    assertThat(next.isDone()).isTrue();
                    moments.here();
                    results++;
                }
                return;
            }
            for (Awaitable<Integer> next : asCompleted(children, limit)) {
                try {
                    await(next);
                } catch (Boom | ExceptionGroup e) {
                    moments.here();
                }
                results++;
            }
            assertThat(results).isEqualTo(children.size());
        } finally {
            children.forEach(Task::cancel);
        }
    }

    @Async
    private void waits(Random random, int depth) {
        List<Task<Integer>> children = children(random, depth);
        Waited<Integer> waited = waitUntil(
                random.nextBoolean() ? FIRST_COMPLETED : FIRST_EXCEPTION,
                children,
                random.nextBoolean() ? limit(random) : null);
        assertThat(waited.done()).allMatch(Task::isDone);
        assertThat(waited.done().size() + waited.pending().size()).isEqualTo(children.size());
        waited.pending().forEach(Task::cancel);
        if (!waited.pending().isEmpty()) {
            waitUntil(ALL_COMPLETED, waited.pending());
            assertThat(children).as("after waitUntil").allMatch(Task::isDone);
        }
    }

    @Override
    boolean mayFailWith(Throwable failure) {
        if (failure instanceof ExceptionGroup group) {
            return group.exceptions().stream().allMatch(this::mayFailWith);
        }
        return failure instanceof Boom || failure instanceof AsyncTimeoutException;
    }

    @Override
    boolean isTolerated(String message) { // of what gather, shield and waits leave alone
        return message.equals("Task exception was never retrieved")
                || message.endsWith(" exception in shielded future");
    }

    @Override
    void check() {
        assertThat(running).isZero();
    }

    @Override
    public String toString() {
        return running + " running";
    }
}
