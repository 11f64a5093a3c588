package dev.weft.internal;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The jobs that are ready to run, first come first served: a linked list through the jobs themselves. Its two ends are in
 * the loop's registers, so that a step of a task finds them at hand. Loop thread only.
 */
public final class ReadyQueue {
    private Continuation ends;

    /** A queue without a loop. */
    ReadyQueue() {
        this(new Continuation(null));
    }

    ReadyQueue(Continuation ends) {
        this.ends = ends;
    }

    /** The loop's registers. */
    Continuation registers() {
        return ends;
    }

    /** Goes on with other registers. */
    void moveTo(Continuation young) {
        Job first = ends.head;
        if (first != null) {
            young.head = first;
            if (first.next != null) { // otherwise the tail is a job that has run, and shall not be kept
                young.tail = ends.tail;
            }
        }
        ends = young;
    }

    /** Appends a job that is in no queue. */
    public void add(Job job) {
        add(ends, job);
    }

    @SuppressWarnings("NullAway") // there is a tail if there is a head
    static void add(Continuation ends, Job job) {
        Job first = ends.head;
        if (first == null) {
            ends.head = job;
            return;
        }
        Job last = first.next == null ? first : ends.tail;
        last.next = job;
        ends.tail = job;
    }

    /** Removes the first job, or gives null if there is none. */
    @Nullable
    Job poll() {
        return poll(ends);
    }

    static @Nullable Job poll(Continuation ends) {
        Job first = ends.head;
        if (first != null) {
            Job next = first.next;
            if (next == null) {
                ends.head = null; // a constant null needs no barrier of the garbage collector
            } else {
                ends.head = next;
                first.next = null;
            }
        }
        return first;
    }

    /** The job added last, or null if there is none. */
    static @Nullable Job last(Continuation ends) {
        Job first = ends.head;
        return first == null || first.next == null ? first : ends.tail;
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
