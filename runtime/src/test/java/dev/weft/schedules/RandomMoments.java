package dev.weft.schedules;

import static dev.weft.Asyncio.*;

import dev.weft.Async;
import dev.weft.Task;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** Cancels random tasks at random moments: within steps of others, and while all of them wait. */
final class RandomMoments extends Moments {
    private final Random random;
    private final int percentage;

    RandomMoments(Random random) {
        this.random = random;
        percentage = random.nextInt(25);
    }

    @Override
    void moment(List<Task<?>> victims) {
        if (!victims.isEmpty() && random.nextInt(100) < percentage) {
            cancel(victims.get(random.nextInt(victims.size())));
        }
    }

    /** Makes moments, in iterations in which others run and in such in which nobody does. */
    @Async
    void disturb() {
        int rounds = random.nextInt(20);
        for (int i = 0; i < rounds; i++) {
            sleep(Duration.ofMillis(Math.max(0, random.nextInt(6) - 3)));
            here();
        }
    }
}
