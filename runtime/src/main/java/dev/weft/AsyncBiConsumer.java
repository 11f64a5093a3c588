package dev.weft;

/** A consumer of two arguments that may suspend. A lambda or method reference bound to it is rewritten like an {@link Async} method. */
@FunctionalInterface
public interface AsyncBiConsumer<A, B> {
    /** Runs it within the calling coroutine. */
    @Async
    void accept(A first, B second) throws Exception;
}
