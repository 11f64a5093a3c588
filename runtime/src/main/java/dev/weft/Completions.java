package dev.weft;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Hands out futures in the order in which they end. */
final class Completions<F extends AsyncFuture<?>> {
    private final EventLoop loop;
    private final List<F> unfinished;
    private final ArrayDeque<F> finished = new ArrayDeque<>();
    private final ArrayDeque<AsyncFuture<@Nullable Void>> waiters = new ArrayDeque<>();
    private final Consumer<AsyncFuture<?>> callback = new WaitingCallback<>(waiters::peek, this::futureDone);
    private @Nullable TimerHandle timer;
    private boolean timedOut;
    private int left;

    Completions(EventLoop loop, List<F> futures, @Nullable Duration limit) {
        this.loop = loop;
        unfinished = new ArrayList<>(Futures.distinct(futures));
        left = unfinished.size();
        unfinished.forEach(future -> future.addDoneCallback(callback));
        if (limit != null && left > 0) {
            timer = loop.callLater(limit, this::timeout);
        }
    }

    /** Takes one of the futures that were not taken yet; false if there is none. */
    boolean take() {
        if (left == 0) {
            return false;
        }
        left--;
        return true;
    }

    /** Whether there is one to take. */
    boolean isAnyLeft() {
        return left > 0;
    }

    /** Suspends until the next future that was taken is done. */
    @Async
    F next() {
        while (finished.isEmpty()) {
            if (timedOut) {
                throw new AsyncTimeoutException("The timeout of asCompleted has expired.", null);
            }
            awaitChange();
        }
        return finished.remove();
    }

    @Async
    private void awaitChange() {
        AsyncFuture<@Nullable Void> waiter = loop.createFuture();
        waiters.add(waiter);
        try {
            waiter.await();
        } catch (CancelledError e) {
            waiters.remove(waiter);
            if (!waiter.isCancelled()) { // it was woken for nothing
                wakeNext();
            }
            throw e;
        }
    }

    @SuppressWarnings("unchecked") // called by the futures of the list only
    private void futureDone(AsyncFuture<?> future) {
        if (!unfinished.remove(future)) {
            return; // the time had come first
        }
        finished.add((F) future);
        wakeNext();
        if (unfinished.isEmpty() && timer != null) {
            timer.cancel();
        }
    }

    private void timeout() {
        unfinished.forEach(future -> future.removeDoneCallback(callback));
        unfinished.clear();
        timedOut = true;
        while (!waiters.isEmpty()) {
            wakeNext();
        }
    }

    private void wakeNext() {
        AsyncFuture<?> waiter = waiters.poll();
        while (waiter != null && waiter.isDone()) {
            waiter = waiters.poll();
        }
        if (waiter != null) {
            waiter.finish(null);
        }
    }
}
