package dev.weft;

import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Gives the elements of an {@link AsyncIterable} one after the other. One coroutine at a time may use it.
 *
 * <p>To close one before its end ends whatever makes the elements: the {@code finally} blocks of a generator run, a
 * subscription is cancelled.
 *
 * <pre>{@code
 * try (AsyncIterator<String> lines = source.iterator()) {
 *     if (lines.hasNext()) {
 *         return lines.next();
 *     }
 * }
 * }</pre>
 *
 * @param <T> the elements
 */
@SuppressWarnings("try") // to close one may be interrupted by a cancellation only, which is an error and no exception
public interface AsyncIterator<T> extends Iterator<T>, AsyncCloseable {
    /** Suspends until there is an element or the end, and tells which. */
    @Async
    @Override
    boolean hasNext();

    /**
     * Suspends until there is an element, and gives it.
     *
     * @throws NoSuchElementException at the end
     */
    @Async
    @Override
    T next();

    /** Ends the iteration early; does nothing at its end, and nothing here. */
    @Async
    @Override
    default void close() {}
}
