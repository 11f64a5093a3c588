package dev.weft.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.sync.AsyncBarrier;
import dev.weft.sync.BrokenBarrierException;
import java.util.Random;

/** Tasks that meet at a barrier, which some reset or abort: whoever is missing, those who wait do so rightly. */
final class BarrierScenario extends Scenario {
    private static final int PARTIES = 3;

    private final AsyncBarrier barrier = new AsyncBarrier(PARTIES);
    private final int tasks;
    private final int operations;
    private int inside;
    private boolean over;

    BarrierScenario(Moments moments, long seed, int tasks, int operations) {
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
        switch (over ? -1 : random.nextInt(12)) {
            case -1 -> {}
            case 0 -> barrier.reset();
            case 1 -> {
                barrier.abort();
                pause(random);
                barrier.reset();
            }
            default -> meet();
        }
    }

    @Async
    private void meet() {
        inside++;
        try {
            assertThat(barrier.await()).isBetween(0, PARTIES - 1);
        } catch (BrokenBarrierException e) {
            moments.here();
        } finally {
            inside--;
        }
    }

    @Async
    @Override
    void settle() {
        if (barrier.isBroken()) {
            assertThat(inside).as("inside a broken barrier").isZero();
        } else {
            assertThat(inside).as("inside").isLessThan(PARTIES);
            assertThat(barrier).hasToString("<AsyncBarrier [filling, waiters:" + inside + "/" + PARTIES + "]>");
        }
        over = true; // nobody resets it any more
        barrier.abort();
    }

    @Override
    void check() {
        assertThat(inside).isZero();
        assertThat(barrier).hasToString("<AsyncBarrier [broken]>");
    }

    @Override
    public String toString() {
        return barrier.toString();
    }
}
