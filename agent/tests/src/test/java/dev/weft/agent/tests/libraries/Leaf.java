package dev.weft.agent.tests.libraries;

import dev.weft.Async;
import dev.weft.internal.Continuation;
import java.util.concurrent.atomic.LongAdder;

/**
 * The call that {@link LeafCalls} puts behind every call of a library: it suspends every so many times, if its caller can.
 *
 * <p>Its twin is written by hand, which the compiler allows in packages below {@code dev.weft}. Any thread.
 */
public final class Leaf {
    /** The system property that says how often: 1 for each call, 7 for every seventh of a thread. */
    static final String EVERY = "weft.libraries.every";

    private static final int every = Integer.getInteger(EVERY, 1);
    private static final ThreadLocal<int[]> calls = ThreadLocal.withInitial(() -> new int[1]);
    private static final LongAdder suspensions = new LongAdder();

    private Leaf() {}

    /** Nothing, as constructors and other code that was not rewritten must go on. */
    @Async
    public static void v() {}

    public static void v$async(Continuation co) {
        if (co == Continuation.REFUSING || every > 1 && ++calls.get()[0] % every != 0) {
            return;
        }
        suspensions.increment();
        co.suspend();
    }

    static long suspensions() {
        return suspensions.sum();
    }
}
