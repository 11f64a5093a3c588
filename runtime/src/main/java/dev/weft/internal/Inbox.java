package dev.weft.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The jobs that other threads hand to a loop.
 *
 * <p>Any thread puts, the loop alone drains. Puts are lock-free; jobs of one thread arrive in the order in which it put
 * them. The list is a stack of jobs, newest first, which draining turns round.
 */
final class Inbox {
    private static final VarHandle NEWEST;

    static {
        try {
            NEWEST = MethodHandles.lookup().findVarHandle(Inbox.class, "newest", Job.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile @Nullable Job newest; // any thread pushes, the loop takes all

    /** Adds a job that is in no queue. */
    void put(Job job) {
        Job before;
        do {
            before = newest;
            job.next = before;
        } while (!NEWEST.compareAndSet(this, before, job));
    }

    boolean isEmpty() {
        return newest == null;
    }

    /** Moves everything into {@code ready}, oldest first. Loop thread only. */
    void drainTo(ReadyQueue ready) {
        Job job = (Job) NEWEST.getAndSet(this, null);
        Job oldest = null;
        while (job != null) {
            Job older = job.next;
            job.next = oldest;
            oldest = job;
            job = older;
        }
        while (oldest != null) {
            Job newer = oldest.next;
            oldest.next = null;
            ready.add(oldest);
            oldest = newer;
        }
    }
}
