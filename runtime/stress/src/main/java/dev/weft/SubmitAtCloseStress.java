package dev.weft;

import dev.weft.internal.Clock;
import dev.weft.internal.SpinningPoller;
import java.util.concurrent.CompletableFuture;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** A thread submits a task while the loop is closed: its future is completed in any case. */
@JCStressTest
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "completed")
@Outcome(expect = Expect.FORBIDDEN, desc = "somebody would wait for ever")
@State
public class SubmitAtCloseStress {
    private final EventLoop loop = new EventLoop(Clock.SYSTEM, new SpinningPoller());
    private CompletableFuture<Object> future = new CompletableFuture<>();

    @Actor
    public void closes() {
        loop.close();
    }

    @Actor
    public void submits() {
        future = Submission.to(loop, () -> {
            throw new IllegalStateException("The loop never runs.");
        });
    }

    @Arbiter
    public void all(I_Result result) {
        result.r1 = future.isDone() ? 1 : 0;
    }
}
