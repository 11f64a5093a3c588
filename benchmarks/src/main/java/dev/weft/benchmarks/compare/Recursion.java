package dev.weft.benchmarks.compare;

import static dev.weft.Asyncio.sleep;

import dev.weft.Async;
import dev.weft.benchmarks.CpuTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/** Down a hundred calls, one step there, and up again. An operation is all of that. */
public class Recursion extends Comparison {
    private static final int DEPTH = 100;
    private static final int TIMES = 10_000;

    @Benchmark
    @OperationsPerInvocation(TIMES)
    public long weft(WeftLoop weft, CpuTime cpu) {
        cpu.add(TIMES);
        return weft.loop.runUntilComplete(() -> repeat());
    }

    @Async
    private static long repeat() {
        long sum = 0;
        for (int i = 0; i < TIMES; i++) {
            sum += down(DEPTH);
        }
        return sum;
    }

    @Async
    private static int down(int depth) {
        if (depth > 0) {
            return down(depth - 1) + 1;
        }
        sleep(Duration.ZERO);
        return 0;
    }

    @Benchmark
    @OperationsPerInvocation(TIMES)
    public long kotlin(KotlinLoop loop, CpuTime cpu) {
        cpu.add(TIMES);
        return KotlinDepth.recurse(DEPTH, TIMES);
    }

    @Benchmark
    @OperationsPerInvocation(TIMES)
    public long virtualThreads(VirtualThreads threads, CpuTime cpu) {
        cpu.add(TIMES);
        return VirtualThreads.call(Recursion::repeatInThread);
    }

    private static long repeatInThread() {
        long sum = 0;
        for (int i = 0; i < TIMES; i++) {
            sum += downInThread(DEPTH);
        }
        return sum;
    }

    private static int downInThread(int depth) {
        if (depth > 0) {
            return downInThread(depth - 1) + 1;
        }
        Thread.yield();
        return 0;
    }

    @Benchmark
    @OperationsPerInvocation(TIMES)
    public long completableFuture(StageQueue queue, CpuTime cpu) {
        cpu.add(TIMES);
        long sum = 0;
        for (int i = 0; i < TIMES; i++) {
            CompletableFuture<Integer> result = downByStages(queue, DEPTH);
            queue.runAll();
            sum += result.join();
        }
        return sum;
    }

    private static CompletableFuture<Integer> downByStages(StageQueue queue, int depth) {
        if (depth > 0) {
            return downByStages(queue, depth - 1).thenApply(below -> below + 1);
        }
        return CompletableFuture.supplyAsync(() -> 0, queue);
    }

    @Benchmark
    @OperationsPerInvocation(TIMES)
    public long eaAsync(StageQueue queue, CpuTime cpu) {
        cpu.add(TIMES);
        long sum = 0;
        for (int i = 0; i < TIMES; i++) {
            CompletableFuture<Integer> result = EaDepth.recurse(queue, DEPTH);
            queue.runAll();
            sum += result.join();
        }
        return sum;
    }
}
