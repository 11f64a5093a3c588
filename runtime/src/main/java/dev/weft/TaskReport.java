package dev.weft;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** All tasks of a loop, where they are and who waits for them, as text. */
final class TaskReport {
    private final StringBuilder text = new StringBuilder();
    private final Set<Task<?>> onPath = new HashSet<>(); // in the search for cycles
    private final Set<Task<?>> finished = new HashSet<>();

    private TaskReport() {}

    /** Loop thread, or one that the loop does not mind. */
    static String of(EventLoop loop) {
        TaskReport report = new TaskReport();
        Set<Task<?>> tasks = loop.tasks.unfinished(loop);
        tasks.forEach(report::add);
        tasks.forEach(report::addCycle);
        return report.text.toString();
    }

    private void add(Task<?> task) {
        CallGraph.head(text, "", task, CallGraph.callStack(task));
        List<Task<?>> waiters = task.awaitedBy();
        if (!waiters.isEmpty()) {
            text.append("  + Awaited by: ").append(names(waiters, ", ")).append(System.lineSeparator());
        }
    }

    /** Names the tasks that wait for each other, if one comes to some from here that were not looked at before. */
    private void addCycle(Task<?> start) {
        List<Task<?>> path = new ArrayList<>(); // each awaited by the next
        List<List<Task<?>>> untried = new ArrayList<>(); // of each in the path, those who wait for it
        push(start, path, untried);
        while (!path.isEmpty()) {
            List<Task<?>> next = untried.get(untried.size() - 1);
            if (next.isEmpty()) {
                Task<?> ended = path.remove(path.size() - 1);
                onPath.remove(ended);
                finished.add(ended);
                untried.remove(untried.size() - 1);
                continue;
            }
            Task<?> waiter = next.remove(next.size() - 1);
            if (onPath.contains(waiter)) {
                addCycle(path.subList(path.indexOf(waiter), path.size()));
            } else {
                push(waiter, path, untried);
            }
        }
    }

    private void push(Task<?> task, List<Task<?>> path, List<List<Task<?>>> untried) {
        if (!finished.contains(task)) {
            path.add(task);
            onPath.add(task);
            untried.add(new ArrayList<>(task.awaitedBy()));
        }
    }

    private void addCycle(List<Task<?>> cycle) {
        text.append("These tasks wait for each other: ").append(cycle.get(0).name());
        for (int i = cycle.size() - 1; i >= 0; i--) {
            text.append(" waits for ").append(cycle.get(i).name());
        }
        text.append(System.lineSeparator());
    }

    private static String names(List<Task<?>> tasks, String separator) {
        return tasks.stream().map(Task::name).collect(Collectors.joining(separator));
    }
}
