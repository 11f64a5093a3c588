package dev.weft;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** One call of {@link Asyncio#asCompletedTasks}: tasks, each when it is done. */
@SuppressWarnings("IterableAndIterator") // a second loop goes on where the first one ended
final class AsCompletedTasks<T> implements AsyncIterable<Task<T>>, AsyncIterator<Task<T>> {
    private final Completions<Task<T>> completions;

    AsCompletedTasks(
            EventLoop loop, Collection<? extends Awaitable<? extends T>> awaitables, @Nullable Duration limit) {
        List<Task<T>> tasks = new ArrayList<>(awaitables.size());
        for (Awaitable<? extends T> awaitable : awaitables) {
            tasks.add(task(awaitable, loop));
        }
        completions = new Completions<>(loop, tasks, limit);
    }

    @SuppressWarnings("unchecked") // a task only gives values
    private static <T> Task<T> task(Awaitable<? extends T> awaitable, EventLoop loop) {
        if (awaitable instanceof Task<?> task) {
            return (Task<T>) Futures.of(task, loop);
        }
        return loop.createTask((Awaitable<T>) awaitable);
    }

    /** This object: a second loop over it goes on where the first one ended. */
    @Override
    public AsyncIterator<Task<T>> iterator() {
        return this;
    }

    @Async
    @Override
    public boolean hasNext() {
        return completions.isAnyLeft();
    }

    @Async
    @Override
    public Task<T> next() {
        if (!completions.take()) {
            throw new NoSuchElementException();
        }
        return completions.next();
    }
}
