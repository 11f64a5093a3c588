package dev.weft;

import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** One call of {@link Asyncio#asCompleted}: as many awaitables as futures, each for the next one that is done. */
@SuppressWarnings("IterableAndIterator") // a second loop goes on where the first one ended
final class AsCompleted<T> implements Iterable<Awaitable<T>>, Iterator<Awaitable<T>> {
    private final Completions<AsyncFuture<T>> completions;

    AsCompleted(EventLoop loop, Collection<? extends Awaitable<? extends T>> awaitables, @Nullable Duration limit) {
        completions = new Completions<>(loop, Futures.of(awaitables, loop), limit);
    }

    /** This object: a second loop over it goes on where the first one ended. */
    @Override
    public Iterator<Awaitable<T>> iterator() {
        return this;
    }

    @Override
    public boolean hasNext() {
        return completions.isAnyLeft();
    }

    @Override
    public Awaitable<T> next() {
        if (!completions.take()) {
            throw new NoSuchElementException();
        }
        return new Next();
    }

    /** Waits for the next future that is done and gives its value, or throws what it failed with. */
    private final class Next implements Awaitable<T> {
        @Async
        @Override
        public T await() {
            return completions.next().result();
        }
    }
}
