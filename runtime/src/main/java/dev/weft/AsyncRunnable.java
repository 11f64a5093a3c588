package dev.weft;

import dev.weft.internal.Continuation;

/** A {@link Coroutine} without a value. */
@FunctionalInterface
public interface AsyncRunnable {
    /** Runs it within the calling coroutine. */
    @Async
    void run() throws Exception;

    /**
     * The twin of {@link #run()} that rewritten code calls.
     *
     * @hidden
     */
    default void run$async(Continuation co) throws Exception {
        run();
    }
}
