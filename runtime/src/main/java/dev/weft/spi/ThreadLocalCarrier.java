package dev.weft.spi;

import org.jspecify.annotations.Nullable;

/**
 * Gives each task values of its own in thread-locals that belong to a library: a logging context, a tracing span, a
 * security context. All tasks of a loop share a thread, so that without a carrier they would share these too.
 *
 * <p>A task begins with what {@link #capture()} gave when it was created. Before each of its steps its values are
 * {@linkplain #enter entered}; after the step they are captured again, so that it keeps what it has changed, and then the
 * scope is left. Callbacks of the loop and {@code toThread} have the values of the code that registered or called them;
 * what they change is lost.
 *
 * <pre>{@code
 * final class MdcCarrier implements ThreadLocalCarrier<Map<String, String>> {
 *     public Map<String, String> capture() {
 *         return MDC.getCopyOfContextMap();
 *     }
 *
 *     public Scope enter(Map<String, String> values) {
 *         Map<String, String> before = MDC.getCopyOfContextMap();
 *         MDC.setContextMap(values);
 *         return () -> MDC.setContextMap(before);
 *     }
 * }
 * }</pre>
 *
 * <p>Loops use the carriers that {@link java.util.ServiceLoader} finds with the class loader of this interface, and those
 * of {@link dev.weft.EventLoop#addThreadLocalCarrier}. Where there are none nothing is done in a step; where there are some,
 * each step calls them. What a carrier throws is logged, and the step goes on without it.
 *
 * <p>Called on any thread. Variables of one's own are better declared as {@link dev.weft.ContextVar}, which costs nothing in
 * a step.
 *
 * @param <V> the values of a thread, which nobody changes once they are captured; null may stand for none
 */
public interface ThreadLocalCarrier<V> {
    /** The values that the calling thread has now. */
    @Nullable
    V capture();

    /**
     * Gives the calling thread {@code values} and no others.
     *
     * @param values what {@link #capture()} gave, maybe on another thread
     * @return what gives it back those that it had before; called once, on the same thread, after scopes that were entered
     *     later
     */
    Scope enter(@Nullable V values);

    /** A time in which a thread has values that were not its own. */
    @FunctionalInterface
    interface Scope {
        /** Gives the thread back the values that it had before. */
        void exit();
    }

    /** Carries one thread-local, which is removed where the value is null. */
    static <T> ThreadLocalCarrier<T> of(ThreadLocal<T> local) {
        return new SingleCarrier<>(local);
    }
}
