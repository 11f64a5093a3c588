package dev.weft.internal;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The jobs that are ready to run, first come first served: a linked list through the jobs themselves. Loop thread only. */
public final class ReadyQueue {
    /** The two ends, which the loop exchanges at every poll, as it does the continuation. */
    private static final class Ends {
        @Nullable
        Job head;

        @Nullable
        Job tail; // meaningful while head is not null
    }

    private Ends ends = new Ends();

    /** Goes on with a young object for what is written to all the time. */
    void renew() {
        Ends young = new Ends();
        if (ends.head != null) { // otherwise the tail is a job that has run, and shall not be kept
            young.head = ends.head;
            young.tail = ends.tail;
        }
        ends = young;
    }

    /** Appends a job that is in no queue. */
    @SuppressWarnings("NullAway") // there is a tail if there is a head
    public void add(Job job) {
        Ends ends = this.ends;
        if (ends.head == null) {
            ends.head = job;
        } else {
            ends.tail.next = job;
        }
        ends.tail = job;
    }

    /** Removes the first job, or gives null if there is none. */
    @Nullable
    Job poll() {
        Ends ends = this.ends;
        Job first = ends.head;
        if (first != null) {
            ends.head = first.next;
            first.next = null;
        }
        return first;
    }

    /** The job added last, or null if there is none. */
    @Nullable
    Job last() {
        return ends.head == null ? null : ends.tail;
    }

    boolean isEmpty() {
        return ends.head == null;
    }

    void forEach(Consumer<? super Job> action) {
        for (Job job = ends.head; job != null; job = job.next) {
            action.accept(job);
        }
    }

    void clear() {
        while (poll() != null) {
            // each job must lose its link
        }
        ends.tail = null;
    }
}
