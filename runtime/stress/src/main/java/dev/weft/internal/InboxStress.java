package dev.weft.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** One thread puts jobs while another does and the loop drains: all arrive once, those of one thread in its order. */
public final class InboxStress {
    private InboxStress() {}

    /** Two threads put at the same time. */
    @JCStressTest
    @Outcome(id = "3, 1", expect = Expect.ACCEPTABLE, desc = "all jobs, in order")
    @Outcome(expect = Expect.FORBIDDEN, desc = "jobs lost, doubled or out of order")
    @State
    public static class Puts extends Jobs {
        @Actor
        public void oneThread() {
            inbox.put(first);
            inbox.put(second);
        }

        @Actor
        public void anotherThread() {
            inbox.put(third);
        }

        @Arbiter
        public void all(II_Result result) {
            inbox.drainTo(ready);
            result.r1 = count();
            result.r2 = first.place < second.place && third.place > 0 ? 1 : 0;
        }
    }

    /** The loop drains what a thread puts. */
    @JCStressTest
    @Outcome(id = "3, 1", expect = Expect.ACCEPTABLE, desc = "all jobs, in order")
    @Outcome(expect = Expect.FORBIDDEN, desc = "jobs lost, doubled or out of order")
    @State
    public static class Drains extends Jobs {
        @Actor
        public void thread() {
            inbox.put(first);
            inbox.put(second);
            inbox.put(third);
        }

        @Actor
        public void loop() {
            if (!inbox.isEmpty()) {
                inbox.drainTo(ready);
            }
        }

        @Arbiter
        public void all(II_Result result) {
            inbox.drainTo(ready);
            result.r1 = count();
            result.r2 = first.place < second.place && second.place < third.place ? 1 : 0;
        }
    }

    /** An inbox and what may be in it. */
    public static class Jobs {
        final Inbox inbox = new Inbox();
        final ReadyQueue ready = new ReadyQueue();
        final Numbered first = new Numbered();
        final Numbered second = new Numbered();
        final Numbered third = new Numbered();

        int count() {
            int count = 0;
            for (Job job = ready.poll(); job != null; job = ready.poll()) {
                ((Numbered) job).place = ++count;
            }
            return count;
        }
    }

    static final class Numbered extends Job {
        private int place;

        @Override
        protected void run(Continuation co) {}
    }
}
