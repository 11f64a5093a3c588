package dev.weft.benchmarks.compare;

import static dev.weft.Asyncio.sleep;

import dev.weft.Async;
import dev.weft.benchmarks.CpuTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/** One task that lets others run, below callers that all need their result afterwards. An operation is one step. */
public class DeepSwitch extends Comparison {
    @Param({"1", "10", "100"})
    public int depth;

    @Benchmark
    @OperationsPerInvocation(OPERATIONS)
    public int weft(WeftLoop weft, CpuTime cpu) {
        cpu.add(OPERATIONS);
        return weft.loop.runUntilComplete(() -> down(depth));
    }

    @Async
    private static int down(int depth) {
        if (depth > 1) {
            return down(depth - 1) + 1;
        }
        for (int i = 0; i < OPERATIONS; i++) {
            sleep(Duration.ZERO);
        }
        return 1;
    }

    @Benchmark
    @OperationsPerInvocation(OPERATIONS)
    public int kotlin(KotlinLoop loop, CpuTime cpu) {
        cpu.add(OPERATIONS);
        return KotlinDepth.switchAtDepth(depth, OPERATIONS);
    }

    @Benchmark
    @OperationsPerInvocation(OPERATIONS)
    public int virtualThreads(VirtualThreads threads, CpuTime cpu) {
        cpu.add(OPERATIONS);
        return VirtualThreads.call(() -> downInThread(depth));
    }

    private static int downInThread(int depth) {
        if (depth > 1) {
            return downInThread(depth - 1) + 1;
        }
        for (int i = 0; i < OPERATIONS; i++) {
            Thread.yield();
        }
        return 1;
    }

    @Benchmark
    @OperationsPerInvocation(OPERATIONS)
    public int eaAsync(StageQueue queue, CpuTime cpu) {
        cpu.add(OPERATIONS);
        CompletableFuture<Integer> result = EaDepth.switchAtDepth(queue, depth, OPERATIONS);
        queue.runAll();
        return result.join();
    }
}
