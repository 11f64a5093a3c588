package dev.weft;

import dev.weft.internal.Continuation;
import dev.weft.internal.Job;
import dev.weft.internal.Poller.External;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The border to the futures of the JDK and of other libraries. Cancellation crosses it both ways. */
final class Stages {
    private Stages() {}

    /** Completes {@code copy} as {@code future}; cancelling the copy cancels the future. Loop thread only. */
    static <T> void connect(AsyncFuture<T> future, CompletableFuture<T> copy) {
        future.loop.handedOut.complete(copy, future);
        if (future.isDone()) {
            return;
        }
        // Another thread may have cancelled the copy by now; then this happens at once.
        CompletableFuture<T> unused = copy.whenComplete((value, failure) -> {
            if (copy.isCancelled()) {
                onLoop(future.loop, future::cancel);
            }
        });
    }

    /** Cancels a stage, if its maker lets others do so. */
    static void cancel(CompletionStage<?> stage) {
        try {
            stage.toCompletableFuture().cancel(true);
        } catch (UnsupportedOperationException e) {
            // then it goes on
        }
    }

    /** The leaf of {@code await(stage)}: goes on at once if the stage is complete. */
    static <T> T await(CompletionStage<T> stage, Continuation co) {
        if (co == Continuation.REFUSING && !(stage instanceof CompletableFuture<T> future && future.isDone())) {
            co.suspend(); // throws
        }
        EventLoop loop = co == Continuation.REFUSING ? EventLoop.running() : EventLoop.of(co);
        return future(loop, stage).await$async(co);
    }

    /** A future that is completed as the stage is; cancelling it cancels the stage. Loop thread only. */
    static <T> AsyncFuture<T> future(EventLoop loop, CompletionStage<T> stage) {
        StageFuture<T> future = new StageFuture<>(loop, stage);
        stage.whenComplete(future::deliver);
        return future;
    }

    /** Does something on the loop's thread; nothing if the loop is closed. */
    private static void onLoop(EventLoop loop, Runnable action) {
        if (loop.state.isThisThread()) {
            action.run();
        } else if (!loop.isClosed()) {
            loop.engine.post(new Job() {
                @Override
                protected void run(Continuation co) {
                    action.run();
                }
            });
        }
    }

    /** The loop's side of a stage. */
    private static final class StageFuture<T> extends AsyncFuture<T> {
        private final CompletionStage<T> stage;
        private boolean counted = true;

        StageFuture(EventLoop loop, CompletionStage<T> stage) {
            super(loop);
            this.stage = stage;
            loop.engine.poller().external(External.FUTURE, 1);
        }

        /** Called by whoever completes the stage. */
        void deliver(@Nullable T value, @Nullable Throwable failure) {
            onLoop(loop, () -> complete(value, failure));
        }

        private void complete(@Nullable T value, @Nullable Throwable failure) {
            uncount();
            if (isDone()) {
                return;
            }
            Throwable cause = failure == null ? null : Failures.unwrap(failure);
            if (cause == null) {
                finish(value);
            } else if (Failures.isCancellation(cause)) {
                super.cancel(cause.getMessage());
            } else {
                fail(cause);
            }
        }

        @Override
        public boolean cancel(@Nullable String message) {
            if (!super.cancel(message)) {
                return false;
            }
            uncount();
            Stages.cancel(stage);
            return true;
        }

        private void uncount() {
            if (counted) {
                counted = false;
                loop.engine.poller().external(External.FUTURE, -1);
            }
        }
    }
}
