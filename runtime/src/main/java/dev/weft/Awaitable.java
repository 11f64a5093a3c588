package dev.weft;

import dev.weft.internal.Continuation;

/**
 * Anything that a coroutine can wait for. User types may implement it.
 *
 * @param <T> what waiting for it gives
 */
@FunctionalInterface
public interface Awaitable<T> {
    /** Suspends until there is a value, and returns it. */
    @Async
    T await();

    /**
     * The twin of {@link #await()} that rewritten code calls.
     *
     * @hidden
     */
    default T await$async(Continuation co) {
        return await();
    }
}
