package dev.weft;

import org.jspecify.annotations.Nullable;

/**
 * How a task starts. Immutable.
 *
 * <pre>{@code
 * createTask(TaskOptions.named("probe").eager(true), () -> probe(host));
 * }</pre>
 */
public final class TaskOptions {
    /** A task without a given name, in a copy of its creator's context, that starts as the loop's other tasks do. */
    public static final TaskOptions DEFAULT = new TaskOptions(null, null, null);

    private final @Nullable String name;
    private final @Nullable Context context;
    private final @Nullable Boolean eager;

    private TaskOptions(@Nullable String name, @Nullable Context context, @Nullable Boolean eager) {
        this.name = name;
        this.context = context;
        this.eager = eager;
    }

    /** {@link #DEFAULT} with a name. */
    public static TaskOptions named(String name) {
        return DEFAULT.name(name);
    }

    /** These options with another name. */
    public TaskOptions name(@Nullable String name) {
        return new TaskOptions(name, context, eager);
    }

    /** These options with a context that the task shares with others; null for a copy of its creator's. */
    public TaskOptions context(@Nullable Context context) {
        return new TaskOptions(name, context, eager);
    }

    /**
     * These options with a word on when the task begins. An eager one runs to its first suspension within
     * {@code createTask}, if its loop is running; it may be done then. Others begin in the next iteration of the loop,
     * whatever the loop's {@link TaskFactory} says.
     */
    public TaskOptions eager(boolean eager) {
        return new TaskOptions(name, context, eager);
    }

    /** The task's name, or null. */
    public @Nullable String name() {
        return name;
    }

    /** The context that the task shares, or null. */
    public @Nullable Context context() {
        return context;
    }

    /** Whether it begins at once; null if that is left to the loop. */
    public @Nullable Boolean eager() {
        return eager;
    }

    @Override
    public String toString() {
        return "<TaskOptions name=" + name + " context=" + context + " eager=" + eager + ">";
    }
}
