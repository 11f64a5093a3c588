package dev.weft;

import static java.util.Objects.requireNonNull;

import dev.weft.internal.Continuation;
import dev.weft.internal.Job;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A value that comes later, in one loop. Coroutines {@link #await()} it, callbacks complete it.
 *
 * <p>A future belongs to its loop's thread. Whoever waits resumes in the next iteration of the loop, never inside
 * {@link #setResult}.
 *
 * <pre>{@code
 * AsyncFuture<String> reply = EventLoop.running().createFuture();
 * client.onReply(text -> reply.setResult(text)); // on the loop's thread
 * String text = await(reply);
 * }</pre>
 *
 * @param <T> what it gives
 */
public class AsyncFuture<T> extends Job implements Awaitable<T> {
    private static final Object PENDING = new Object();

    final EventLoop loop;

    /** {@link #PENDING}, a {@link Failure}, a {@link Cancelled}, or else the value. */
    private @Nullable Object outcome = PENDING;

    /** Who is told: null, one job (a waiting {@link Task} or a {@link Callback}), or a list of them. */
    private @Nullable Object listeners;

    AsyncFuture(EventLoop loop) {
        this.loop = loop;
    }

    /** The loop that it belongs to. */
    public final EventLoop loop() {
        return loop;
    }

    /** Whether it has a value, has failed or was cancelled. */
    public final boolean isDone() {
        return outcome != PENDING;
    }

    /** Whether it was cancelled. */
    public final boolean isCancelled() {
        return outcome instanceof Cancelled;
    }

    /**
     * The value of a future that is done; does not wait.
     *
     * @throws InvalidStateException if it is pending
     * @throws CancelledError if it was cancelled
     * @throws java.util.concurrent.CompletionException if it failed with a checked exception, which is the cause; other
     *     failures are thrown as they are
     */
    @SuppressWarnings({"unchecked", "NullAway"}) // an outcome that is nothing else is a T, which may be null
    public final T result() {
        if (outcome instanceof Failure failure) {
            throw Failures.unchecked(failure.observe());
        }
        if (outcome instanceof Cancelled cancelled) {
            throw cancelled.error();
        }
        checkDone("Result");
        return (T) outcome;
    }

    /**
     * What a future that is done failed with, as it was thrown; null if it has a value.
     *
     * @throws InvalidStateException if it is pending
     * @throws CancelledError if it was cancelled
     */
    public final @Nullable Throwable exception() {
        if (outcome instanceof Failure failure) {
            return failure.observe();
        }
        if (outcome instanceof Cancelled cancelled) {
            throw cancelled.error();
        }
        checkDone("Exception");
        return null;
    }

    /**
     * Completes it with a value.
     *
     * @throws InvalidStateException if it is done
     */
    public void setResult(T value) {
        loop.state.checkThread();
        checkPending();
        finish(value);
    }

    /**
     * Completes it with a failure.
     *
     * @throws InvalidStateException if it is done
     */
    public void setException(Throwable exception) {
        loop.state.checkThread();
        checkPending();
        fail(requireNonNull(exception, "exception"));
    }

    /** Cancels it without a message. */
    public final boolean cancel() {
        return cancel(null);
    }

    /**
     * Cancels it: those who wait get a {@link CancelledError} with the message. One that has failed already stays so, but
     * its failure is not reported as unseen.
     *
     * @return whether it was pending
     */
    public boolean cancel(@Nullable String message) {
        loop.state.checkThread();
        if (isDone()) {
            observe();
            return false;
        }
        finish(new Cancelled(new CancelledError(message)));
        return true;
    }

    /**
     * Calls back in a later iteration of the loop, once this is done; callbacks run in the order of their addition, each
     * in a copy of the context of this call.
     */
    public final void addDoneCallback(Consumer<? super AsyncFuture<T>> callback) {
        loop.state.checkThread();
        tell(Captured.listener(loop.copyOfContext(), loop.carriers, callback));
    }

    /** The same; the callback runs in {@code context} and shares it with others. */
    public final void addDoneCallback(Context context, Consumer<? super AsyncFuture<T>> callback) {
        loop.state.checkThread();
        tell(Captured.listener(context, loop.carriers, callback));
    }

    private void tell(Consumer<? super AsyncFuture<T>> callback) {
        Callback<T> job = new Callback<>(this, callback);
        if (isDone()) {
            loop.schedule(job);
        } else {
            addListener(job);
        }
    }

    /** Takes back every addition of a callback that is not scheduled yet; tells whether there was any. */
    public final boolean removeDoneCallback(Consumer<? super AsyncFuture<T>> callback) {
        if (listeners instanceof ArrayList<?> list) {
            return list.removeIf(job -> isCallback(job, callback));
        }
        if (isCallback(listeners, callback)) {
            listeners = null;
            return true;
        }
        return false;
    }

    /**
     * A future of the JDK that completes as this one does. To cancel it cancels this one; a cancellation arrives there as
     * {@link java.util.concurrent.CancellationException}. It may be used from any thread, this method on the loop's only.
     */
    public final CompletableFuture<T> toCompletableFuture() {
        CompletableFuture<T> copy = new CompletableFuture<>();
        Stages.connect(this, copy);
        return copy;
    }

    /**
     * Suspends the calling coroutine until this is done; returns at once if it is.
     *
     * @return the value
     * @throws CancelledError if this or the calling task was cancelled
     * @throws java.util.concurrent.CompletionException if it failed with a checked exception, which is the cause; other
     *     failures are thrown as they are
     */
    @Async
    @Override
    public final T await() {
        return await$async(Continuation.REFUSING);
    }

    /**
     * The twin of {@link #await()} that rewritten code calls.
     *
     * @hidden
     */
    @Override
    @SuppressWarnings("NullAway") // the value of a suspended call is never used
    public final T await$async(Continuation co) {
        if (outcome == PENDING) {
            suspend(co);
            return null;
        }
        return result();
    }

    private void suspend(Continuation co) {
        if (co.owner != loop && co != Continuation.REFUSING) {
            throw new IllegalStateException(
                    "Task " + EventLoop.of(co).current() + " waits for " + this
                            + ", which is attached to a different loop. Use loop().submit(...) and await its CompletableFuture.");
        }
        if (this == co.running) {
            throw new IllegalStateException(
                    "Task cannot await on itself: " + this + ". Nothing could ever complete it; await another task.");
        }
        co.suspend();
        EventLoop.requireTask(co).waitFor(this);
    }

    final void addListener(Job job) {
        if (listeners == null) {
            listeners = job;
        } else if (listeners instanceof Job first) {
            ArrayList<Job> list = new ArrayList<>(4);
            list.add(first);
            list.add(job);
            listeners = list;
        } else {
            @SuppressWarnings("unchecked")
            ArrayList<Job> list = (ArrayList<Job>) listeners;
            list.add(job);
        }
    }

    /** Completes it with an outcome, and schedules whoever waits for it. */
    final void finish(@Nullable Object outcome) {
        this.outcome = outcome;
        Object told = listeners;
        if (told == null) {
            return;
        }
        listeners = null;
        if (told instanceof Job job) {
            loop.schedule(job);
        } else {
            for (Object job : (ArrayList<?>) told) {
                loop.schedule((Job) job);
            }
        }
    }

    final void fail(Throwable exception) {
        Failure failure = new Failure(exception);
        if (!(listeners instanceof Task)) { // a waiting task looks at the failure when it resumes
            loop.unobserved.watch(this, failure);
        }
        finish(failure);
    }

    /** The throwable that a waiting task resumes with, or null if there is a value. */
    final @Nullable Throwable failureOfWait() {
        if (outcome instanceof Failure failure) {
            return Failures.crossing(failure.observe());
        }
        return outcome instanceof Cancelled cancelled ? cancelled.error() : null;
    }

    /** What it was cancelled with, if it was. */
    final @Nullable CancelledError cancellation() {
        return outcome instanceof Cancelled cancelled ? cancelled.error() : null;
    }

    /** How it ended; a cancellation is an exception here. */
    @SuppressWarnings("unchecked")
    final Outcome<T> outcome() {
        if (outcome instanceof Failure failure) {
            return new Outcome<>(null, failure.observe());
        }
        return outcome instanceof Cancelled cancelled
                ? new Outcome<>(null, cancelled.error())
                : new Outcome<>((T) outcome, null);
    }

    /** The value of a future that is done and has one. */
    final @Nullable Object value() {
        return outcome;
    }

    /** Marks a failure as seen. */
    final void observe() {
        if (outcome instanceof Failure failure) {
            failure.observe();
        }
    }

    /** Never called: only tasks are queued. */
    @Override
    protected void run(Continuation co) {
        throw new AssertionError(this);
    }

    /** The tasks that wait for it, directly or through what waits for several futures. */
    final List<Task<?>> awaitedBy() {
        List<Task<?>> tasks = new ArrayList<>();
        addWaiters(tasks);
        return tasks;
    }

    private void addWaiters(List<Task<?>> tasks) {
        Object told = listeners;
        if (told instanceof ArrayList<?> list) {
            list.forEach(job -> addWaiter(job, tasks));
        } else if (told != null) {
            addWaiter(told, tasks);
        }
    }

    private static void addWaiter(Object job, List<Task<?>> tasks) {
        Object waiter = job;
        if (job instanceof Callback<?> callback) {
            waiter = Captured.original(callback.action) instanceof Waiting waiting ? waiting.waiter() : null;
        }
        if (waiter instanceof Task<?> task) {
            if (!tasks.contains(task)) {
                tasks.add(task);
            }
        } else if (waiter instanceof AsyncFuture<?> future) {
            future.addWaiters(tasks);
        }
    }

    private void checkPending() {
        if (isDone()) {
            throw new InvalidStateException(
                    "The future is done already: " + this + ". Ask isDone() before completing it.");
        }
    }

    private void checkDone(String what) {
        if (outcome == PENDING) {
            throw new InvalidStateException(what + " is not set. await " + this + " first, or ask isDone().");
        }
    }

    private static boolean isCallback(@Nullable Object job, Consumer<?> action) {
        return job instanceof Callback<?> callback
                && Captured.original(callback.action).equals(action);
    }

    /** The state, and the outcome of a future that is done. */
    final String describeState() {
        if (outcome == PENDING) {
            return "pending";
        }
        if (outcome instanceof Cancelled) {
            return "cancelled";
        }
        return "finished";
    }

    final String describeOutcome() {
        if (outcome == PENDING || outcome instanceof Cancelled) {
            return "";
        }
        return outcome instanceof Failure failure ? " exception=" + failure.exception : " result=" + outcome;
    }

    final String describeListeners() {
        if (listeners == null) {
            return "";
        }
        if (!(listeners instanceof ArrayList<?> list)) {
            return " cb=[" + describeListener(listeners) + "]";
        }
        int more = list.size() - 2;
        List<?> described = more <= 0
                ? list.stream().map(AsyncFuture::describeListener).toList()
                : List.of(describeListener(list.get(0)), "<" + more + " more>", describeListener(list.get(more + 1)));
        return " cb=" + described;
    }

    String describeCreation() {
        return "";
    }

    private static String describeListener(Object job) {
        return job instanceof Task<?> task ? task.name() + ".wakeup" : Descriptions.of(((Callback<?>) job).action);
    }

    @Override
    public String toString() {
        return "<AsyncFuture " + describeState() + describeOutcome() + describeListeners() + describeCreation() + ">";
    }
}
