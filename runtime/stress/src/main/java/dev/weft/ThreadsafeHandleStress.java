package dev.weft;

import dev.weft.internal.Clock;
import dev.weft.internal.Continuation;
import dev.weft.internal.SpinningPoller;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** A callback runs while another thread cancels it: when that returns, the callback has run or never will. */
@JCStressTest
@Outcome(id = "0, 0, 0", expect = Expect.ACCEPTABLE, desc = "cancelled first")
@Outcome(id = "1, 1, 1", expect = Expect.ACCEPTABLE, desc = "ran first")
@Outcome(expect = Expect.FORBIDDEN, desc = "ran during or after the cancellation")
@State
public class ThreadsafeHandleStress {
    private static final EventLoop LOOP = new EventLoop(Clock.SYSTEM, new SpinningPoller());

    private final ThreadsafeHandle handle = new ThreadsafeHandle(LOOP, this::called);
    private int begun;
    private int ended;

    private void called() {
        begun = 1;
        ended = 1;
    }

    @Actor
    public void runs() {
        handle.run(Continuation.REFUSING);
    }

    @Actor
    public void cancels(III_Result result) {
        handle.cancel();
        result.r1 = begun;
        result.r2 = ended;
    }

    @Arbiter
    public void all(III_Result result) {
        result.r3 = ended;
    }
}
