package dev.weft.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InboxTest {
    private final Inbox inbox = new Inbox();
    private final ReadyQueue ready = new ReadyQueue();

    @Test
    void jobsArriveBehindThoseThatAreReady() {
        List<Numbered> jobs = List.of(new Numbered(0, 0), new Numbered(0, 1), new Numbered(0, 2));
        ready.add(jobs.get(0));
        inbox.put(jobs.get(1));
        inbox.put(jobs.get(2));
        assertThat(inbox.isEmpty()).isFalse();

        inbox.drainTo(ready);

        assertThat(inbox.isEmpty()).isTrue();
        jobs.forEach(job -> assertThat(ready.poll()).isSameAs(job));
    }

    @Test
    void nothingIsLostAndEachThreadKeepsItsOrder() throws InterruptedException {
        int perThread = 100_000;
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 3; t++) {
            int thread = t;
            threads.add(new Thread(() -> {
                for (int i = 0; i < perThread; i++) {
                    inbox.put(new Numbered(thread, i));
                }
            }));
        }
        threads.forEach(Thread::start);
        int[] next = new int[threads.size()];
        int received = 0;
        while (received < perThread * threads.size()) {
            inbox.drainTo(ready);
            for (Job job = ready.poll(); job != null; job = ready.poll()) {
                Numbered numbered = (Numbered) job;
                assertThat(numbered.number).isEqualTo(next[numbered.thread]++);
                received++;
            }
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(inbox.isEmpty()).isTrue();
    }

    private static final class Numbered extends Job {
        private final int thread;
        private final int number;

        Numbered(int thread, int number) {
            this.thread = thread;
            this.number = number;
        }

        @Override
        protected void run(Continuation co) {}
    }
}
