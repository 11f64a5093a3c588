package dev.weft.benchmarks;

import static dev.weft.Asyncio.await;
import static dev.weft.Asyncio.createTask;

import dev.weft.Async;
import dev.weft.AsyncFuture;
import java.util.function.Consumer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/** To start a task that does nothing, and wait for it. */
public class CreateBenchmark extends LoopBenchmark {
    @Benchmark
    @OperationsPerInvocation(OPERATIONS)
    public void task(CpuTime cpu) {
        loop.runUntilComplete(() -> createAndAwait(OPERATIONS));
        cpu.add(OPERATIONS);
    }

    @Async
    private static void createAndAwait(int times) {
        for (int i = 0; i < times; i++) {
            await(createTask(() -> null));
        }
    }

    @Benchmark
    @OperationsPerInvocation(OPERATIONS)
    public void callback(CpuTime cpu) {
        new Starter(OPERATIONS).accept(null);
        loop.runForever();
        cpu.add(OPERATIONS);
    }

    private final class Starter implements Consumer<AsyncFuture<Void>> {
        private int times;

        Starter(int times) {
            this.times = times;
        }

        @Override
        public void accept(AsyncFuture<Void> before) {
            if (times-- == 0) {
                loop.stop();
                return;
            }
            AsyncFuture<Void> future = loop.createFuture();
            loop.callSoon(() -> future.setResult(null));
            future.addDoneCallback(this);
        }
    }
}
