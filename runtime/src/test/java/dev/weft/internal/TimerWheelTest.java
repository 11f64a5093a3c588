package dev.weft.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TimerWheelTest {
    private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);

    private final TimerWheel wheel = new TimerWheel();
    private final ReadyQueue ready = new ReadyQueue();

    @Test
    void equalDeadlinesFireInOrderOfCreation() {
        List<Timer> timers = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            timers.add(add(5 * MS));
        }
        assertThat(due(5 * MS)).containsExactlyElementsOf(timers);
    }

    @Test
    void deadlinesWithinOneTickAreKeptApart() {
        Timer second = add(1000);
        Timer first = add(999);
        Timer third = add(1001);
        assertThat(due(998)).isEmpty();
        assertThat(due(1000)).containsExactly(first, second);
        assertThat(due(1001)).containsExactly(third);
    }

    @Test
    void deadlinesInThePastFireAtOnceInOrder() {
        assertThat(due(100 * MS)).isEmpty();
        Timer minusOne = add(-1);
        Timer minusTwo = add(-2);
        Timer past = add(99 * MS);
        assertThat(due(100 * MS)).containsExactly(minusTwo, minusOne, past);
    }

    @Test
    void farDeadlinesFireAfterLongJumps() {
        Timer year = add(TimeUnit.DAYS.toNanos(365));
        Timer never = add(Long.MAX_VALUE);
        Timer hour = add(TimeUnit.HOURS.toNanos(1));
        assertThat(due(TimeUnit.HOURS.toNanos(1) - 1)).isEmpty();
        assertThat(due(TimeUnit.DAYS.toNanos(300))).containsExactly(hour);
        assertThat(due(TimeUnit.DAYS.toNanos(365))).containsExactly(year);
        assertThat(wheel.remove(never)).isTrue();
        assertThat(wheel.refreshNext()).isEqualTo(TimerWheel.NEVER);
    }

    @Test
    void aTimerIsTakenOutOnce() {
        Timer near = add(0);
        Timer far = add(1000 * MS);
        assertThat(wheel.remove(near)).isTrue();
        assertThat(wheel.remove(near)).isFalse();
        assertThat(wheel.remove(far)).isTrue();
        assertThat(wheel.remove(far)).isFalse();
        assertThat(due(2000 * MS)).isEmpty();
    }

    @Test
    void nextIsExactForFewTimers() {
        assertThat(wheel.refreshNext()).isEqualTo(TimerWheel.NEVER);
        Timer later = add(7_000 * MS + 3);
        Timer sooner = add(6_999 * MS + 5);
        assertThat(wheel.refreshNext()).isEqualTo(sooner.when());
        wheel.remove(sooner);
        assertThat(wheel.refreshNext()).isEqualTo(later.when());
    }

    @Test
    void firesAsASortedListDoes() {
        long[] ranges = {1, MS / 10, MS, 50 * MS, 5_000 * MS, 1_000_000 * MS, TimeUnit.DAYS.toNanos(3000)};
        for (int round = 0; round < 20; round++) {
            checkAgainstASortedList(new TimerWheel(), System.nanoTime(), 5_000, 1, ranges);
        }
    }

    @Test
    void aSlotThatFillsUpWhileItIsNowIsLookedAtOnceMore() {
        long seed = 69_838_985_703_063L;

        checkAgainstASortedList(new TimerWheel(), seed, 500, 50, MS / 10, MS, 4 * MS);
    }

    @Test
    void firesAsASortedListDoesWhereManyShareAMillisecond() {
        for (int round = 0; round < 20; round++) {
            checkAgainstASortedList(new TimerWheel(), System.nanoTime(), 500, 50, MS / 10, MS, 4 * MS);
        }
    }

    /** @param atOnce how many timers are added or taken out in a step */
    private void checkAgainstASortedList(TimerWheel wheel, long seed, int steps, int atOnce, long... ranges) {
        Random random = new Random(seed);
        int[] actions = random.ints(steps, 0, 10).toArray();
        List<Timer> model = new ArrayList<>();
        long now = random.nextLong(1_000_000 * MS);
        for (int step = 0; step < steps * atOnce; step++) {
            int action = actions[step / atOnce];
            if (action < 5) {
                Timer timer = new NoTimer(now + random.nextLong(2 * ranges[random.nextInt(ranges.length)]) - 1000);
                wheel.add(timer);
                model.add(timer);
            } else if (action < 7 && !model.isEmpty()) {
                Timer timer = model.remove(random.nextInt(model.size()));
                assertThat(wheel.remove(timer)).as("seed %d", seed).isTrue();
            } else if (step % atOnce == 0) {
                now += random.nextLong(ranges[random.nextInt(random.nextInt(ranges.length) + 1)]);
                long time = now;
                List<Timer> due = model.stream()
                        .filter(timer -> timer.when() <= time)
                        .sorted(Comparator.comparingLong(Timer::when).thenComparingInt(timer -> timer.sequence))
                        .toList();
                model.removeAll(due);
                wheel.moveDue(now, ready);
                assertThat(drain()).as("seed %d", seed).containsExactlyElementsOf(due);
                if (wheel.refreshNext() <= now) { // the time at which a slot begins that this has not entered yet
                    wheel.moveDue(now, ready);
                    assertThat(drain()).as("seed %d", seed).isEmpty();
                }
                long first = model.stream().mapToLong(Timer::when).min().orElse(TimerWheel.NEVER);
                assertThat(wheel.refreshNext())
                        .as("seed %d", seed)
                        .isLessThanOrEqualTo(first)
                        .isGreaterThan(now);
            }
        }
        List<Timer> left = new ArrayList<>();
        wheel.forEach(left::add);
        assertThat(left).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(model);
        wheel.clear();
        assertThat(wheel.refreshNext()).isEqualTo(TimerWheel.NEVER);
    }

    private Timer add(long when) {
        Timer timer = new NoTimer(when);
        wheel.add(timer);
        return timer;
    }

    private List<Timer> due(long now) {
        wheel.moveDue(now, ready);
        return drain();
    }

    private List<Timer> drain() {
        List<Timer> timers = new ArrayList<>();
        for (Job job = ready.poll(); job != null; job = ready.poll()) {
            timers.add((Timer) job);
        }
        return timers;
    }

    private static final class NoTimer extends Timer {
        NoTimer(long when) {
            super(when);
        }

        @Override
        protected void run(Continuation co) {}
    }
}
