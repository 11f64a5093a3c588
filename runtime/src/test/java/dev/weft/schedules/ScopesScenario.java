package dev.weft.schedules;

import static dev.weft.Asyncio.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.AsyncTimeoutException;
import dev.weft.ExceptionGroup;
import dev.weft.Task;
import dev.weft.TaskOptions;
import dev.weft.TestLoop;
import dev.weft.sync.AsyncLock;
import dev.weft.sync.AsyncSemaphore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Groups and timeouts within each other, which share a lock and a semaphore: no scope is left before its tasks have ended,
 * each takes back the cancellations that it requested itself, and none swallows those of others.
 */
final class ScopesScenario extends Scenario {
    private final AsyncLock lock = new AsyncLock();
    private final AsyncSemaphore semaphore = AsyncSemaphore.bounded(2);
    private final List<Task<Void>> roots = new ArrayList<>();
    private final int tasks;
    private final int depth;

    ScopesScenario(Moments moments, long seed, int tasks, int depth) {
        super(moments, seed);
        this.tasks = tasks;
        this.depth = depth;
    }

    @Override
    void start() {
        for (int i = 0; i < tasks; i++) {
            roots.add(spawn(random -> {
                node(random.nextLong(), depth);
                for (Task<?> task : allTasks()) {
                    assertThat(task.name()).doesNotStartWith(currentTask().name() + ".");
                }
            }));
        }
    }

    /** Does something, and goes on after some of its failures. */
    @Async
    private void node(long seed, int depth) {
        Random random = new Random(seed);
        Task<?> self = currentTask();
        int before = self.cancelling();
        try {
            act(random, depth);
        } catch (Boom | ExceptionGroup | AsyncTimeoutException e) {
            assertThat(self.cancelling()).isGreaterThanOrEqualTo(before);
            moments.here();
            if (random.nextInt(3) > 0) {
                throw e;
            }
            pause(random);
        }
        assertThat(self.cancelling()).isGreaterThanOrEqualTo(before);
    }

    @Async
    private void act(Random random, int depth) {
        int choice = random.nextInt(depth == 0 ? 4 : 10);
        switch (choice) {
            case 0 -> {
                pause(random);
                if (random.nextInt(3) == 0) {
                    throw new Boom();
                }
            }
            case 1 -> pause(random);
            case 2 -> lock.withLock(() -> pause(random));
            case 3 -> semaphore.withPermit(() -> pause(random));
            case 4, 5, 6 -> group(random, depth);
            case 7 -> timeout(limit(random), () -> node(random.nextLong(), depth - 1));
            case 8 -> waitFor(() -> node(random.nextLong(), depth - 1), limit(random));
            default -> {
                try {
                    node(random.nextLong(), depth - 1);
                } finally {
                    pause(random); // a cleanup that suspends
                }
            }
        }
    }

    private static Duration limit(Random random) {
        return TestLoop.ms(random.nextInt(6));
    }

    @Async
    private void group(Random random, int depth) {
        String name = currentTask().name();
        List<Task<Void>> children = new ArrayList<>();
        try {
            taskGroup(group -> {
                int number = random.nextInt(4);
                for (int i = 0; i < number; i++) {
                    long seed = random.nextLong();
                    TaskOptions options = TaskOptions.named(name + "." + i).eager(random.nextInt(4) == 0);
                    try {
                        children.add(group.createTask(options, () -> node(seed, depth - 1)));
                    } catch (IllegalStateException e) {
                        assertThat(e).hasMessageContaining("is shutting down"); // an eager one has failed already
                    }
                    moments.here();
                }
                if (random.nextInt(8) == 0) {
                    group.cancel();
                }
                node(random.nextLong(), depth - 1);
            });
        } finally {
            assertThat(children).allMatch(Task::isDone);
        }
    }

    @Override
    boolean mayFailWith(Throwable failure) {
        return failure instanceof Boom || failure instanceof AsyncTimeoutException || isGroup(failure);
    }

    private boolean isGroup(Throwable failure) {
        return failure instanceof ExceptionGroup group
                && group.exceptions().stream().allMatch(this::mayFailWith);
    }

    @Override
    void check() {
        for (Task<Void> root : roots) {
            assertThat(root.cancelling()).as("requests left").isEqualTo(moments.requests(root));
            if (moments.hasInterrupted(root)) {
                assertThat(root.isCancelled() || root.exception() instanceof ExceptionGroup)
                        .as("%s does not swallow its cancellation", root)
                        .isTrue();
            }
        }
        assertThat(lock).hasToString("<AsyncLock [unlocked]>");
        assertThat(semaphore).hasToString("<AsyncSemaphore [unlocked, value:2]>");
    }

    @Override
    public String toString() {
        return lock + " " + semaphore;
    }
}
