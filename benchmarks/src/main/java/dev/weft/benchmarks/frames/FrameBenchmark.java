package dev.weft.benchmarks.frames;

import dev.weft.benchmarks.CpuTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One suspension and resumption in each representation: 1 task of one class, or 1,000 tasks of 8 classes in turn. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 4, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class FrameBenchmark {
    private static final int STEPS = 100_000;
    private static final int CLASSES = 8;

    @Param
    public Representation representation;

    @Param
    public Host.Method method;

    @Param({"1", "1000"})
    public int tasks;

    /** Whether the frames, and what they refer to, have outlived a collection: G1 makes stores into them dear. */
    @Param({"false", "true"})
    public boolean oldFrames;

    private Loop loop;
    private final List<byte[]> between = new ArrayList<>();

    @Setup
    public void startTasks() {
        List<Host> hosts = representation.newHosts(tasks == 1 ? 1 : CLASSES);
        loop = representation.newLoop();
        loop.start(hosts, method, CLASSES); // a class makes its points and dispatchers when they are first needed
        if (oldFrames) {
            for (int i = 0; i < 1000; i++) {
                between.add(new byte[10_000]); // puts the frames into other regions
            }
        }
        loop.start(hosts, method, tasks);
        if (oldFrames) {
            System.gc();
            loop.renew();
        }
    }

    @Benchmark
    @OperationsPerInvocation(STEPS)
    public void steps(CpuTime cpu) {
        loop.run(STEPS);
        cpu.add(STEPS);
    }
}
