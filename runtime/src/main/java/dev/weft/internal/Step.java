package dev.weft.internal;

import org.jspecify.annotations.Nullable;

/** The job that a loop runs at the moment, as the {@link Watchdog} sees it. */
final class Step {
    private final Engine.Host host;
    private final Thread thread;
    private final long limit;

    private volatile @Nullable Job job; // the loop writes, the watchdog reads
    private int number; // written before the job

    // Watchdog's thread only.
    private int seen;
    private long observed; // how long it has seen this step
    private long next; // when it reports it

    /** @param limit how long a job may take, in nanoseconds */
    Step(Engine.Host host, Thread thread, long limit) {
        this.host = host;
        this.thread = thread;
        this.limit = limit;
        next = limit;
    }

    long limit() {
        return limit;
    }

    void begin(Job job) {
        number++;
        this.job = job;
    }

    void end() {
        job = null;
    }

    /** Called by the watchdog again and again, with the time since the last call. */
    void look(long nanos) {
        Job job = this.job;
        if (job == null || number != seen) {
            seen = number;
            observed = 0;
            next = limit;
            return;
        }
        observed += nanos;
        if (observed >= next) {
            next = Math.max(observed, next) * 10; // a loop that is stuck for good is reported now and then
            StackTraceElement[] stack = thread.getStackTrace();
            if (this.job == job && number == seen) {
                host.blocks(job, observed, thread, stack);
            }
        }
    }
}
