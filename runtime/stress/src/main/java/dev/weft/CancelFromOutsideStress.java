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
import org.openjdk.jcstress.infra.results.LL_Result;

/** A thread cancels what a loop has handed out while the loop completes it. */
@JCStressTest
@Outcome(id = "value, value", expect = Expect.ACCEPTABLE, desc = "completed first")
@Outcome(id = "value, cancelled", expect = Expect.ACCEPTABLE, desc = "the cancellation came too late for the loop")
@Outcome(id = "cancelled, cancelled", expect = Expect.ACCEPTABLE, desc = "cancelled first")
@Outcome(expect = Expect.FORBIDDEN, desc = "pending, or a value although it was cancelled")
@State
public class CancelFromOutsideStress {
    private final EventLoop loop = new EventLoop(Clock.SYSTEM, new SpinningPoller());
    private final AsyncFuture<Integer> future = loop.createFuture();
    private final CompletableFuture<Integer> copy = future.toCompletableFuture();

    public CancelFromOutsideStress() {
        future.addDoneCallback(done -> loop.stop());
        loop.callSoon(() -> loop.callSoon(() -> {
            if (!future.isDone()) {
                future.setResult(1);
            }
        }));
    }

    @Actor
    public void loop() {
        loop.runForever();
    }

    @Actor
    public void cancels() {
        copy.cancel(false);
    }

    @Arbiter
    public void all(LL_Result result) {
        result.r1 = !future.isDone() ? "pending" : future.isCancelled() ? "cancelled" : "value";
        result.r2 = !copy.isDone() ? "pending" : copy.isCancelled() ? "cancelled" : "value";
    }
}
