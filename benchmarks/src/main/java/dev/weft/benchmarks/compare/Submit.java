package dev.weft.benchmarks.compare;

import dev.weft.EventLoop;
import dev.weft.benchmarks.CpuTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Work for another thread, whose answer comes back as a {@link CompletableFuture}. An operation is one piece of work. Two
 * threads share it, so it is the processor time of the process that matters.
 */
public class Submit extends Comparison {
    private static final int TIMES = 10_000;

    /** When the submitting thread waits for an answer. */
    public enum Kind {
        /** Before it submits the next piece: both threads sleep in turns. */
        ROUND_TRIP {
            @Override
            int run(Supplier<CompletableFuture<Integer>> submit) {
                int sum = 0;
                for (int i = 0; i < TIMES; i++) {
                    sum += submit.get().join();
                }
                return sum;
            }
        },

        /** After it has submitted all. */
        STREAM {
            @Override
            int run(Supplier<CompletableFuture<Integer>> submit) {
                List<CompletableFuture<Integer>> answers = new ArrayList<>(TIMES);
                for (int i = 0; i < TIMES; i++) {
                    answers.add(submit.get());
                }
                int sum = 0;
                for (CompletableFuture<Integer> answer : answers) {
                    sum += answer.join();
                }
                return sum;
            }
        };

        abstract int run(Supplier<CompletableFuture<Integer>> submit);
    }

    @Param
    public Kind kind;

    /** A loop in a thread of its own. */
    @State(Scope.Benchmark)
    public static class WeftThread {
        EventLoop loop;
        private Thread thread;

        @Setup
        public void start() {
            loop = EventLoop.create();
            thread = new Thread(loop::runForever, "loop");
            thread.start();
            System.gc();
        }

        @TearDown
        public void stop() throws InterruptedException {
            loop.callSoonThreadsafe(loop::stop);
            thread.join();
            loop.close();
        }
    }

    @Benchmark
    @OperationsPerInvocation(TIMES)
    public int weft(WeftThread thread, CpuTime cpu) {
        cpu.add(TIMES);
        return kind.run(() -> thread.loop.submit(() -> 1));
    }

    @Benchmark
    @OperationsPerInvocation(TIMES)
    public int callbacks(WeftThread thread, CpuTime cpu) {
        cpu.add(TIMES);
        return kind.run(() -> {
            CompletableFuture<Integer> answer = new CompletableFuture<>();
            thread.loop.callSoonThreadsafe(() -> answer.complete(1));
            return answer;
        });
    }

    /** A {@code runBlocking} in a thread of its own. */
    @State(Scope.Benchmark)
    public static class KotlinState {
        KotlinThread thread;

        @Setup
        public void start() {
            thread = new KotlinThread();
            System.gc();
        }

        @TearDown
        public void stop() {
            thread.stop();
        }
    }

    @Benchmark
    @OperationsPerInvocation(TIMES)
    public int kotlin(KotlinState kotlin, CpuTime cpu) {
        cpu.add(TIMES);
        return kind.run(kotlin.thread::submit);
    }

    @Benchmark
    @OperationsPerInvocation(TIMES)
    public int virtualThreads(VirtualThreads threads, CpuTime cpu) {
        cpu.add(TIMES);
        return kind.run(() -> {
            CompletableFuture<Integer> answer = new CompletableFuture<>();
            VirtualThreads.start(() -> answer.complete(1));
            return answer;
        });
    }

    /** An executor with one thread. */
    @State(Scope.Benchmark)
    public static class ExecutorState {
        ExecutorService executor;

        @Setup
        public void start() {
            executor = Executors.newSingleThreadExecutor();
            System.gc();
        }

        @TearDown
        public void stop() {
            executor.shutdown();
        }
    }

    @Benchmark
    @OperationsPerInvocation(TIMES)
    public int completableFuture(ExecutorState state, CpuTime cpu) {
        cpu.add(TIMES);
        return kind.run(() -> CompletableFuture.supplyAsync(() -> 1, state.executor));
    }
}
