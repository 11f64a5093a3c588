package dev.weft.schedules;

import static dev.weft.Asyncio.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.AsyncIterator;
import dev.weft.TestLoop;
import dev.weft.sync.AsyncQueue;
import dev.weft.sync.QueueShutDownException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** Producers and consumers of a queue: each item that was put is taken once, and nobody waits without need. */
final class QueueScenario extends Scenario {
    private final AsyncQueue<Integer> queue;
    private final boolean fifo;
    private final int tasks;
    private final int operations;
    private final List<Integer> put = new ArrayList<>();
    private final List<Integer> taken = new ArrayList<>();
    private int items;
    private int joined;

    QueueScenario(Moments moments, long seed, int tasks, int operations) {
        super(moments, seed);
        this.tasks = tasks;
        this.operations = operations;
        int maxSize = random.nextInt(4) % 3;
        int kind = random.nextInt(4);
        fifo = kind < 2;
        queue = fifo
                ? AsyncQueue.fifo(maxSize)
                : kind == 2 ? AsyncQueue.lifo(maxSize) : AsyncQueue.priority(maxSize, Comparator.reverseOrder());
    }

    @Override
    void start() {
        int consumers = 1 + random.nextInt(tasks);
        for (int i = 0; i < tasks; i++) {
            boolean consumes = i < consumers;
            spawn(random -> untilShutDown(random, choices -> {
                if (consumes) {
                    take(choices);
                } else {
                    put(choices);
                }
            }));
        }
        spawn(random -> {
            queue.join();
            joined++;
        });
        if (random.nextInt(4) == 0) {
            boolean immediate = random.nextBoolean();
            spawn(random -> {
                sleep(TestLoop.ms(random.nextInt(10)));
                if (immediate) {
                    taken.addAll(drained());
                }
                queue.shutdown(immediate);
            });
        }
    }

    @Async
    private void untilShutDown(Random random, Body operation) throws Exception {
        try {
            repeat(operations, random, operation);
        } catch (QueueShutDownException e) {
            moments.here();
        }
    }

    @Async
    private void put(Random random) {
        int item = items++;
        if (random.nextInt(4) == 0 && !queue.isFull()) {
            queue.putNowait(item);
        } else {
            queue.put(item);
        }
        put.add(item);
        moments.here();
    }

    @Async
    private void take(Random random) throws Exception {
        switch (random.nextInt(4)) {
            case 0 -> {
                if (!queue.isEmpty()) {
                    taken(queue.getNowait());
                }
            }
            case 1 -> {
                try (AsyncIterator<Integer> iterator = queue.iterator()) {
                    if (iterator.hasNext()) {
                        moments.here();
                        taken(iterator.next());
                    }
                }
            }
            default -> taken(queue.get());
        }
    }

    private void taken(int item) {
        taken.add(item);
        moments.here();
        queue.taskDone();
        moments.here();
    }

    private List<Integer> drained() {
        List<Integer> rest = new ArrayList<>();
        while (!queue.isEmpty()) {
            rest.add(queue.getNowait());
            queue.taskDone();
        }
        return rest;
    }

    @Override
    void settle() {
        if (!queue.isEmpty()) {
            assertThat(queue.toString()).doesNotContain(" getters[");
        }
        if (!queue.isFull()) {
            assertThat(queue.toString()).doesNotContain(" putters[");
        }
        queue.shutdown(false);
        taken.addAll(drained());
    }

    @Override
    void check() {
        taken.addAll(drained()); // what was put just before the end
        if (fifo) {
            assertThat(taken).containsExactlyElementsOf(put);
        } else {
            assertThat(taken).containsExactlyInAnyOrderElementsOf(put);
        }
        assertThat(queue.toString()).contains(" shutdown>").doesNotContain("tasks=", "getters", "putters");
        assertThat(joined).isLessThanOrEqualTo(1);
    }

    @Override
    public String toString() {
        return queue.toString();
    }
}
