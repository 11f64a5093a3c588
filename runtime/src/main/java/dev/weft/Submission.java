package dev.weft;

import dev.weft.internal.Continuation;
import dev.weft.internal.Job;
import dev.weft.spi.ThreadLocalCarrier;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A task that another thread wants to start. */
final class Submission<T> extends Job {
    private final EventLoop loop;
    private final Supplier<Task<T>> start;
    private final @Nullable Object context = CurrentContext.copy();
    private final @Nullable Object @Nullable [] carried;
    private final CompletableFuture<T> result = new CompletableFuture<>();

    private Submission(EventLoop loop, Supplier<Task<T>> start) {
        this.loop = loop;
        this.start = start;
        carried = loop.capture();
    }

    /** Starts a task from any thread, in a copy of the caller's context. */
    static <T> CompletableFuture<T> to(EventLoop loop, Supplier<Task<T>> start) {
        Submission<T> submission = new Submission<>(loop, start);
        if (loop.state.isThisThread()) {
            loop.schedule(submission);
            return submission.result;
        }
        loop.engine.post(submission);
        if (loop.isClosed()) { // perhaps after it has emptied its inbox for the last time
            submission.drop();
        }
        return submission.result;
    }

    @Override
    protected void run(Continuation co) {
        if (result.isDone()) {
            return; // cancelled before it began
        }
        ThreadLocalCarrier.Scope scope = loop.enter(context, carried);
        try {
            Stages.connect(start.get(), result);
        } catch (RuntimeException e) {
            result.completeExceptionally(e);
        } finally {
            loop.exitCallback(scope);
        }
    }

    /** It will not run: the loop is closed. Any thread. */
    void drop() {
        result.completeExceptionally(HandedOut.closed("the submitted task"));
    }

    @Override
    public String toString() {
        return "<Submission of a task>";
    }
}
