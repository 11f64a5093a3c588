package dev.weft.benchmarks.compare;

import static dev.weft.Asyncio.await;
import static dev.weft.Asyncio.createTask;
import static dev.weft.Asyncio.sleep;

import dev.weft.Async;
import dev.weft.EventLoop;
import dev.weft.Task;
import dev.weft.benchmarks.CpuTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/** Tasks that do nothing but let each other run. An operation is one step of one of them. */
public class Switch extends Comparison {
    @Param({"1", "10", "1000"})
    public int tasks;

    @Benchmark
    @OperationsPerInvocation(OPERATIONS)
    public void weft(WeftLoop weft, CpuTime cpu) {
        weft.loop.runUntilComplete(() -> startAndJoin(tasks));
        cpu.add(OPERATIONS);
    }

    @Async
    private static void startAndJoin(int tasks) {
        List<Task<Void>> started = new ArrayList<>();
        for (int i = 0; i < tasks; i++) {
            started.add(createTask(() -> repeat(OPERATIONS / tasks)));
        }
        for (Task<Void> task : started) {
            await(task);
        }
    }

    @Async
    private static void repeat(int times) {
        for (int i = 0; i < times; i++) {
            sleep(Duration.ZERO);
        }
    }

    @Benchmark
    @OperationsPerInvocation(OPERATIONS)
    public void callbacks(WeftLoop weft, CpuTime cpu) {
        int[] running = {tasks};
        for (int i = 0; i < tasks; i++) {
            weft.loop.callSoon(new Repetition(weft.loop, OPERATIONS / tasks, running));
        }
        weft.loop.runForever();
        cpu.add(OPERATIONS);
    }

    private static final class Repetition implements Runnable {
        private final EventLoop loop;
        private final int[] running;
        private int left;

        Repetition(EventLoop loop, int times, int[] running) {
            this.loop = loop;
            left = times;
            this.running = running;
        }

        @Override
        public void run() {
            if (left-- > 0) {
                loop.callSoon(this);
            } else if (--running[0] == 0) {
                loop.stop();
            }
        }
    }

    @Benchmark
    @OperationsPerInvocation(OPERATIONS)
    public void kotlin(KotlinLoop loop, CpuTime cpu) {
        KotlinSwitch.run(tasks, OPERATIONS / tasks);
        cpu.add(OPERATIONS);
    }

    @Benchmark
    @OperationsPerInvocation(OPERATIONS)
    public void virtualThreads(VirtualThreads threads, CpuTime cpu) {
        VirtualThreads.run(this::startAndJoinThreads);
        cpu.add(OPERATIONS);
    }

    private void startAndJoinThreads() {
        List<Thread> started = new ArrayList<>();
        for (int i = 0; i < tasks; i++) {
            started.add(VirtualThreads.start(() -> yieldRepeatedly(OPERATIONS / tasks)));
        }
        started.forEach(VirtualThreads::join);
    }

    private static void yieldRepeatedly(int times) {
        for (int i = 0; i < times; i++) {
            Thread.yield();
        }
    }

    @Benchmark
    @OperationsPerInvocation(OPERATIONS)
    public void completableFuture(StageQueue queue, CpuTime cpu) {
        for (int i = 0; i < tasks; i++) {
            new Chain(queue, OPERATIONS / tasks).next();
        }
        queue.runAll();
        cpu.add(OPERATIONS);
    }

    private static final class Chain {
        private final Executor executor;
        private int left;

        Chain(Executor executor, int times) {
            this.executor = executor;
            left = times;
        }

        void next() {
            if (left-- > 0) {
                CompletableFuture.runAsync(Chain::step, executor).thenRun(this::next);
            }
        }

        private static void step() {}
    }

    @Benchmark
    @OperationsPerInvocation(OPERATIONS)
    public void eaAsync(StageQueue queue, CpuTime cpu) {
        for (int i = 0; i < tasks; i++) {
            EaSwitch.repeat(queue, OPERATIONS / tasks);
        }
        queue.runAll();
        cpu.add(OPERATIONS);
    }
}
