package dev.weft;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that end together: {@link Asyncio#taskGroup(AsyncFunction)} passes one to its body and returns when all its tasks
 * have ended. When one fails, the others and the body are cancelled, and the failures are thrown as an
 * {@link ExceptionGroup}.
 *
 * <pre>{@code
 * taskGroup(group -> {
 *     group.createTask(() -> send("John"));
 *     group.createTask(() -> send("Anna"));
 * });
 * }</pre>
 *
 * <p>Loop thread only.
 */
public final class TaskGroup {
    private final Task<?> parent;
    private final EventLoop loop;
    private final Set<AsyncFuture<?>> tasks = new LinkedHashSet<>(); // not ended yet
    private final List<Throwable> errors = new ArrayList<>();
    private final Consumer<AsyncFuture<?>> callback;
    private @Nullable AsyncFuture<@Nullable Void> allEnded; // while the group waits for its tasks
    private @Nullable Throwable fatal;
    private boolean exiting; // the body has ended
    private boolean aborting; // all tasks were cancelled, there will be no more
    private boolean parentCancelRequested; // by this group, which has to take it back

    private TaskGroup(Task<?> parent) {
        this.parent = parent;
        loop = parent.loop;
        callback = new WaitingCallback<>(() -> parent, this::taskDone);
    }

    /** Runs {@code body} with a new group in the calling task, then waits for the group's tasks. */
    @Async
    @SuppressWarnings("NullAway") // no value if the group was cancelled
    static <T> T around(AsyncFunction<? super TaskGroup, ? extends T> body) {
        TaskGroup group = new TaskGroup(EventLoop.running().requireTask());
        T value = null;
        Throwable failure = null;
        try {
            value = body.apply(group);
        } catch (Throwable t) {
            failure = t;
        }
        group.exit(failure);
        return value;
    }

    /**
     * Starts a task in the group. Allowed until the last of its tasks has ended.
     *
     * @throws IllegalStateException if the group is finished or shutting down
     */
    public <T> Task<T> createTask(Coroutine<T> body) {
        checkOpen();
        return add(loop.createTask(body));
    }

    /** Starts a task in the group. */
    public Task<Void> createTask(AsyncRunnable body) {
        checkOpen();
        return add(loop.createTask(body));
    }

    /** Starts a task in the group that waits for something. */
    public <T> Task<T> createTask(Awaitable<T> body) {
        checkOpen();
        return add(loop.createTask(body));
    }

    /** Starts a task with a name in the group. */
    public <T> Task<T> createTask(String name, Coroutine<T> body) {
        checkOpen();
        return add(loop.createTask(name, body));
    }

    /** Starts a task with a name in the group. */
    public Task<Void> createTask(String name, AsyncRunnable body) {
        checkOpen();
        return add(loop.createTask(name, body));
    }

    /** Starts a task with a name in the group that waits for something. */
    public <T> Task<T> createTask(String name, Awaitable<T> body) {
        checkOpen();
        return add(loop.createTask(name, body));
    }

    /** Starts a task in the group as the options say. */
    public <T> Task<T> createTask(TaskOptions options, Coroutine<T> body) {
        checkOpen();
        return add(loop.createTask(options, body));
    }

    /** Starts a task in the group as the options say. */
    public Task<Void> createTask(TaskOptions options, AsyncRunnable body) {
        checkOpen();
        return add(loop.createTask(options, body));
    }

    /** Starts a task in the group as the options say that waits for something. */
    public <T> Task<T> createTask(TaskOptions options, Awaitable<T> body) {
        checkOpen();
        return add(loop.createTask(options, body));
    }

    /** Cancels the tasks and the body; the group then ends without throwing, unless something fails meanwhile. */
    public void cancel() {
        cancel(null);
    }

    /** The same; their {@link CancelledError} has the message. Further calls do nothing. */
    public void cancel(@Nullable String message) {
        if (exiting && tasks.isEmpty()) {
            return;
        }
        if (!aborting) {
            abort(message);
        }
        cancelParent(message);
    }

    private void checkOpen() {
        if (exiting && tasks.isEmpty()) {
            throw new IllegalStateException(
                    this + " is finished. Create tasks while its body or one of its tasks runs.");
        }
        if (aborting) {
            throw new IllegalStateException(this + " is shutting down, as a task has failed or it was cancelled.");
        }
    }

    private <T> Task<T> add(Task<T> task) {
        tasks.add(task);
        task.addDoneCallback(callback);
        return task;
    }

    /** Waits for all tasks; throws what becomes of the body's failure and of theirs. */
    @Async
    private void exit(@Nullable Throwable bodyFailure) {
        exiting = true;
        if (bodyFailure != null) {
            keepFatal(bodyFailure);
            if (!aborting) {
                abort(null);
            }
        }
        Throwable cancellation = bodyFailure instanceof CancelledError ? bodyFailure : null;
        while (!tasks.isEmpty()) { // the wait itself may be cancelled, and that more than once
            AsyncFuture<@Nullable Void> ended = loop.createFuture();
            allEnded = ended;
            try {
                ended.await();
            } catch (CancelledError e) {
                if (cancellation == null) {
                    cancellation = e;
                }
                if (!aborting) {
                    abort(null);
                }
            }
            allEnded = null;
        }
        Throwable failure = outcome(bodyFailure, cancellation);
        if (failure != null) {
            throw Failures.unchecked(failure);
        }
    }

    private @Nullable Throwable outcome(@Nullable Throwable bodyFailure, @Nullable Throwable cancellation) {
        if (fatal != null) {
            return fatal;
        }
        boolean cancelledByUsAlone = parentCancelRequested && parent.uncancel() == 0;
        if (bodyFailure != null && !(bodyFailure instanceof CancelledError)) {
            errors.add(bodyFailure);
        }
        if (errors.isEmpty()) {
            return cancelledByUsAlone ? null : cancellation;
        }
        if (parent.cancelling() > 0) { // the next await must be cancelled, with the count as it is
            parent.uncancel();
            parent.cancel();
        }
        return new ExceptionGroup("unhandled errors in a TaskGroup", errors);
    }

    private void taskDone(AsyncFuture<?> task) {
        tasks.remove(task);
        if (tasks.isEmpty() && allEnded != null && !allEnded.isDone()) {
            allEnded.finish(null);
        }
        Throwable failure = task.isCancelled() ? null : task.exception();
        if (failure == null) {
            return;
        }
        errors.add(failure);
        keepFatal(failure);
        if (parent.isDone()) {
            loop.callExceptionHandler(new LoopError(
                    task + " has errored out but its parent task " + parent + " is already completed", failure, task));
        } else if (!aborting && !parentCancelRequested) {
            abort(null);
            cancelParent(null);
        }
    }

    private void abort(@Nullable String message) {
        aborting = true;
        for (AsyncFuture<?> task : new ArrayList<>(tasks)) {
            task.cancel(message);
        }
    }

    private void cancelParent(@Nullable String message) {
        if (!parentCancelRequested) {
            parentCancelRequested = true;
            parent.cancel(message);
        }
    }

    private void keepFatal(Throwable failure) {
        if (fatal == null && Failures.isFatal(failure)) {
            fatal = failure;
        }
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("<TaskGroup");
        if (!tasks.isEmpty()) {
            text.append(" tasks=").append(tasks.size());
        }
        if (!errors.isEmpty()) {
            text.append(" errors=").append(errors.size());
        }
        if (aborting) {
            text.append(" cancelling");
        } else {
            text.append(exiting && tasks.isEmpty() ? " finished" : " entered");
        }
        return text.append('>').toString();
    }
}
