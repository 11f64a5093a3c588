package dev.weft.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.sync.AsyncCondition;
import dev.weft.sync.AsyncLock;
import java.util.Random;
import java.util.function.BooleanSupplier;

/** Producers and consumers of a stock of limited size, with one signal for each change: none of them is lost. */
final class ConditionScenario extends Scenario {
    private static final int CAPACITY = 2;

    private final AsyncLock lock = new AsyncLock();
    private final AsyncCondition notEmpty = new AsyncCondition(lock);
    private final AsyncCondition notFull = new AsyncCondition(lock);
    private final int tasks;
    private final int operations;
    private int stock;
    private int produced;
    private int consumed;
    private int waitingConsumers;
    private int waitingProducers;
    private int inside;
    private boolean closed;

    ConditionScenario(Moments moments, long seed, int tasks, int operations) {
        super(moments, seed);
        this.tasks = tasks;
        this.operations = operations;
    }

    @Override
    void start() {
        for (int i = 0; i < tasks; i++) {
            spawn(random -> repeat(operations, random, choices -> lock.withLock(() -> consume(choices))));
            spawn(random -> repeat(operations, random, choices -> lock.withLock(() -> produce(choices))));
        }
    }

    @Async
    private void consume(Random random) {
        enter();
        try {
            pause(random);
            waitingConsumers++;
            try {
                awaitThat(notEmpty, () -> stock > 0);
            } finally {
                waitingConsumers--;
            }
            if (!closed) {
                moments.here();
                stock--;
                consumed++;
                notFull.signal();
                pause(random); // others may be signalled, but have to wait for the lock
            }
        } finally {
            inside--;
        }
    }

    @Async
    private void produce(Random random) {
        enter();
        try {
            pause(random);
            waitingProducers++;
            try {
                awaitThat(notFull, () -> stock < CAPACITY);
            } finally {
                waitingProducers--;
            }
            if (!closed) {
                stock++;
                produced++;
                notEmpty.signal();
                pause(random);
            }
        } finally {
            inside--;
        }
    }

    private void enter() {
        assertThat(lock.isLocked()).isTrue();
        assertThat(++inside).as("inside").isEqualTo(1);
    }

    @Async
    private void awaitThat(AsyncCondition condition, BooleanSupplier predicate) {
        while (!closed && !predicate.getAsBoolean()) {
            inside--;
            try {
                condition.await();
            } finally {
                enter(); // whatever the wait has ended with
            }
        }
    }

    @Async
    @Override
    void settle() {
        if (stock > 0) {
            assertThat(waitingConsumers)
                    .as("consumers with a stock of " + stock)
                    .isZero();
        }
        if (stock < CAPACITY) {
            assertThat(waitingProducers)
                    .as("producers with a stock of " + stock)
                    .isZero();
        }
        lock.withLock(() -> {
            closed = true;
            notEmpty.signalAll();
            notFull.signalAll();
        });
    }

    @Override
    void check() {
        assertThat(produced - consumed).isEqualTo(stock).isBetween(0, CAPACITY);
        assertThat(lock).hasToString("<AsyncLock [unlocked]>");
        assertThat(notEmpty).hasToString("<AsyncCondition [unlocked]>");
        assertThat(notFull).hasToString("<AsyncCondition [unlocked]>");
    }

    @Override
    public String toString() {
        return lock + " " + notEmpty + " " + notFull;
    }
}
