package dev.weft;

/**
 * A function that may suspend. A lambda or method reference bound to it is rewritten like an {@link Async} method.
 *
 * <p>A consumer too, so that the compiler prefers it where a lambda could be either, as one that always throws.
 */
@FunctionalInterface
public interface AsyncFunction<A, R> extends AsyncConsumer<A> {
    /** Runs it within the calling coroutine. */
    @Async
    R apply(A argument) throws Exception;

    /** The same without the result. */
    @Async
    @Override
    default void accept(A argument) throws Exception {
        apply(argument);
    }
}
