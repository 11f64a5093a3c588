package dev.weft;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The future of several results, in the order in which the children were passed.
 *
 * @param <T> what a child gives
 * @param <R> what the list holds for it
 */
abstract class Gather<T, R> extends AsyncFuture<List<R>> implements Consumer<AsyncFuture<T>>, Waiting {
    private final List<AsyncFuture<T>> children;
    private int unfinished;
    private boolean cancelRequested;
    private @Nullable String cancelMessage;

    private Gather(EventLoop loop, List<AsyncFuture<T>> children) {
        super(loop);
        this.children = children;
    }

    /** Fails with the first child that fails. */
    static <T> AsyncFuture<List<T>> values(Collection<? extends Awaitable<? extends T>> awaitables, EventLoop loop) {
        return new Values<T>(loop, Futures.of(awaitables, loop)).start();
    }

    /** Never fails. */
    static <T> AsyncFuture<List<Outcome<T>>> outcomes(
            Collection<? extends Awaitable<? extends T>> awaitables, EventLoop loop) {
        return new Outcomes<T>(loop, Futures.of(awaitables, loop)).start();
    }

    /** What the list holds for a child that is done. */
    abstract @Nullable R element(AsyncFuture<T> child);

    /** The failure of a child if that ends the whole, else null. */
    abstract @Nullable Throwable failure(AsyncFuture<T> child);

    final Gather<T, R> start() {
        List<AsyncFuture<T>> distinct = Futures.distinct(children);
        unfinished = distinct.size();
        if (unfinished == 0) {
            finish(List.of());
        }
        List<AsyncFuture<T>> doneAlready = new ArrayList<>();
        for (AsyncFuture<T> child : distinct) {
            if (child.isDone()) {
                doneAlready.add(child);
            } else {
                child.addDoneCallback(this);
            }
        }
        doneAlready.forEach(this);
        return this;
    }

    @Override
    public final AsyncFuture<?> waiter() {
        return this;
    }

    /** A child is done. */
    @Override
    public final void accept(AsyncFuture<T> child) {
        unfinished--;
        if (isDone()) {
            child.observe(); // the first failure counts; the others are of no interest
            return;
        }
        Throwable failure = failure(child);
        if (failure != null) {
            fail(failure);
        } else if (unfinished == 0) {
            complete(child);
        }
    }

    private void complete(AsyncFuture<T> last) {
        if (cancelRequested) {
            children.forEach(AsyncFuture::observe); // nobody will be given their outcomes
            CancelledError cancellation = last.cancellation();
            fail(cancellation == null ? new CancelledError(cancelMessage) : cancellation);
            return;
        }
        List<R> elements = new ArrayList<>(children.size());
        for (AsyncFuture<T> child : children) {
            elements.add(element(child));
        }
        finish(elements);
    }

    /** Cancels the children, which then end the whole; tells whether one of them was not done. */
    @Override
    public boolean cancel(@Nullable String message) {
        if (isDone()) {
            return false;
        }
        boolean cancelled = false;
        for (AsyncFuture<T> child : children) {
            cancelled |= child.cancel(message);
        }
        if (cancelled) {
            cancelRequested = true;
            cancelMessage = message;
        }
        return cancelled;
    }

    private static final class Values<T> extends Gather<T, T> {
        Values(EventLoop loop, List<AsyncFuture<T>> children) {
            super(loop, children);
        }

        @Override
        T element(AsyncFuture<T> child) {
            return child.result();
        }

        @Override
        @Nullable
        Throwable failure(AsyncFuture<T> child) {
            return child.outcome().exception();
        }
    }

    private static final class Outcomes<T> extends Gather<T, Outcome<T>> {
        Outcomes(EventLoop loop, List<AsyncFuture<T>> children) {
            super(loop, children);
        }

        @Override
        Outcome<T> element(AsyncFuture<T> child) {
            return child.outcome();
        }

        @Override
        @Nullable
        Throwable failure(AsyncFuture<T> child) {
            return null;
        }
    }
}
