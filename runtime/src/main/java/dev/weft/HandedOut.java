package dev.weft;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The JDK's futures that a loop has still to complete, since other threads may wait for them. Loop thread only. */
final class HandedOut {
    private final Set<Copy<?>> copies = new LinkedHashSet<>();

    /** Completes {@code copy} as {@code future}, or when the loop is closed. */
    <T> void complete(CompletableFuture<T> copy, AsyncFuture<T> future) {
        Copy<T> entry = new Copy<>(future, copy);
        if (future.isDone() || future.loop.isClosed()) {
            entry.complete();
        } else {
            copies.add(entry);
            future.addDoneCallback(entry);
        }
    }

    /** The loop is closed: completes them all. */
    void close() {
        copies.forEach(Copy::complete);
        copies.clear();
    }

    /** What threads get that wait for something in a loop that was closed. */
    static IllegalStateException closed(Object what) {
        return new IllegalStateException("The event loop was closed before " + what
                + " was done. Close it when nobody waits any more, or use Asyncio.run, which cancels what is left.");
    }

    /** One of them, and the callback of the future that it follows. */
    private final class Copy<T> implements Consumer<AsyncFuture<T>> {
        private final AsyncFuture<T> future;
        private final CompletableFuture<T> copy;

        Copy(AsyncFuture<T> future, CompletableFuture<T> copy) {
            this.future = future;
            this.copy = copy;
        }

        @Override
        public void accept(AsyncFuture<T> done) {
            copies.remove(this);
            complete();
        }

        void complete() {
            if (!future.isDone()) {
                copy.completeExceptionally(closed(future));
                return;
            }
            Outcome<T> outcome = future.outcome();
            if (outcome.exception() instanceof CancelledError) {
                copy.cancel(false);
            } else if (outcome.exception() != null) {
                copy.completeExceptionally(outcome.exception());
            } else {
                copy.complete(outcome.value());
            }
        }
    }
}
