package dev.weft.benchmarks.compare;

import kotlinx.coroutines.EventLoop;
import kotlinx.coroutines.ThreadLocalEventLoop;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The loop on which every {@code runBlocking} of the benchmark's thread runs. Without it each invocation would make one of
 * its own, which no program does that calls {@code runBlocking} in its main method.
 */
@State(Scope.Thread)
public class KotlinLoop {
    private EventLoop loop;

    @Setup
    public void create() {
        loop = ThreadLocalEventLoop.INSTANCE.getEventLoop$kotlinx_coroutines_core();
        loop.incrementUseCount(false);
        System.gc();
    }

    @TearDown
    public void close() {
        loop.decrementUseCount(false);
    }
}
