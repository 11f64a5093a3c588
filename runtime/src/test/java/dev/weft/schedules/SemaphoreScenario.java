package dev.weft.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.sync.AsyncSemaphore;
import dev.weft.sync.Held;
import java.util.Random;

/** Tasks that share permits: there are never more of them, nor less, and they go in the order in which they were asked for. */
final class SemaphoreScenario extends Scenario {
    private final int permits;
    private final AsyncSemaphore semaphore;
    private final int tasks;
    private final int operations;
    private int tickets; // one is drawn whenever somebody asks
    private int latest; // ticket that got a permit
    private int inside;

    SemaphoreScenario(Moments moments, long seed, int tasks, int operations) {
        super(moments, seed);
        this.tasks = tasks;
        this.operations = operations;
        permits = 1 + random.nextInt(3);
        semaphore = AsyncSemaphore.bounded(permits);
    }

    @Override
    void start() {
        for (int i = 0; i < tasks; i++) {
            spawn(random -> repeat(operations, random, choices -> use(choices)));
        }
    }

    @Async
    private void use(Random random) {
        int ticket = ++tickets;
        switch (random.nextInt(4)) {
            case 0 -> semaphore.withPermit(() -> stay(ticket, random));
            case 1 -> {
                try (Held held = semaphore.hold()) {
                    stay(ticket, random);
                }
            }
            case 2 -> {
                semaphore.acquire();
                try {
                    stay(ticket, random);
                } finally {
                    moments.here();
                    semaphore.release();
                    moments.here();
                }
            }
            default -> {
                if (semaphore.tryAcquire()) {
                    moments.here();
                    semaphore.release();
                }
            }
        }
    }

    @Async
    private void stay(int ticket, Random random) {
        assertThat(ticket).as("turn").isGreaterThan(latest);
        latest = ticket;
        assertThat(++inside).isLessThanOrEqualTo(permits);
        try {
            pause(random);
        } finally {
            inside--;
        }
    }

    @Override
    void check() {
        assertThat(semaphore).hasToString("<AsyncSemaphore [unlocked, value:" + permits + "]>");
    }

    @Override
    public String toString() {
        return semaphore.toString();
    }
}
