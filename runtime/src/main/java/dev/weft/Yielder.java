package dev.weft;

import dev.weft.internal.Continuation;

/**
 * What a generator hands its elements to: see {@link Asyncio#generate}.
 *
 * @param <T> the elements
 */
public final class Yielder<T> {
    private final Generation<T> generation;

    Yielder(Generation<T> generation) {
        this.generation = generation;
    }

    /**
     * Hands over an element, and waits until the next one is asked for.
     *
     * @throws GeneratorExit if the iteration was closed meanwhile
     * @throws IllegalStateException if it is not called by the generator's own code while that runs
     */
    @Async
    public void yield(T element) {
        yield$async(element, Continuation.REFUSING);
    }

    /**
     * The twin that rewritten code calls.
     *
     * @hidden
     */
    public void yield$async(T element, Continuation co) {
        generation.yield(element, co);
    }

    /** Hands over all elements of another sequence. */
    @Async
    public void yieldAll(AsyncIterable<? extends T> elements) {
        try (AsyncIterator<? extends T> iterator = elements.iterator()) {
            while (iterator.hasNext()) {
                this.yield(iterator.next());
            }
        }
    }

    /** Hands over all elements of a collection. */
    @Async
    public void yieldAll(Iterable<? extends T> elements) {
        for (T element : elements) {
            this.yield(element);
        }
    }
}
