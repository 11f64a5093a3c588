package dev.weft.internal;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReadyQueueTest {
    private final ReadyQueue queue = new ReadyQueue();

    @Test
    void jobsLeaveInOrderOfArrival() {
        Job first = new NoJob();
        Job second = new NoJob();
        queue.add(first);
        queue.add(second);

        assertThat(ReadyQueue.last(queue.registers())).isSameAs(second);
        assertThat(queue.poll()).isSameAs(first);
        queue.add(first);
        assertThat(queue.poll()).isSameAs(second);
        assertThat(queue.poll()).isSameAs(first);
        assertThat(queue.poll()).isNull();
        assertThat(ReadyQueue.last(queue.registers())).isNull();
    }

    @Test
    void behavesAsADequeDoes() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        ArrayDeque<Job> model = new ArrayDeque<>();
        for (int i = 0; i < 100_000; i++) {
            if (random.nextInt(100) < 50) {
                Job job = new NoJob();
                queue.add(job);
                model.add(job);
            } else {
                assertThat(queue.poll()).as("seed %d", seed).isSameAs(model.poll());
            }
            assertThat(queue.isEmpty()).as("seed %d", seed).isEqualTo(model.isEmpty());
        }
        ArrayList<Job> visited = new ArrayList<>();
        queue.forEach(visited::add);
        assertThat(visited).as("seed %d", seed).containsExactlyElementsOf(model);
        queue.clear();
        assertThat(queue.poll()).isNull();
    }

    @Test
    void aJobThatHasRunIsNotKept() throws InterruptedException {
        ReferenceQueue<Object> gone = new ReferenceQueue<>();
        WeakReference<Object> job = new WeakReference<>(runOne(), gone);
        queue.moveTo(new Continuation(null));
        while (gone.remove(10) != job) {
            System.gc();
        }
    }

    private Job runOne() {
        Job job = new NoJob();
        queue.add(job);
        return requireNonNull(queue.poll());
    }

    static final class NoJob extends Job {
        @Override
        protected void run(Continuation co) {}
    }
}
