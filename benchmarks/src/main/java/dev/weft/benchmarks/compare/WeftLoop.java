package dev.weft.benchmarks.compare;

import dev.weft.EventLoop;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The loop of {@code weft} and {@code callbacks}. */
@State(Scope.Thread)
public class WeftLoop {
    EventLoop loop;

    @Setup
    public void create() {
        loop = EventLoop.create();
        System.gc();
    }

    @TearDown
    public void close() {
        loop.close();
    }
}
