package dev.weft;

import dev.weft.internal.Job;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The unfinished tasks of a loop, all of which it keeps alive.
 *
 * <p>A task is listed here from the first time that it waits for a future until it ends. Others are found where they are:
 * in the ready queue, or as sleepers among the timers. So a task that never waits costs nothing here. Loop thread only.
 */
final class TaskRegistry {
    private @Nullable Task<?> newest;

    void add(Task<?> task) {
        Task<?> after = newest;
        task.nextTask = after == null ? task : after;
        if (after != null) {
            after.previousTask = task;
        }
        newest = task;
    }

    void remove(Task<?> task) {
        Task<?> before = task.previousTask;
        Task<?> after = next(task);
        if (before == null) {
            newest = after;
        } else {
            before.nextTask = after == null ? before : after;
        }
        if (after != null) {
            after.previousTask = before;
        }
        task.previousTask = null;
        task.nextTask = null;
    }

    private static @Nullable Task<?> next(Task<?> task) {
        Task<?> after = task.nextTask;
        return after == task ? null : after;
    }

    /** All unfinished tasks of the loop, in order of creation. */
    Set<Task<?>> unfinished(EventLoop loop) {
        LinkedHashSet<Task<?>> found = new LinkedHashSet<>();
        for (Task<?> task = newest; task != null; task = next(task)) {
            found.add(task);
        }
        if (loop.current() != null) {
            found.add(loop.current());
        }
        loop.engine.forEachScheduled(job -> addTaskOf(job, found));
        ArrayList<Task<?>> tasks = new ArrayList<>(found);
        tasks.removeIf(Task::isDone);
        tasks.sort(Comparator.comparingInt(Task::number));
        return new LinkedHashSet<>(tasks);
    }

    private static void addTaskOf(Job job, Set<Task<?>> found) {
        Task<?> task = job instanceof Sleeper sleeper ? sleeper.task() : job instanceof Task<?> ready ? ready : null;
        if (task != null) {
            found.add(task);
        }
    }
}
