package dev.weft;

/** A function that may suspend. A lambda or method reference bound to it is rewritten like an {@link Async} method. */
@FunctionalInterface
public interface AsyncFunction<A, R> {
    /** Runs it within the calling coroutine. */
    @Async
    R apply(A argument) throws Exception;
}
