package dev.weft.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A loop that falls asleep while a thread posts jobs to it, the last of which ends it. */
@JCStressTest
@Outcome(id = "2, 0", expect = Expect.ACCEPTABLE, desc = "both jobs ran, no wake-up was lost")
@Outcome(expect = Expect.FORBIDDEN, desc = "a job did not run, or the loop slept on")
@State
public class WakeUpStress {
    private final SpinningPoller poller = new SpinningPoller();
    private final Engine engine = new Engine(Clock.SYSTEM, poller, new IndifferentHost(), new Continuation(null));
    private int ran; // loop thread only

    @Actor
    public void loop() {
        engine.runForever();
    }

    @Actor
    public void thread() {
        engine.post(new Counting());
        engine.post(new Counting());
    }

    @Arbiter
    public void all(II_Result result) {
        result.r1 = ran;
        result.r2 = poller.isForgotten() ? 1 : 0;
    }

    private final class Counting extends Job {
        @Override
        protected void run(Continuation co) {
            if (++ran == 2) {
                engine.stop();
            }
        }
    }

    private static final class IndifferentHost implements Engine.Host {
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
}
