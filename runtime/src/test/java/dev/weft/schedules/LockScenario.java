package dev.weft.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.sync.AsyncLock;
import dev.weft.sync.Held;
import java.util.Random;

/** Tasks that share a lock: one has it at a time, in the order in which they asked. */
final class LockScenario extends Scenario {
    private final AsyncLock lock = new AsyncLock();
    private final int tasks;
    private final int operations;
    private int tickets; // one is drawn whenever somebody asks
    private int latest; // ticket that got the lock
    private int inside;

    LockScenario(Moments moments, long seed, int tasks, int operations) {
        super(moments, seed);
        this.tasks = tasks;
        this.operations = operations;
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
            case 0 -> lock.withLock(() -> stay(ticket, random));
            case 1 -> {
                try (Held held = lock.hold()) {
                    stay(ticket, random);
                }
            }
            case 2 -> {
                lock.acquire();
                try {
                    stay(ticket, random);
                } finally {
                    moments.here();
                    lock.release();
                    moments.here();
                }
            }
            default -> {
                if (lock.tryAcquire()) {
                    moments.here();
                    lock.release();
                }
            }
        }
    }

    @Async
    private void stay(int ticket, Random random) {
        assertThat(ticket).as("turn").isGreaterThan(latest);
        latest = ticket;
        assertThat(++inside).isEqualTo(1);
        try {
            pause(random);
            assertThat(lock.isLocked()).isTrue();
        } finally {
            inside--;
        }
    }

    @Override
    void check() {
        assertThat(lock).hasToString("<AsyncLock [unlocked]>");
    }

    @Override
    public String toString() {
        return lock.toString();
    }
}
