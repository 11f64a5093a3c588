package dev.weft.schedules;

import dev.weft.Asyncio;
import dev.weft.Task;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Decides at each moment of a run whether a task is cancelled. Loop thread only. */
abstract class Moments {
    private final Map<Task<?>, Integer> requests = new HashMap<>();
    private final Set<Task<?>> interrupted = new HashSet<>();
    private Task<?> spared;

    /** The calling task directs the run and is never cancelled. */
    final void spareCaller() {
        spared = Asyncio.currentTask();
    }

    /** A moment at which a task may be cancelled; programs call it between operations that do not suspend. */
    final void here() {
        if (spared != null && !spared.isDone()) {
            List<Task<?>> victims = new ArrayList<>(Asyncio.allTasks());
            victims.remove(spared);
            moment(victims);
        }
    }

    final void cancel(Task<?> victim) {
        Task<?> running = Asyncio.currentTask();
        if (victim.cancel()) {
            requests.merge(victim, 1, Integer::sum);
            if (running == null || !(running.name() + ".").startsWith(victim.name() + ".")) {
                interrupted.add(victim);
            }
        }
    }

    /**
     * Whether a task was cancelled while it waited. One that is cancelled by itself may enter a timeout before it gets the
     * error, and the timeout then takes the error for its own.
     */
    final boolean hasInterrupted(Task<?> task) {
        return interrupted.contains(task);
    }

    /** How often a task was cancelled before it was done. */
    final int requests(Task<?> task) {
        return requests.getOrDefault(task, 0);
    }

    abstract void moment(List<Task<?>> victims);
}
