package dev.weft.benchmarks;

import static dev.weft.Asyncio.await;
import static dev.weft.Asyncio.createTask;
import static dev.weft.Asyncio.sleep;

import dev.weft.Async;
import dev.weft.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/** One step of a task that goes on at once in the loop's next iteration. */
public class SwitchBenchmark extends LoopBenchmark {
    @Param({"1", "1000"})
    public int tasks;

    @Benchmark
    @OperationsPerInvocation(OPERATIONS)
    public void task(CpuTime cpu) {
        int steps = OPERATIONS / tasks;
        loop.runUntilComplete(() -> runSideBySide(tasks, steps));
        cpu.add(OPERATIONS);
    }

    @Async
    private static void runSideBySide(int tasks, int steps) {
        List<Task<Void>> running = new ArrayList<>();
        for (int i = 0; i < tasks; i++) {
            running.add(createTask(() -> sleepOften(steps)));
        }
        for (Task<Void> task : running) {
            await(task);
        }
    }

    @Async
    private static void sleepOften(int times) {
        for (int i = 0; i < times; i++) {
            sleep(Duration.ZERO);
        }
    }

    @Benchmark
    @OperationsPerInvocation(OPERATIONS)
    public void callback(CpuTime cpu) {
        left = tasks;
        for (int i = 0; i < tasks; i++) {
            loop.callSoon(new Repetition(OPERATIONS / tasks));
        }
        loop.runForever();
        cpu.add(OPERATIONS);
    }

    private int left;

    private final class Repetition implements Runnable {
        private int steps;

        Repetition(int steps) {
            this.steps = steps;
        }

        @Override
        public void run() {
            if (--steps > 0) {
                loop.callSoon(this);
            } else if (--left == 0) {
                loop.stop();
            }
        }
    }
}
