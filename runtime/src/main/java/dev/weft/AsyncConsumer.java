package dev.weft;

/** A consumer that may suspend. A lambda or method reference bound to it is rewritten like an {@link Async} method. */
@FunctionalInterface
public interface AsyncConsumer<A> {
    /** Runs it within the calling coroutine. */
    @Async
    void accept(A argument) throws Exception;
}
