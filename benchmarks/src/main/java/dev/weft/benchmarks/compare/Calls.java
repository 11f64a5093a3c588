package dev.weft.benchmarks.compare;

import static dev.weft.Asyncio.sleep;

import dev.weft.Async;
import dev.weft.benchmarks.CpuTime;
import java.time.Duration;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/**
 * Calls that might suspend but never do, each waiting for the result of the one before; inlined where the compiler likes
 * to. An operation is one call of the innermost method, or five nested ones.
 */
public class Calls extends Comparison {
    @Param({"1", "5"})
    public int depth;

    private int seed;

    @Benchmark
    @OperationsPerInvocation(OPERATIONS)
    public int weft(WeftLoop weft, CpuTime cpu) {
        cpu.add(OPERATIONS);
        return weft.loop.runUntilComplete(() -> depth == 1 ? weftCalls(seed) : weftNestedCalls(seed));
    }

    @Async
    private static int weftCalls(int seed) {
        int x = seed;
        for (int i = 0; i < OPERATIONS; i++) {
            x = weftLevel5(x) & 0xFFFF;
        }
        return x;
    }

    @Async
    private static int weftNestedCalls(int seed) {
        int x = seed;
        for (int i = 0; i < OPERATIONS; i++) {
            x = weftLevel1(x) & 0xFFFF;
        }
        return x;
    }

    @Async
    private static int weftLevel1(int x) {
        return weftLevel2(x) + 1;
    }

    @Async
    private static int weftLevel2(int x) {
        return weftLevel3(x) + 1;
    }

    @Async
    private static int weftLevel3(int x) {
        return weftLevel4(x) + 1;
    }

    @Async
    private static int weftLevel4(int x) {
        return weftLevel5(x) + 1;
    }

    @Async
    private static int weftLevel5(int x) {
        if (x < 0) {
            sleep(Duration.ZERO);
        }
        return x + 1;
    }

    @Benchmark
    @OperationsPerInvocation(OPERATIONS)
    public int plain(CpuTime cpu) {
        cpu.add(OPERATIONS);
        return depth == 1 ? plainCalls(seed) : plainNestedCalls(seed);
    }

    private static int plainCalls(int seed) {
        int x = seed;
        for (int i = 0; i < OPERATIONS; i++) {
            x = plainLevel5(x) & 0xFFFF;
        }
        return x;
    }

    private static int plainNestedCalls(int seed) {
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

    @Benchmark
    @OperationsPerInvocation(OPERATIONS)
    public int kotlin(KotlinLoop loop, CpuTime cpu) {
        cpu.add(OPERATIONS);
        return depth == 1 ? KotlinCalls.calls(seed, OPERATIONS) : KotlinCalls.nestedCalls(seed, OPERATIONS);
    }

    @Benchmark
    @OperationsPerInvocation(OPERATIONS)
    public int eaAsync(StageQueue queue, CpuTime cpu) {
        cpu.add(OPERATIONS);
        return (depth == 1 ? EaCalls.calls(seed, OPERATIONS) : EaCalls.nestedCalls(seed, OPERATIONS)).join();
    }
}
