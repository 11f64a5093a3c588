package dev.weft;

/** A resource whose {@link #close} may suspend; {@code try (var r = resource)} in an {@link Async} method waits for it. */
@SuppressWarnings("try") // close may throw anything
public interface AsyncCloseable extends AutoCloseable {
    /** Releases the resource. */
    @Async
    @Override
    void close() throws Exception;
}
