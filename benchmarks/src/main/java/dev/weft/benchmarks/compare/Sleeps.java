package dev.weft.benchmarks.compare;

import static dev.weft.Asyncio.await;
import static dev.weft.Asyncio.createTask;
import static dev.weft.Asyncio.sleep;

import dev.weft.Async;
import dev.weft.Task;
import dev.weft.benchmarks.CpuTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;

/**
 * A million tasks at once that sleep up to a second, spread evenly and in no order. An operation is all of it: its time is a
 * second at least, so it is the processor time of the process that matters.
 */
@Fork(jvmArgsAppend = {"-Xms3g", "-Xmx3g"})
public class Sleeps extends Comparison {
    private static final int TASKS = 1_000_000;

    /** How long a task sleeps: 0 to 999 ms; neighbours differ by 919. */
    static int millis(int task) {
        return (int) (task * 919L % 1000);
    }

    @Benchmark
    public void weft(WeftLoop weft, CpuTime cpu) {
        weft.loop.runUntilComplete(() -> startAndJoin());
        cpu.add(1);
    }

    @Async
    private static void startAndJoin() {
        List<Task<Void>> started = new ArrayList<>(TASKS);
        for (int i = 0; i < TASKS; i++) {
            Duration time = Duration.ofMillis(millis(i));
            started.add(createTask(() -> sleep(time)));
        }
        for (Task<Void> task : started) {
            await(task);
        }
    }

    @Benchmark
    public void callbacks(WeftLoop weft, CpuTime cpu) {
        int[] left = {TASKS};
        for (int i = 0; i < TASKS; i++) {
            weft.loop.callLater(Duration.ofMillis(millis(i)), () -> {
                if (--left[0] == 0) {
                    weft.loop.stop();
                }
            });
        }
        weft.loop.runForever();
        cpu.add(1);
    }

    @Benchmark
    public void kotlin(KotlinLoop loop, CpuTime cpu) {
        KotlinSleeps.run(TASKS);
        cpu.add(1);
    }

    @Benchmark
    public void virtualThreads(VirtualThreads threads, CpuTime cpu) {
        VirtualThreads.run(Sleeps::startAndJoinThreads);
        cpu.add(1);
    }

    private static void startAndJoinThreads() {
        List<Thread> started = new ArrayList<>(TASKS);
        for (int i = 0; i < TASKS; i++) {
            int time = millis(i);
            started.add(VirtualThreads.start(() -> VirtualThreads.sleep(time)));
        }
        started.forEach(VirtualThreads::join);
    }

    /** The JDK's timer thread hands what is due to the benchmark's thread. */
    @Benchmark
    public void completableFuture(CpuTime cpu) throws InterruptedException {
        LinkedBlockingQueue<Runnable> due = new LinkedBlockingQueue<>();
        for (int i = 0; i < TASKS; i++) {
            Executor later = CompletableFuture.delayedExecutor(millis(i), TimeUnit.MILLISECONDS, due::add);
            CompletableFuture.runAsync(Sleeps::step, later);
        }
        for (int i = 0; i < TASKS; i++) {
            due.take().run();
        }
        cpu.add(1);
    }

    private static void step() {}
}
