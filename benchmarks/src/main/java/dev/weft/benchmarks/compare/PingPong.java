package dev.weft.benchmarks.compare;

import static dev.weft.Asyncio.await;
import static dev.weft.Asyncio.createTask;

import dev.weft.Async;
import dev.weft.EventLoop;
import dev.weft.Task;
import dev.weft.benchmarks.CpuTime;
import dev.weft.sync.AsyncQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/** Two tasks and two queues with room for one item. An operation is one message: to put it and to take it. */
public class PingPong extends Comparison {
    private static final int ROUNDS = SLOW_OPERATIONS / 2;
    private static final String BALL = "ball";

    @Benchmark
    @OperationsPerInvocation(SLOW_OPERATIONS)
    public void weft(WeftLoop weft, CpuTime cpu) {
        weft.loop.runUntilComplete(() -> serve());
        cpu.add(SLOW_OPERATIONS);
    }

    @Async
    private static void serve() {
        AsyncQueue<String> there = AsyncQueue.fifo(1);
        AsyncQueue<String> back = AsyncQueue.fifo(1);
        Task<Void> other = createTask(() -> sendBack(there, back));
        for (int i = 0; i < ROUNDS; i++) {
            there.put(BALL);
            back.get();
        }
        await(other);
    }

    @Async
    private static void sendBack(AsyncQueue<String> there, AsyncQueue<String> back) {
        for (int i = 0; i < ROUNDS; i++) {
            back.put(there.get());
        }
    }

    @Benchmark
    @OperationsPerInvocation(SLOW_OPERATIONS)
    public void callbacks(WeftLoop weft, CpuTime cpu) {
        Player first = new Player(weft.loop);
        Player second = new Player(weft.loop);
        first.other = second;
        second.other = first;
        first.throwBall(BALL);
        weft.loop.runForever();
        cpu.add(SLOW_OPERATIONS);
    }

    /** Has room for one message, and runs when there is one. */
    private static final class Player implements Runnable {
        private final EventLoop loop;
        private @Nullable Player other;
        private @Nullable String received;
        private int left = ROUNDS;

        Player(EventLoop loop) {
            this.loop = loop;
        }

        void throwBall(String ball) {
            other.received = ball;
            loop.callSoon(other);
        }

        @Override
        public void run() {
            String ball = received;
            received = null;
            if (left-- > 0) {
                throwBall(ball);
            } else {
                loop.stop();
            }
        }
    }

    @Benchmark
    @OperationsPerInvocation(SLOW_OPERATIONS)
    public void kotlin(KotlinLoop loop, CpuTime cpu) {
        KotlinTasks.pingPong(ROUNDS);
        cpu.add(SLOW_OPERATIONS);
    }

    @Benchmark
    @OperationsPerInvocation(SLOW_OPERATIONS)
    public void virtualThreads(VirtualThreads threads, CpuTime cpu) {
        VirtualThreads.run(() -> VirtualThreads.interruptibly(PingPong::serveInThreads));
        cpu.add(SLOW_OPERATIONS);
    }

    // Faster for virtual threads than an ArrayBlockingQueue of one, and never fuller here.
    private static void serveInThreads() throws InterruptedException {
        BlockingQueue<String> there = new LinkedTransferQueue<>();
        BlockingQueue<String> back = new LinkedTransferQueue<>();
        Thread other = VirtualThreads.start(() -> VirtualThreads.interruptibly(() -> sendBack(there, back)));
        for (int i = 0; i < ROUNDS; i++) {
            there.put(BALL);
            back.take();
        }
        other.join();
    }

    private static void sendBack(BlockingQueue<String> there, BlockingQueue<String> back) throws InterruptedException {
        for (int i = 0; i < ROUNDS; i++) {
            back.put(there.take());
        }
    }
}
