package dev.weft.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.schedules.NumberedMoments.Cancellation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Small programs, played once to count their moments: between two jobs of the loop, and between two operations within a
 * step. Then they are played again for each moment and each task that lives then, with that task cancelled there; and for
 * pairs of such cancellations. {@code -Dweft.schedules} sets how many pairs.
 */
class EveryMomentTest {
    private static final int PROGRAMS = 3; // of each kind

    /** The loop reports each job to it. */
    private final Handler afterEachJob = new Handler() {
        @Override
        public void publish(LogRecord report) {
            jobs++;
            moments.here();
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private final Logger log = Logger.getLogger("dev.weft");
    private NumberedMoments moments = new NumberedMoments();
    private int jobs;

    @BeforeEach
    void listen() {
        log.setUseParentHandlers(false);
        log.addHandler(afterEachJob);
    }

    @AfterEach
    void stopListening() {
        assertThat(jobs).as("reported jobs").isPositive();
        log.removeHandler(afterEachJob);
        log.setUseParentHandlers(true);
    }

    private NumberedMoments play(Schedules.Maker maker, long seed, Cancellation... planned) {
        moments = new NumberedMoments(planned);
        try {
            maker.make(moments, seed).play();
        } catch (Throwable failure) {
            throw new AssertionError("seed " + seed + " with " + List.of(planned), failure);
        }
        return moments;
    }

    private void everyMoment(Schedules.Maker maker) {
        long seed = Schedules.seed() - 1;
        for (int program = 0; program < PROGRAMS; program++) {
            List<Cancellation> singles;
            do {
                singles = play(maker, ++seed).possible(0);
            } while (singles.size() < 20
                    || singles.size() > 300); // too short to be of interest, or too long to be played
            List<Cancellation[]> pairs = new ArrayList<>();
            for (Cancellation first : singles) {
                for (Cancellation second : play(maker, seed, first).possible(first.moment())) {
                    pairs.add(new Cancellation[] {first, second});
                }
            }
            Collections.shuffle(pairs, new Random(seed));
            for (Cancellation[] pair : pairs.subList(0, Math.min(pairs.size(), Schedules.number() / PROGRAMS))) {
                play(maker, seed, pair);
            }
        }
    }

    @Test
    void locks() {
        everyMoment((moments, seed) -> new LockScenario(moments, seed, 3, 1));
    }

    @Test
    void semaphores() {
        everyMoment((moments, seed) -> new SemaphoreScenario(moments, seed, 4, 1));
    }

    @Test
    void events() {
        everyMoment((moments, seed) -> new EventScenario(moments, seed, 2, 1));
    }

    @Test
    void conditions() {
        everyMoment((moments, seed) -> new ConditionScenario(moments, seed, 2, 1));
    }

    @Test
    void barriers() {
        everyMoment((moments, seed) -> new BarrierScenario(moments, seed, 4, 1));
    }

    @Test
    void queues() {
        everyMoment((moments, seed) -> new QueueScenario(moments, seed, 5, 1));
    }

    @Test
    void scopes() {
        everyMoment((moments, seed) -> new ScopesScenario(moments, seed, 1, 3));
    }

    @Test
    void tasks() {
        everyMoment((moments, seed) -> new TasksScenario(moments, seed, 1, 3));
    }

    @Test
    void generators() {
        everyMoment((moments, seed) -> new GeneratorsScenario(moments, seed, 2, 1));
    }
}
