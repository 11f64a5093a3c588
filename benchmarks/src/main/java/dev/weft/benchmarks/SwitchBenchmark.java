package dev.weft.benchmarks;

import static dev.weft.Asyncio.sleep;

import dev.weft.Async;
import java.time.Duration;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** One step of a task, or one callback, that goes on at once in the loop's next iteration. */
public class SwitchBenchmark extends LoopBenchmark {
    /** What takes the steps. */
    public enum Kind {
        CALLBACK,
        TASK
    }

    @Param
    public Kind kind;

    @Param({"1", "1000"})
    public int count;

    /** Whether the loop is older than a collection; G1 makes the links from old objects to young ones dear. */
    @Param({"false", "true"})
    public boolean oldLoop;

    private int steps;
    private boolean ending;

    @Setup
    public void start() {
        if (oldLoop) {
            System.gc();
        }
        for (int i = 0; i < count; i++) {
            if (kind == Kind.TASK) {
                loop.createTask(() -> repeat());
            } else {
                loop.callSoon(new Repetition());
            }
        }
        loop.callSoon(loop::stop);
        loop.runForever();
    }

    @Override
    public void closeLoop() {
        ending = true;
        loop.callSoon(loop::stop);
        loop.runForever();
        super.closeLoop();
    }

    @Benchmark
    @OperationsPerInvocation(OPERATIONS)
    public void step(CpuTime cpu) {
        loop.runForever();
        cpu.add(OPERATIONS);
    }

    @Async
    private void repeat() {
        while (!ending) {
            sleep(Duration.ZERO);
            countStep();
        }
    }

    private final class Repetition implements Runnable {
        @Override
        public void run() {
            countStep();
            if (!ending) {
                loop.callSoon(this);
            }
        }
    }

    private void countStep() {
        if (++steps == OPERATIONS) {
            steps = 0;
            loop.stop();
        }
    }
}
