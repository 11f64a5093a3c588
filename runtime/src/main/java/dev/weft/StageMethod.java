package dev.weft;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One call of an {@link Async} method that returns a stage of the JDK: the caller has the result before the body has. */
final class StageMethod<T> {
    private final CompletableFuture<T> result = new CompletableFuture<>();
    private final CompletableFuture<CompletionStage<T>> returned = new CompletableFuture<>(); // by the body

    private StageMethod() {}

    /** Runs the body to its first suspension on the loop of this thread, or leaves it to the background loop. */
    static <T> CompletableFuture<T> start(Coroutine<CompletionStage<T>> body) {
        StageMethod<T> call = new StageMethod<>();
        EventLoop loop = LoopState.runningLoop();
        if (loop != null) {
            call.begin(loop, body);
        } else {
            EventLoop background = EventLoop.background();
            background.callSoonThreadsafe(() -> call.begin(background, body));
        }
        return call.result;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // both stages are for their callbacks alone
    private void begin(EventLoop loop, Coroutine<CompletionStage<T>> body) {
        if (result.isDone()) {
            return; // cancelled before it began
        }
        Stages.connect(loop.start(body, null, null, true), returned);
        returned.whenComplete(this::join);
        result.whenComplete((value, failure) -> cancelIfResultIs());
    }

    private void join(@Nullable CompletionStage<T> stage, @Nullable Throwable failure) {
        if (failure != null) {
            complete(null, failure);
        } else if (stage == null) {
            complete(
                    null,
                    new NullPointerException("An @Async method returned null instead of a future."
                            + " Return CompletableFuture.completedFuture(value)."));
        } else {
            CompletionStage<T> unused = stage.whenComplete(this::complete);
        }
    }

    private void complete(@Nullable T value, @Nullable Throwable failure) {
        Throwable cause = failure == null ? null : Failures.unwrap(failure);
        if (cause == null) {
            result.complete(value);
        } else if (Failures.isCancellation(cause)) {
            result.cancel(false);
        } else {
            result.completeExceptionally(cause);
        }
    }

    private void cancelIfResultIs() {
        if (result.isCancelled() && !returned.cancel(false) && !returned.isCompletedExceptionally()) {
            Stages.cancel(returned.join());
        }
    }
}
