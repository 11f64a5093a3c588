package dev.weft.internal;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The jobs that are ready to run, first come first served: a linked list through the jobs themselves. Loop thread only. */
public final class ReadyQueue {
    private @Nullable Job head;
    private @Nullable Job tail; // meaningful while head is not null

    /** Appends a job that is in no queue. */
    @SuppressWarnings("NullAway") // there is a tail if there is a head
    public void add(Job job) {
        if (head == null) {
            head = job;
        } else {
            tail.next = job;
        }
        tail = job;
    }

    /** Removes the first job, or gives null if there is none. */
    @Nullable
    Job poll() {
        Job first = head;
        if (first != null) {
            head = first.next;
            first.next = null;
        }
        return first;
    }

    /** The job added last, or null if there is none. */
    @Nullable
    Job last() {
        return head == null ? null : tail;
    }

    boolean isEmpty() {
        return head == null;
    }

    void forEach(Consumer<? super Job> action) {
        for (Job job = head; job != null; job = job.next) {
            action.accept(job);
        }
    }

    void clear() {
        while (poll() != null) {
            // each job must lose its link
        }
        tail = null;
    }
}
