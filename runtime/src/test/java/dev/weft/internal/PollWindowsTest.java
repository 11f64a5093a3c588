package dev.weft.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

/** How often an engine looks at its channels while there is always a job that is ready. */
class PollWindowsTest {
    private static final int JOBS = 1_000_000;
    private static final int MICROSECOND = 1000;
    private static final int MILLISECOND = 1_000_000;

    private long now;
    private int jobs;
    private int jobsAtPoll;
    private int longestGap;
    private int polls;
    private long nanosOfJob;
    private int slowFrom = JOBS;

    private final Poller poller = (Poller) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {Poller.class}, (proxy, method, args) -> {
                if (method.getName().equals("poll")) {
                    polls++;
                    longestGap = Math.max(longestGap, jobs - jobsAtPoll);
                    jobsAtPoll = jobs;
                }
                return null;
            });
    private final Engine engine = new Engine(() -> now, poller, new Host(), new Continuation(null));

    private final class Repeated extends Job {
        @Override
        protected void run(Continuation co) {
            now += jobs < slowFrom ? nanosOfJob : MILLISECOND;
            if (++jobs == JOBS) {
                engine.stop();
            } else {
                co.schedule(this);
            }
        }
    }

    private static final class Host implements Engine.Host {
        @Override
        public Continuation polling() {
            return new Continuation(null);
        }

        @Override
        public void interrupted() {}

        @Override
        public void tookLong(Job job, long nanos) {}

        @Override
        public void blocks(Job job, long nanos, Thread thread, StackTraceElement[] stack) {}
    }

    private void run(long nanosOfJob) {
        this.nanosOfJob = nanosOfJob;
        engine.schedule(new Repeated());
        engine.runForever();
    }

    @Test
    void shortJobsAreMany() {
        run(10);

        assertThat(longestGap).isBetween(5_000, 5_000 + 128);
        assertThat(polls).isLessThan(JOBS / 4_000);
    }

    @Test
    void thereAreNeverMoreThanABoundedNumber() {
        run(0);

        assertThat(longestGap).isEqualTo(65 * 128);
    }

    @Test
    void jobsOfAMicrosecondTakeOneWindow() {
        run(MICROSECOND);

        assertThat(longestGap).isEqualTo(128);
        assertThat(polls).isGreaterThan(JOBS / 129);
    }

    @Test
    void whenJobsBecomeSlowOneWindowPassesAtMost() {
        slowFrom = JOBS / 2;

        run(10);

        assertThat(longestGap).isLessThanOrEqualTo(5_000 + 128);
        assertThat(polls).isGreaterThan(JOBS / 2 - 128);
    }

    @Test
    void slowJobsAreFollowedByALookEach() {
        run(2 * MILLISECOND);

        assertThat(polls).isGreaterThan(JOBS - 100);
    }
}
