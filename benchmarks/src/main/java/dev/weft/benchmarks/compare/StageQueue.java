package dev.weft.benchmarks.compare;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What stages are run by: the thread that calls {@link #runAll}, in the order in which they came. Of that thread only. */
@State(Scope.Thread)
public class StageQueue implements Executor {
    private final ArrayDeque<Runnable> queue = new ArrayDeque<>();

    @Setup
    public void collect() {
        System.gc();
    }

    @Override
    public void execute(Runnable command) {
        queue.add(command);
    }

    /** Runs until there is nothing more to run. */
    void runAll() {
        for (Runnable next = queue.poll(); next != null; next = queue.poll()) {
            next.run();
        }
    }
}
