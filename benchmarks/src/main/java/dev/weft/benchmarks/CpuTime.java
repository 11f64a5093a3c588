package dev.weft.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What an iteration has taken besides time: results of each benchmark that stay true on a machine that is busy with other
 * things. All are sums over the iteration, read before and after it; whoever shows them divides by {@link #operations}.
 */
@AuxCounters(AuxCounters.Type.EVENTS)
@State(Scope.Thread)
public class CpuTime {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final @Nullable Method ALL_BYTES = allBytesMethod();

    /** Operations, as the benchmark has counted them. */
    public long operations;

    /** Nanoseconds of the benchmark thread's processor time: without the collector's threads and the compilers'. */
    public long threadCpu;

    /** Nanoseconds of the whole process; in coarse steps where the system does not tell the time of other threads. */
    public long processCpu;

    /** Bytes that the benchmark thread has allocated. */
    public long threadBytes;

    /** Bytes that all threads have allocated, virtual ones included; before Java 21 those of the benchmark thread. */
    public long processBytes;

    private long threadCpuBefore;
    private long processCpuBefore;
    private @Nullable OtherThreads othersBefore;
    private long threadBytesBefore;
    private long processBytesBefore;

    @Setup(Level.Iteration)
    public void begin() throws ReflectiveOperationException {
        operations = 0;
        processCpuBefore = SYSTEM.getProcessCpuTime();
        othersBefore = OtherThreads.now();
        processBytesBefore = allBytes();
        threadBytesBefore = THREADS.getCurrentThreadAllocatedBytes();
        threadCpuBefore = THREADS.getCurrentThreadCpuTime();
    }

    /** Counts what one invocation did. */
    public void add(long done) {
        operations += done;
    }

    @TearDown(Level.Iteration)
    public void end() throws ReflectiveOperationException {
        threadCpu = THREADS.getCurrentThreadCpuTime() - threadCpuBefore;
        threadBytes = THREADS.getCurrentThreadAllocatedBytes() - threadBytesBefore;
        processBytes = allBytes() - processBytesBefore;
        OtherThreads others = OtherThreads.now();
        processCpu = others == null || othersBefore == null
                ? SYSTEM.getProcessCpuTime() - processCpuBefore
                : threadCpu + others.since(othersBefore);
    }

    private static long allBytes() throws ReflectiveOperationException {
        return ALL_BYTES == null ? THREADS.getCurrentThreadAllocatedBytes() : (long) ALL_BYTES.invoke(THREADS);
    }

    private static @Nullable Method allBytesMethod() {
        try {
            return ThreadMXBean.class.getMethod("getTotalThreadAllocatedBytes");
        } catch (NoSuchMethodException beforeJava21) {
            return null;
        }
    }
}
