package dev.weft;

import dev.weft.internal.AsyncTrace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a task is, and who waits for it: the calls of the task, then the tasks that wait for it, and for those, and so on.
 *
 * <pre>{@code
 * * Task(name='Task-2')
 *   + Call stack:
 *   |   at Main.send(Main.java:17)
 *   + Awaited by:
 *     * Task(name='Task-1')
 *       + Call stack:
 *       |   at Main.main(Main.java:8)
 * }</pre>
 *
 * <p>Tasks wait for one another in {@code await}, and through {@link Asyncio#gather}, {@link Asyncio#waitUntil},
 * {@link Asyncio#asCompleted}, {@link Asyncio#race}, {@link Asyncio#shield} and {@link Asyncio#taskGroup}; of those only
 * the task shows that waits in the end.
 *
 * @param future the task or future
 * @param callStack where a task is suspended or runs, the innermost call first; empty for other futures
 * @param awaitedBy the tasks that wait for it, in the order in which they began to. One that stands further up already, as
 *     it waits for itself, comes without its own
 */
public record CallGraph(AsyncFuture<?> future, List<StackTraceElement> callStack, List<CallGraph> awaitedBy) {
    /**
     * The graph of the task that runs.
     *
     * @return null in a plain callback of the loop
     * @throws IllegalStateException if no loop runs on this thread
     */
    public static @Nullable CallGraph capture() {
        Task<?> task = EventLoop.running().current();
        return task == null ? null : capture(task);
    }

    /** The graph of a task or future. Any thread: others than the loop's wait until the loop comes to the question. */
    public static CallGraph capture(AsyncFuture<?> future) {
        return Inquiry.ask(future.loop, () -> of(future, new LinkedHashSet<>()));
    }

    private static CallGraph of(AsyncFuture<?> future, Set<AsyncFuture<?>> path) {
        List<CallGraph> awaitedBy = new ArrayList<>();
        if (path.add(future)) {
            for (Task<?> waiter : future.awaitedBy()) {
                awaitedBy.add(path.contains(waiter) ? new CallGraph(waiter, List.of(), List.of()) : of(waiter, path));
            }
            path.remove(future);
        }
        return new CallGraph(future, callStack(future), List.copyOf(awaitedBy));
    }

    /** Where a task is suspended or runs. */
    static List<StackTraceElement> callStack(AsyncFuture<?> future) {
        if (!(future instanceof Task<?> task) || task.isDone()) {
            return List.of();
        }
        Thread thread = task.loop.state.thread();
        if (task.loop.current() != task || thread == null) {
            return List.copyOf(Arrays.asList(task.stackTrace()));
        }
        return thread == Thread.currentThread()
                ? AsyncTrace.here(task.frames(), Integer.MAX_VALUE)
                : AsyncTrace.of(thread.getStackTrace(), task.frames());
    }

    /** The layout above. */
    public String format() {
        StringBuilder text = new StringBuilder();
        format(text, "");
        return text.toString();
    }

    private void format(StringBuilder text, String indent) {
        head(text, indent, future, callStack);
        if (!awaitedBy.isEmpty()) {
            text.append(indent).append("  + Awaited by:").append(System.lineSeparator());
            awaitedBy.forEach(waiter -> waiter.format(text, indent + "    "));
        }
    }

    /** What a description of one future begins with. */
    static void head(StringBuilder text, String indent, AsyncFuture<?> future, List<StackTraceElement> callStack) {
        String line = System.lineSeparator();
        text.append(indent).append("* ").append(name(future)).append(line);
        if (!callStack.isEmpty()) {
            text.append(indent).append("  + Call stack:").append(line);
            callStack.forEach(
                    call -> text.append(indent).append("  |   at ").append(call).append(line));
        }
    }

    private static String name(AsyncFuture<?> future) {
        return future instanceof Task<?> task
                ? "Task(name='" + task.name() + "')"
                : "Future(id=" + Integer.toHexString(System.identityHashCode(future)) + ")";
    }

    /** As {@link #format}. */
    @Override
    public String toString() {
        return format();
    }
}
