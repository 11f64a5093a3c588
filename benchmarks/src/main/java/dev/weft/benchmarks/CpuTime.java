package dev.weft.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Nanoseconds of the benchmark thread's processor time for each operation: a second result of each benchmark that stays
 * true on a machine that is busy with other things. The threads of the collector and of the compilers are not in it.
 *
 * <p>JMH adds the iterations up, so that only {@link Medians} shows the figure that is meant.
 */
@AuxCounters(AuxCounters.Type.EVENTS)
@State(Scope.Thread)
public class CpuTime {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    public double summedCpu;

    private long start;
    private long operations;

    @Setup(Level.Iteration)
    public void begin() {
        operations = 0;
        start = THREADS.getCurrentThreadCpuTime();
    }

    /** Counts what one invocation did. */
    public void add(long done) {
        operations += done;
    }

    @TearDown(Level.Iteration)
    public void end() {
        summedCpu = (double) (THREADS.getCurrentThreadCpuTime() - start) / operations;
    }
}
