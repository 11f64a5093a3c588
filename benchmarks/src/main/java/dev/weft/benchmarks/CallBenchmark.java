package dev.weft.benchmarks;

import static dev.weft.Asyncio.sleep;

import dev.weft.Async;
import java.time.Duration;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/** Five nested calls that might suspend but do not, and the same in plain Java; with the compiler's inlining and without. */
public class CallBenchmark extends LoopBenchmark {
    // JMH's own annotation for this would not reach the methods that the agent adds.
    private static final String OUT_OF_LINE =
            "-XX:CompileCommand=dontinline,dev.weft.benchmarks.CallBenchmark::*Level*";

    private int seed;

    @Benchmark
    @OperationsPerInvocation(OPERATIONS)
    public void asyncInlined(CpuTime cpu) {
        callAsync(cpu);
    }

    @Benchmark
    @OperationsPerInvocation(OPERATIONS)
    public void plainInlined(CpuTime cpu) {
        callPlain(cpu);
    }

    @Benchmark
    @OperationsPerInvocation(OPERATIONS)
    @Fork(value = 5, jvmArgsPrepend = OUT_OF_LINE)
    public void asyncOutOfLine(CpuTime cpu) {
        callAsync(cpu);
    }

    @Benchmark
    @OperationsPerInvocation(OPERATIONS)
    @Fork(value = 5, jvmArgsPrepend = OUT_OF_LINE)
    public void plainOutOfLine(CpuTime cpu) {
        callPlain(cpu);
    }

    private void callAsync(CpuTime cpu) {
        seed = loop.runUntilComplete(() -> asyncCalls(seed));
        cpu.add(OPERATIONS);
    }

    private void callPlain(CpuTime cpu) {
        seed = plainCalls(seed);
        cpu.add(OPERATIONS);
    }

    @Async
    private static int asyncCalls(int seed) {
        int x = seed;
        for (int i = 0; i < OPERATIONS; i++) {
            x = asyncLevel1(x) & 0xFFFF; // each call waits for the one before
        }
        return x;
    }

    @Async
    private static int asyncLevel1(int x) {
        return asyncLevel2(x) + 1;
    }

    @Async
    private static int asyncLevel2(int x) {
        return asyncLevel3(x) + 1;
    }

    @Async
    private static int asyncLevel3(int x) {
        return asyncLevel4(x) + 1;
    }

    @Async
    private static int asyncLevel4(int x) {
        return asyncLevel5(x) + 1;
    }

    @Async
    private static int asyncLevel5(int x) {
        if (x < 0) {
            sleep(Duration.ZERO);
        }
        return x + 1;
    }

    private static int plainCalls(int seed) {
        int x = seed;
        for (int i = 0; i < OPERATIONS; i++) {
            x = plainLevel1(x) & 0xFFFF;
        }
        return x;
    }

    private static int plainLevel1(int x) {
        return plainLevel2(x) + 1;
    }

    private static int plainLevel2(int x) {
        return plainLevel3(x) + 1;
    }

    private static int plainLevel3(int x) {
        return plainLevel4(x) + 1;
    }

    private static int plainLevel4(int x) {
        return plainLevel5(x) + 1;
    }

    private static int plainLevel5(int x) {
        if (x < 0) {
            Thread.yield();
        }
        return x + 1;
    }
}
