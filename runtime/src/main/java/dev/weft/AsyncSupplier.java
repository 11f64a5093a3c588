package dev.weft;

/** A supplier that may suspend. A lambda or method reference bound to it is rewritten like an {@link Async} method. */
@FunctionalInterface
public interface AsyncSupplier<R> {
    /** Runs it within the calling coroutine. */
    @Async
    R get() throws Exception;
}
