package dev.weft;

import dev.weft.internal.Continuation;

/**
 * A computation that may suspend, not yet running. Usually a lambda or method reference, which is rewritten like an
 * {@link Async} method:
 *
 * <pre>{@code
 * Coroutine<String> greeting = () -> greet("Anna"); // nothing runs yet
 * Task<String> task = createTask(greeting);
 * }</pre>
 *
 * It is code, so it may run more than once.
 *
 * @param <T> what it returns
 */
@FunctionalInterface
public interface Coroutine<T> extends Awaitable<T> {
    /** Runs it within the calling coroutine. */
    @Async
    T run() throws Exception;

    /**
     * The twin of {@link #run()} that rewritten code calls.
     *
     * @hidden
     */
    default T run$async(Continuation co) throws Exception {
        return run();
    }

    /**
     * Runs it within the calling coroutine.
     *
     * @throws java.util.concurrent.CompletionException with what it throws as the cause, if that is a checked exception
     */
    @Async
    @Override
    default T await() {
        try {
            return run();
        } catch (Exception e) {
            throw Failures.unchecked(e);
        }
    }
}
