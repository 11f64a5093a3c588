package dev.weft;

import java.util.function.Consumer;

/** Keeps the cancellation of a waiting task away from what it waits for. */
final class Shield {
    /** One object, so that a future that is shielded twice is reported once. */
    private static final Consumer<AsyncFuture<?>> REPORT = Shield::report;

    private Shield() {}

    /** A future that ends as {@code inner} does, but can be cancelled on its own. */
    static <T> AsyncFuture<T> of(AsyncFuture<T> inner) {
        if (inner.isDone()) {
            return inner;
        }
        AsyncFuture<T> outer = inner.loop.createFuture();
        Consumer<AsyncFuture<T>> pass = new WaitingCallback<>(() -> outer, done -> pass(done, outer));
        inner.addDoneCallback(pass);
        outer.addDoneCallback(done -> {
            if (!inner.isDone()) { // the outer one was cancelled
                inner.removeDoneCallback(pass);
                inner.removeDoneCallback(REPORT);
                inner.addDoneCallback(REPORT);
            }
        });
        return outer;
    }

    private static <T> void pass(AsyncFuture<T> inner, AsyncFuture<T> outer) {
        if (outer.isDone()) {
            return;
        }
        CancelledError cancellation = inner.cancellation();
        Throwable failure = inner.outcome().exception();
        if (cancellation != null) {
            outer.cancel(cancellation.getMessage());
        } else if (failure != null) {
            outer.fail(failure);
        } else {
            outer.finish(inner.value());
        }
    }

    private static void report(AsyncFuture<?> inner) {
        Throwable failure = inner.isCancelled() ? null : inner.exception();
        if (failure != null) {
            String type = failure.getClass().getSimpleName();
            inner.loop.callExceptionHandler(new LoopError(type + " exception in shielded future", failure, inner));
        }
    }
}
