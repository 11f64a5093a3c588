package dev.weft.benchmarks.compare;

import static dev.weft.Asyncio.await;
import static dev.weft.Asyncio.createTask;

import dev.weft.Async;
import dev.weft.EventLoop;
import dev.weft.Task;
import dev.weft.benchmarks.CpuTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Param;

/**
 * A tree of tasks: each starts ten, waits for them and adds up their results; a leaf's result is its number. An operation
 * is a whole tree. The time of the collector counts, so it is the processor time of the process that matters.
 */
@Fork(jvmArgsAppend = {"-Xms3g", "-Xmx3g", "-Xmn2g"})
public class Skynet extends Comparison {
    private static final int CHILDREN = 10;

    @Param({"100000", "1000000"})
    public int leaves;

    private long checked(long sum) {
        if (sum != (long) leaves * (leaves - 1) / 2) {
            throw new IllegalStateException("The sum is wrong: " + sum);
        }
        return sum;
    }

    @Benchmark
    public long weft(WeftLoop weft, CpuTime cpu) {
        cpu.add(1);
        return checked(weft.loop.runUntilComplete(() -> sum(0, leaves)));
    }

    @Async
    private static long sum(long first, int leaves) {
        if (leaves == 1) {
            return first;
        }
        int leavesOfChild = leaves / CHILDREN;
        List<Task<Long>> children = new ArrayList<>(CHILDREN);
        for (int i = 0; i < CHILDREN; i++) {
            long firstOfChild = first + (long) i * leavesOfChild;
            children.add(createTask(() -> sum(firstOfChild, leavesOfChild)));
        }
        long sum = 0;
        for (Task<Long> child : children) {
            sum += await(child);
        }
        return sum;
    }

    @Benchmark
    public long callbacks(WeftLoop weft, CpuTime cpu) {
        cpu.add(1);
        Node root = new Node(weft.loop, null, 0, leaves);
        weft.loop.callSoon(root);
        weft.loop.runForever();
        return checked(root.sum);
    }

    private static final class Node implements Runnable {
        private final EventLoop loop;
        private final @Nullable Node parent;
        private final long first;
        private final int leaves;
        private int pending = CHILDREN;
        private long sum;

        Node(EventLoop loop, @Nullable Node parent, long first, int leaves) {
            this.loop = loop;
            this.parent = parent;
            this.first = first;
            this.leaves = leaves;
        }

        @Override
        public void run() {
            if (leaves == 1) {
                sum = first;
                tellParent();
                return;
            }
            int leavesOfChild = leaves / CHILDREN;
            for (int i = 0; i < CHILDREN; i++) {
                loop.callSoon(new Node(loop, this, first + (long) i * leavesOfChild, leavesOfChild));
            }
        }

        private void tellParent() {
            if (parent == null) {
                loop.stop();
                return;
            }
            parent.sum += sum;
            if (--parent.pending == 0) {
                loop.callSoon(parent::tellParent); // not at once: nothing wakes another inside its own step
            }
        }
    }

    @Benchmark
    public long kotlin(KotlinLoop loop, CpuTime cpu) {
        cpu.add(1);
        return checked(KotlinSkynet.sum(leaves));
    }

    @Benchmark
    public long virtualThreads(VirtualThreads threads, CpuTime cpu) {
        cpu.add(1);
        return checked(VirtualThreads.call(() -> sumInThread(0, leaves)));
    }

    private static long sumInThread(long first, int leaves) {
        if (leaves == 1) {
            return first;
        }
        int leavesOfChild = leaves / CHILDREN;
        List<CompletableFuture<Long>> children = new ArrayList<>(CHILDREN);
        for (int i = 0; i < CHILDREN; i++) {
            long firstOfChild = first + (long) i * leavesOfChild;
            CompletableFuture<Long> child = new CompletableFuture<>();
            VirtualThreads.start(() -> child.complete(sumInThread(firstOfChild, leavesOfChild)));
            children.add(child);
        }
        long sum = 0;
        for (CompletableFuture<Long> child : children) {
            sum += child.join();
        }
        return sum;
    }

    @Benchmark
    public long completableFuture(StageQueue queue, CpuTime cpu) {
        cpu.add(1);
        CompletableFuture<Long> sum = sumByStages(queue, 0, leaves);
        queue.runAll();
        return checked(sum.join());
    }

    private static CompletableFuture<Long> sumByStages(Executor executor, long first, int leaves) {
        if (leaves == 1) {
            return CompletableFuture.completedFuture(first);
        }
        int leavesOfChild = leaves / CHILDREN;
        List<CompletableFuture<Long>> children = new ArrayList<>(CHILDREN);
        for (int i = 0; i < CHILDREN; i++) {
            long firstOfChild = first + (long) i * leavesOfChild;
            children.add(
                    CompletableFuture.supplyAsync(() -> sumByStages(executor, firstOfChild, leavesOfChild), executor)
                            .thenCompose(Function.identity()));
        }
        return CompletableFuture.allOf(children.toArray(new CompletableFuture<?>[0]))
                .thenApply(done -> addUp(children));
    }

    private static long addUp(List<CompletableFuture<Long>> children) {
        long sum = 0;
        for (CompletableFuture<Long> child : children) {
            sum += child.join();
        }
        return sum;
    }
}
