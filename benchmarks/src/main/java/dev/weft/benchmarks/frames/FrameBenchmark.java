package dev.weft.benchmarks.frames;

import dev.weft.benchmarks.CpuTime;
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
@Fork(3)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 7, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class FrameBenchmark {
    private static final int STEPS = 100_000;
    private static final int CLASSES = 8;

    @Param
    public Representation representation;

    @Param
    public Host.Method method;

    @Param({"1", "1000"})
    public int tasks;

    private Loop loop;

    @Setup
    public void startTasks() {
        loop = representation.newLoop();
        loop.start(representation.newHosts(tasks == 1 ? 1 : CLASSES), method, tasks);
        System.gc(); // tasks that live long are what a collector's barriers are about
    }

    @Benchmark
    @OperationsPerInvocation(STEPS)
    public void steps(CpuTime cpu) {
        loop.run(STEPS);
        cpu.add(STEPS);
    }
}
