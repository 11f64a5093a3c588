package dev.weft;

import dev.weft.internal.Continuation;
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

    /**
     * The twin of {@link #hasNext()} that rewritten code calls.
     *
     * @hidden
     */
    default boolean hasNext$async(Continuation co) {
        return hasNext();
    }

    /**
     * The twin of {@link #next()} that rewritten code calls.
     *
     * @hidden
     */
    default T next$async(Continuation co) {
        return next();
    }

    /**
     * What a for-each loop calls once it is rewritten: only now does anybody know what iterates.
     *
     * @hidden
     */
    @Async
    static boolean hasNext(Iterator<?> iterator) {
        return iterator.hasNext();
    }

    /**
     * The twin that rewritten code calls.
     *
     * @hidden
     */
    static boolean hasNext$async(Iterator<?> iterator, Continuation co) {
        return iterator instanceof AsyncIterator<?> async ? async.hasNext$async(co) : iterator.hasNext();
    }

    /**
     * What a for-each loop calls once it is rewritten.
     *
     * @hidden
     */
    @Async
    static <T> T next(Iterator<T> iterator) {
        return iterator.next();
    }

    /**
     * The twin that rewritten code calls.
     *
     * @hidden
     */
    static <T> T next$async(Iterator<T> iterator, Continuation co) {
        return iterator instanceof AsyncIterator<T> async ? async.next$async(co) : iterator.next();
    }

    /** Refused, unless an implementation knows better; here for Kotlin's sake, which would ask each for it. */
    @Override
    default void remove() {
        throw new UnsupportedOperationException("remove");
    }

    /** Ends the iteration early; does nothing at its end, and nothing here. */
    @Async
    @Override
    default void close() {}
}
