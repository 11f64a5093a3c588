package dev.weft;

/**
 * What a loop makes its tasks with: all those that {@code createTask}, {@code gather} and others start.
 *
 * <p>One of one's own looks at coroutines, or puts code round them, and leaves the rest to another factory:
 *
 * <pre>{@code
 * loop.setTaskFactory((loop, body, options) -> TaskFactory.LAZY.create(loop, () -> timed(body), options));
 * }</pre>
 */
@FunctionalInterface
public interface TaskFactory {
    /** Tasks begin in the next iteration of the loop, unless they are created with {@code eager(true)}. */
    TaskFactory LAZY = new StandardTasks(false);

    /** Tasks run to their first suspension when they are created, unless they are created with {@code eager(false)}. */
    TaskFactory EAGER = new StandardTasks(true);

    /**
     * Makes a task that runs {@code body}; what this throws {@code createTask} throws. Called on the loop's thread, or
     * while the loop does not run.
     *
     * @return a task of {@code loop} that gives what the body gives
     */
    Task<?> create(EventLoop loop, Coroutine<?> body, TaskOptions options);
}
