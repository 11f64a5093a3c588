package dev.weft.examples;

import static dev.weft.Asyncio.*;
import static dev.weft.examples.Mail.D;

import dev.weft.*;
import dev.weft.sync.AsyncQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Who runs when: small facts that larger programs rest on. One iteration of the loop runs everything that was ready when it began. */
public final class OrderingFacts {
    private OrderingFacts() {}

    public static void main(String[] args) {
        run(() -> program());
    }

    @Async
    static void program() {
        iterations();
        orders();
        cancellations();
        timeoutsOfZero();
        queues();
    }

    @Async
    static void iterations() {
        Task<Integer> finished = createTask(() -> 1);
        await(finished);
        IterationCounter counter = new IterationCounter();

        sleep(Duration.ZERO);
        System.out.println("sleep(ZERO) takes " + counter.lap());
        await(finished);
        System.out.println("await of a finished task takes " + counter.lap());
        quick();
        System.out.println("a call that does not suspend takes " + counter.lap());
        await(createTask(() -> quick()));
        System.out.println("createTask and await take " + counter.lap());
        gather(() -> quick(), () -> quick());
        System.out.println("gather takes " + counter.lap());
        counter.stop();
    }

    @Async
    static void orders() {
        EventLoop loop = EventLoop.running();
        List<Integer> soon = new ArrayList<>();
        List<Integer> later = new ArrayList<>();
        long when = loop.time() + D.dividedBy(6).toNanos();
        for (int i = 0; i < 5; i++) {
            int number = i;
            loop.callSoon(() -> soon.add(number));
            loop.callAt(when, () -> later.add(number));
        }
        sleep(D.dividedBy(3));
        System.out.println("callSoon: " + soon + ", equal deadlines: " + later);
    }

    @Async
    static void cancellations() {
        List<String> errors = new ArrayList<>();
        Task<Integer> twice = createTask(() -> {
            for (int i = 0; i < 2; i++) {
                try {
                    sleep(D);
                } catch (CancelledError e) {
                    errors.add("CancelledError");
                }
            }
            return errors.size();
        });
        sleep(Duration.ZERO);
        twice.cancel();
        twice.cancel();
        System.out.println("cancelled twice before its next step, delivered: " + await(twice));

        Task<Integer> last = createTask(() -> {
            currentTask().cancel();
            return 1; // too late: the request stands
        });
        waitUntil(ALL_COMPLETED, last);
        System.out.println("cancelled itself and returned: cancelled " + last.isCancelled());

        AsyncFuture<String> future = EventLoop.running().createFuture();
        Task<String> waiter = createTask(() -> await(future));
        sleep(Duration.ZERO);
        future.setResult("value");
        waiter.cancel();
        waitUntil(ALL_COMPLETED, waiter);
        System.out.println("cancelled with the value on its way: cancelled " + waiter.isCancelled());
    }

    @Async
    static void timeoutsOfZero() {
        try {
            timeout(Duration.ZERO, () -> {
                System.out.println("timeout(ZERO) runs to the first suspension");
                sleep(D);
                System.out.println("but not further");
            });
        } catch (AsyncTimeoutException e) {
            System.out.println("timed out");
        }
        try {
            waitFor(
                    () -> {
                        System.out.println("never printed");
                        return 1;
                    },
                    Duration.ZERO);
        } catch (AsyncTimeoutException e) {
            System.out.println("waitFor(ZERO) does not begin");
        }
    }

    @Async
    static void queues() {
        AsyncQueue<String> queue = AsyncQueue.fifo(0);
        Task<String> reader = createTask(() -> queue.get());
        sleep(Duration.ZERO); // it waits
        queue.putNowait("item");
        reader.cancel(); // with the item on its way
        waitUntil(ALL_COMPLETED, reader);
        System.out.println("a cancelled get leaves " + queue.size() + " in the queue");
    }

    @Async
    private static int quick() {
        return 1;
    }

    /** Counts the loop's iterations: a callback that schedules itself runs once in each. */
    private static final class IterationCounter {
        private final EventLoop loop = EventLoop.running();
        private Handle next;
        private int count;
        private int lapStart;

        IterationCounter() {
            next = loop.callSoon(this::tick);
        }

        private void tick() {
            count++;
            next = loop.callSoon(this::tick);
        }

        int lap() {
            int lap = count - lapStart;
            lapStart = count;
            return lap;
        }

        void stop() {
            next.cancel();
        }
    }
}
