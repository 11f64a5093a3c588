package dev.weft.benchmarks.compare;

import static dev.weft.Asyncio.sleep;
import static dev.weft.Asyncio.timeout;

import dev.weft.Async;
import dev.weft.EventLoop;
import dev.weft.Task;
import dev.weft.TimerHandle;
import dev.weft.benchmarks.CpuTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A timeout that is set and taken back, while {@link #PENDING} others are pending whose times lie on both sides of it. An
 * operation is one timeout.
 */
public class TimerRearm extends Comparison {
    static final int PENDING = 100_000;

    private static final int TIMES = 100_000;
    private static final Duration LIMIT = Duration.ofMinutes(90);

    private int inTime;

    /** When one of the pending timers is due: from one hour to two. */
    static Duration pending(int timer) {
        return Duration.ofMillis(3_600_000 + timer * 36L);
    }

    /** A loop with sleeping tasks. */
    @State(Scope.Thread)
    public static class Sleepers {
        EventLoop loop;
        private final List<Task<Void>> tasks = new ArrayList<>();

        @Setup
        public void start() {
            loop = EventLoop.create();
            for (int i = 0; i < PENDING; i++) {
                Duration time = pending(i);
                tasks.add(loop.createTask(() -> sleep(time)));
            }
            loop.runUntilComplete(() -> sleep(Duration.ZERO));
            System.gc();
        }

        @TearDown
        public void stop() {
            tasks.forEach(task -> task.cancel());
            loop.runUntilComplete(() -> sleep(Duration.ZERO));
            loop.close();
        }
    }

    @Benchmark
    @OperationsPerInvocation(TIMES)
    public void weft(Sleepers sleepers, CpuTime cpu) {
        sleepers.loop.runUntilComplete(() -> repeat());
        cpu.add(TIMES);
    }

    @Async
    private void repeat() {
        for (int i = 0; i < TIMES; i++) {
            timeout(LIMIT, () -> inTime++);
        }
    }

    /** A loop with pending callbacks. */
    @State(Scope.Thread)
    public static class Timers {
        EventLoop loop;

        @Setup
        public void start() {
            loop = EventLoop.create();
            for (int i = 0; i < PENDING; i++) {
                loop.callLater(pending(i), loop::stop);
            }
            System.gc();
        }

        @TearDown
        public void close() {
            loop.close();
        }
    }

    @Benchmark
    @OperationsPerInvocation(TIMES)
    public void callbacks(Timers timers, CpuTime cpu) {
        timers.loop.callSoon(() -> repeat(timers.loop));
        timers.loop.runForever();
        cpu.add(TIMES);
    }

    private void repeat(EventLoop loop) {
        for (int i = 0; i < TIMES; i++) {
            TimerHandle limit = loop.callLater(LIMIT, loop::stop);
            inTime++;
            limit.cancel();
        }
        loop.stop();
    }

    /** A loop with coroutines that delay. */
    @State(Scope.Thread)
    public static class Delays {
        KotlinTimers timers;

        @Setup
        public void start(KotlinLoop loop) {
            timers = new KotlinTimers(PENDING);
            System.gc();
        }

        @TearDown
        public void stop(KotlinLoop loop) {
            timers.cancel();
        }
    }

    @Benchmark
    @OperationsPerInvocation(TIMES)
    public void kotlin(Delays delays, CpuTime cpu) {
        inTime += delays.timers.repeat(TIMES);
        cpu.add(TIMES);
    }

    /** Stages whose timeout is pending in the JDK's timer thread. */
    @State(Scope.Thread)
    public static class Stages {
        private final List<CompletableFuture<Object>> pending = new ArrayList<>();

        @Setup
        public void start() {
            for (int i = 0; i < PENDING; i++) {
                pending.add(new CompletableFuture<>().orTimeout(pending(i).toMillis(), TimeUnit.MILLISECONDS));
            }
            System.gc();
        }
    }

    /** Part of the work is the JDK's timer thread's. */
    @Benchmark
    @OperationsPerInvocation(TIMES)
    public void completableFuture(Stages stages, CpuTime cpu) {
        for (int i = 0; i < TIMES; i++) {
            CompletableFuture<Void> stage =
                    new CompletableFuture<Void>().orTimeout(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            inTime++;
            stage.complete(null);
        }
        cpu.add(TIMES);
    }
}
