package dev.weft;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One call of {@link Asyncio#asCompleted}: as many awaitables as futures, each for the next one that is done. */
@SuppressWarnings("IterableAndIterator") // a second loop goes on where the first one ended
final class AsCompleted<T> implements Iterable<Awaitable<T>>, Iterator<Awaitable<T>> {
    private final EventLoop loop;
    private final List<AsyncFuture<T>> unfinished;
    private final ArrayDeque<AsyncFuture<T>> finished = new ArrayDeque<>();
    private final ArrayDeque<AsyncFuture<@Nullable Void>> waiters = new ArrayDeque<>();
    private final Consumer<AsyncFuture<T>> callback = this::futureDone;
    private @Nullable TimerHandle timer;
    private boolean timedOut;
    private int left;

    AsCompleted(EventLoop loop, Collection<? extends Awaitable<? extends T>> awaitables, @Nullable Duration timeout) {
        this.loop = loop;
        List<AsyncFuture<T>> futures = Futures.of(awaitables, loop);
        unfinished = new ArrayList<>(Futures.distinct(futures));
        left = unfinished.size();
        unfinished.forEach(future -> future.addDoneCallback(callback));
        if (timeout != null && left > 0) {
            timer = loop.callLater(timeout, this::timeout);
        }
    }

    /** This object: a second loop over it goes on where the first one ended. */
    @Override
    public Iterator<Awaitable<T>> iterator() {
        return this;
    }

    @Override
    public boolean hasNext() {
        return left > 0;
    }

    @Override
    public Awaitable<T> next() {
        if (left == 0) {
            throw new NoSuchElementException();
        }
        left--;
        return new Next();
    }

    private void futureDone(AsyncFuture<T> future) {
        unfinished.remove(future);
        finished.add(future);
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

    /** Waits for the next future that is done and gives its value, or throws what it failed with. */
    private final class Next implements Awaitable<T> {
        @Async
        @Override
        public T await() {
            while (finished.isEmpty()) {
                if (timedOut) {
                    throw new AsyncTimeoutException("The timeout of asCompleted has expired.", null);
                }
                awaitChange();
            }
            return finished.remove().result();
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
    }
}
