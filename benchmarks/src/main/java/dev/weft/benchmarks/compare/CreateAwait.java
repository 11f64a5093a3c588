package dev.weft.benchmarks.compare;

import static dev.weft.Asyncio.await;
import static dev.weft.Asyncio.createTask;

import dev.weft.Async;
import dev.weft.AsyncFuture;
import dev.weft.EventLoop;
import dev.weft.benchmarks.CpuTime;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/** To start a task that does nothing, and wait for it. */
public class CreateAwait extends Comparison {
    @Benchmark
    @OperationsPerInvocation(SLOW_OPERATIONS)
    public void weft(WeftLoop weft, CpuTime cpu) {
        weft.loop.runUntilComplete(() -> repeat());
        cpu.add(SLOW_OPERATIONS);
    }

    @Async
    private static void repeat() {
        for (int i = 0; i < SLOW_OPERATIONS; i++) {
            await(createTask(() -> null));
        }
    }

    @Benchmark
    @OperationsPerInvocation(SLOW_OPERATIONS)
    public void callbacks(WeftLoop weft, CpuTime cpu) {
        new Starter(weft.loop).accept(null);
        weft.loop.runForever();
        cpu.add(SLOW_OPERATIONS);
    }

    private static final class Starter implements Consumer<AsyncFuture<Void>> {
        private final EventLoop loop;
        private int left = SLOW_OPERATIONS;

        Starter(EventLoop loop) {
            this.loop = loop;
        }

        @Override
        public void accept(AsyncFuture<Void> before) {
            if (left-- == 0) {
                loop.stop();
                return;
            }
            AsyncFuture<Void> future = loop.createFuture();
            loop.callSoon(() -> future.setResult(null));
            future.addDoneCallback(this);
        }
    }

    @Benchmark
    @OperationsPerInvocation(SLOW_OPERATIONS)
    public void kotlin(KotlinLoop loop, CpuTime cpu) {
        KotlinTasks.createAndAwait(SLOW_OPERATIONS);
        cpu.add(SLOW_OPERATIONS);
    }

    @Benchmark
    @OperationsPerInvocation(SLOW_OPERATIONS)
    public void virtualThreads(VirtualThreads threads, CpuTime cpu) {
        VirtualThreads.run(CreateAwait::repeatInThread);
        cpu.add(SLOW_OPERATIONS);
    }

    private static void repeatInThread() {
        for (int i = 0; i < SLOW_OPERATIONS; i++) {
            CompletableFuture<Void> result =
                    new CompletableFuture<>(); // a little faster than FutureTask and Thread.join
            VirtualThreads.start(() -> result.complete(null));
            result.join();
        }
    }

    @Benchmark
    @OperationsPerInvocation(SLOW_OPERATIONS)
    public void completableFuture(StageQueue queue, CpuTime cpu) {
        new Chain(queue).next(null);
        queue.runAll();
        cpu.add(SLOW_OPERATIONS);
    }

    private static final class Chain {
        private final Executor executor;
        private int left = SLOW_OPERATIONS;

        Chain(Executor executor) {
            this.executor = executor;
        }

        void next(Object before) {
            if (left-- > 0) {
                CompletableFuture.supplyAsync(() -> null, executor).thenAccept(this::next);
            }
        }
    }
}
