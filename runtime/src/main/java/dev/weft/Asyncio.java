package dev.weft;

import dev.weft.internal.Continuation;
import dev.weft.internal.Rewriting;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Runs, combines and limits coroutines: what a program imports.
 *
 * <pre>{@code
 * public static void main(String[] args) {
 *     String reply = run(() -> greet("Anna"));
 * }
 *
 * @Async
 * static String greet(String name) {
 *     sleep(Duration.ofSeconds(1));
 *     return "Hello, " + name;
 * }
 * }</pre>
 *
 * <p>Wherever a coroutine is taken, any {@link Awaitable} is, tasks included. Those methods that suspend are marked
 * {@link Async}; the others need a running loop, but may be called from its callbacks too.
 */
public final class Asyncio {
    /** As {@link ReturnWhen#FIRST_COMPLETED}. */
    public static final ReturnWhen FIRST_COMPLETED = ReturnWhen.FIRST_COMPLETED;

    /** As {@link ReturnWhen#FIRST_EXCEPTION}. */
    public static final ReturnWhen FIRST_EXCEPTION = ReturnWhen.FIRST_EXCEPTION;

    /** As {@link ReturnWhen#ALL_COMPLETED}. */
    public static final ReturnWhen ALL_COMPLETED = ReturnWhen.ALL_COMPLETED;

    private Asyncio() {}

    /**
     * Runs a program: makes a loop, runs the coroutine in it, cancels what tasks are left, waits for them and for the
     * worker threads, and closes the loop.
     *
     * @return what the coroutine returns
     * @throws IllegalStateException if a loop runs on this thread already
     * @throws java.util.concurrent.CompletionException with the cause, if the coroutine throws a checked exception; other
     *     failures are thrown as they are
     */
    public static <T> T run(Coroutine<T> body) {
        try (Runner runner = new Runner()) {
            return runner.run(body);
        }
    }

    /** The same for a coroutine without a value. */
    public static void run(AsyncRunnable body) {
        try (Runner runner = new Runner()) {
            runner.run(body);
        }
    }

    /** The same for anything that can be awaited. */
    public static <T> T run(Awaitable<T> body) {
        try (Runner runner = new Runner()) {
            return runner.run(body);
        }
    }

    /** As {@link #run(Coroutine)}, in {@linkplain EventLoop#setDebug debug mode}. */
    public static <T> T runDebug(Coroutine<T> body) {
        try (Runner runner = Runner.builder().debug(true).build()) {
            return runner.run(body);
        }
    }

    /** As {@link #run(AsyncRunnable)}, in {@linkplain EventLoop#setDebug debug mode}. */
    public static void runDebug(AsyncRunnable body) {
        try (Runner runner = Runner.builder().debug(true).build()) {
            runner.run(body);
        }
    }

    /**
     * Starts a task in the running loop and a copy of the calling context; it begins in the loop's next iteration, unless the
     * loop's tasks are {@linkplain TaskFactory#EAGER eager}.
     */
    public static <T> Task<T> createTask(Coroutine<T> body) {
        return EventLoop.running().createTask(body);
    }

    /** Starts a task without a value. */
    public static Task<Void> createTask(AsyncRunnable body) {
        return EventLoop.running().createTask(body);
    }

    /** Starts a task that waits for something. */
    public static <T> Task<T> createTask(Awaitable<T> body) {
        return EventLoop.running().createTask(body);
    }

    /** Starts a task with a name. */
    public static <T> Task<T> createTask(String name, Coroutine<T> body) {
        return EventLoop.running().createTask(name, body);
    }

    /** Starts a task with a name and without a value. */
    public static Task<Void> createTask(String name, AsyncRunnable body) {
        return EventLoop.running().createTask(name, body);
    }

    /** Starts a task with a name that waits for something. */
    public static <T> Task<T> createTask(String name, Awaitable<T> body) {
        return EventLoop.running().createTask(name, body);
    }

    /** Starts a task as the options say. */
    public static <T> Task<T> createTask(TaskOptions options, Coroutine<T> body) {
        return EventLoop.running().createTask(options, body);
    }

    /** Starts a task without a value as the options say. */
    public static Task<Void> createTask(TaskOptions options, AsyncRunnable body) {
        return EventLoop.running().createTask(options, body);
    }

    /** Starts a task as the options say that waits for something. */
    public static <T> Task<T> createTask(TaskOptions options, Awaitable<T> body) {
        return EventLoop.running().createTask(options, body);
    }

    /** Suspends until there is a value, and returns it; the same as {@code awaitable.await()}. */
    @Async
    public static <T> T await(Awaitable<T> awaitable) {
        return await$async(awaitable, Continuation.REFUSING);
    }

    /**
     * The twin that rewritten code calls.
     *
     * @hidden
     */
    public static <T> T await$async(Awaitable<T> awaitable, Continuation co) {
        return awaitable.await$async(co);
    }

    /** Runs a coroutine within the calling one. */
    @Async
    public static <T> T await(Coroutine<T> coroutine) {
        return coroutine.await();
    }

    /** Runs a coroutine within the calling one. */
    @Async
    public static void await(AsyncRunnable coroutine) {
        try {
            coroutine.run();
        } catch (Exception e) {
            throw Failures.unchecked(e);
        }
    }

    /**
     * Suspends until a future of the JDK or of another library is complete. Cancelling the calling task cancels it.
     *
     * @return its value
     * @throws CancelledError if it or the calling task was cancelled
     * @throws java.util.concurrent.CompletionException if it failed with a checked exception, which is the cause; other
     *     failures are thrown as they are
     */
    @Async
    public static <T> T await(CompletionStage<T> stage) {
        return await$async(stage, Continuation.REFUSING);
    }

    /**
     * The twin that rewritten code calls.
     *
     * @hidden
     */
    public static <T> T await$async(CompletionStage<T> stage, Continuation co) {
        return Stages.await(stage, co);
    }

    /** Suspends for a time; if it is zero or negative, for one iteration of the loop, so that others may run. */
    @Async
    public static void sleep(Duration duration) {
        sleep$async(duration, Continuation.REFUSING);
    }

    /**
     * The twin that rewritten code calls.
     *
     * @hidden
     */
    public static void sleep$async(Duration duration, Continuation co) {
        long nanos = duration.isZero() ? 0 : Durations.nanos(duration);
        co.suspend();
        Task<?> task = EventLoop.requireTask(co);
        if (nanos <= 0) {
            co.schedule(task);
        } else {
            task.sleep(nanos);
        }
    }

    /** Sleeps, then returns {@code result}. */
    @Async
    public static <T> T sleep(Duration duration, T result) {
        sleep(duration);
        return result;
    }

    /** Suspends for one iteration of the loop, so that others may run: {@code sleep(Duration.ZERO)}. */
    @Async
    public static void yieldNow() {
        sleep(Duration.ZERO);
    }

    /** Suspends until the calling task is cancelled. */
    @Async
    public static void sleepForever() {
        EventLoop.running().createFuture().await();
    }

    /**
     * Runs coroutines side by side and gives their values, in the order of the arguments. The first failure is thrown at
     * once; the others go on. Futures and tasks may be among them; one that is passed twice gives its value twice.
     */
    @Async
    public static <T> List<T> gather(Collection<? extends Awaitable<? extends T>> awaitables) {
        return Gather.<T>values(awaitables, EventLoop.running()).await();
    }

    /** The same. */
    @Async
    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    public static <T> List<T> gather(Coroutine<? extends T>... coroutines) {
        return gather(Arrays.asList(coroutines));
    }

    /** The same. */
    @Async
    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    public static <T> List<T> gather(Awaitable<? extends T>... awaitables) {
        return gather(Arrays.asList(awaitables));
    }

    /** The same for coroutines without a value; gives as many nulls. */
    @Async
    public static List<Void> gather(AsyncRunnable... coroutines) {
        return gather(Futures.of(coroutines, EventLoop.running()));
    }

    /** Nothing, at once. */
    public static <T> List<T> gather() {
        return List.of();
    }

    /** Runs coroutines side by side and gives how each ended, in the order of the arguments. */
    @Async
    public static <T> List<Outcome<T>> gatherOutcomes(Collection<? extends Awaitable<? extends T>> awaitables) {
        return Gather.<T>outcomes(awaitables, EventLoop.running()).await();
    }

    /** The same. */
    @Async
    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    public static <T> List<Outcome<T>> gatherOutcomes(Coroutine<? extends T>... coroutines) {
        return gatherOutcomes(Arrays.asList(coroutines));
    }

    /** The same. */
    @Async
    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    public static <T> List<Outcome<T>> gatherOutcomes(Awaitable<? extends T>... awaitables) {
        return gatherOutcomes(Arrays.asList(awaitables));
    }

    /** The same for coroutines without a value. */
    @Async
    public static List<Outcome<Void>> gatherOutcomes(AsyncRunnable... coroutines) {
        return gatherOutcomes(Futures.of(coroutines, EventLoop.running()));
    }

    /** Nothing, at once. */
    public static <T> List<Outcome<T>> gatherOutcomes() {
        return List.of();
    }

    /**
     * Runs {@code body} with a group that it starts tasks in, and waits until they have all ended. When one fails, the
     * others and the body are cancelled.
     *
     * @return what the body returns; null if the group was {@linkplain TaskGroup#cancel cancelled} before that
     * @throws ExceptionGroup with all failures, the body's included, if there are any
     */
    @Async
    public static <T> T taskGroup(AsyncFunction<? super TaskGroup, ? extends T> body) {
        return TaskGroup.around(body);
    }

    /** The same for a body without a value: a lambda with braces, also round a single call. */
    @Async
    @SuppressWarnings("NullAway") // null stands for no value
    public static void taskGroup(AsyncConsumer<? super TaskGroup> body) {
        TaskGroup.around(group -> {
            body.accept(group);
            return null;
        });
    }

    /**
     * Runs {@code body} within the calling task, but no longer than {@code limit}; null for no limit.
     *
     * @throws AsyncTimeoutException if the time has come before the body's end; it gets a {@link CancelledError} where it
     *     waits
     */
    @Async
    public static <T> T timeout(@Nullable Duration limit, Coroutine<T> body) {
        return Timeout.around(Timeout.after(limit), timeout -> body.run());
    }

    /** The same for anything that can be awaited; it is cancelled with the wait. */
    @Async
    public static <T> T timeout(@Nullable Duration limit, Awaitable<T> awaitable) {
        return Timeout.around(Timeout.after(limit), timeout -> awaitable.await());
    }

    /** The same for a body without a value. */
    @Async
    @SuppressWarnings("NullAway") // null stands for no value
    public static void timeout(@Nullable Duration limit, AsyncRunnable body) {
        Timeout.around(Timeout.after(limit), timeout -> {
            body.run();
            return null;
        });
    }

    /** The same for a body that may move the limit. */
    @Async
    public static <T> T timeout(@Nullable Duration limit, AsyncFunction<? super Timeout, ? extends T> body) {
        return Timeout.around(Timeout.after(limit), body);
    }

    /** The same for a body that may move the limit. */
    @Async
    @SuppressWarnings("NullAway") // null stands for no value
    public static void timeout(@Nullable Duration limit, AsyncConsumer<? super Timeout> body) {
        Timeout.around(Timeout.after(limit), timeout -> {
            body.accept(timeout);
            return null;
        });
    }

    /**
     * Runs {@code body} within the calling task, but no longer than {@code limit}, and then goes on: like a timeout that
     * throws nothing. Null is for no limit.
     *
     * <pre>{@code
     * if (moveOnAfter(Duration.ofSeconds(1), () -> flush()).expired()) {
     *     System.out.println("not everything was written");
     * }
     * }</pre>
     *
     * @return the limit, which tells whether it {@linkplain Timeout#expired has expired}
     */
    @Async
    public static Timeout moveOnAfter(@Nullable Duration limit, AsyncRunnable body) {
        return Timeout.movingOn(Timeout.after(limit), timeout -> body.run());
    }

    /** The same for a body that may move the limit. */
    @Async
    public static Timeout moveOnAfter(@Nullable Duration limit, AsyncConsumer<? super Timeout> body) {
        return Timeout.movingOn(Timeout.after(limit), body);
    }

    /** As {@link #timeout(Duration, Coroutine)}, up to a {@link EventLoop#time}. */
    @Async
    public static <T> T timeoutAt(long when, Coroutine<T> body) {
        return Timeout.around(when, timeout -> body.run());
    }

    /** As {@link #timeout(Duration, Awaitable)}, up to a {@link EventLoop#time}. */
    @Async
    public static <T> T timeoutAt(long when, Awaitable<T> awaitable) {
        return Timeout.around(when, timeout -> awaitable.await());
    }

    /** As {@link #timeout(Duration, AsyncRunnable)}, up to a {@link EventLoop#time}. */
    @Async
    @SuppressWarnings("NullAway") // null stands for no value
    public static void timeoutAt(long when, AsyncRunnable body) {
        Timeout.around(when, timeout -> {
            body.run();
            return null;
        });
    }

    /** As {@link #timeout(Duration, AsyncFunction)}, up to a {@link EventLoop#time}. */
    @Async
    public static <T> T timeoutAt(long when, AsyncFunction<? super Timeout, ? extends T> body) {
        return Timeout.around(when, body);
    }

    /** As {@link #timeout(Duration, AsyncConsumer)}, up to a {@link EventLoop#time}. */
    @Async
    @SuppressWarnings("NullAway") // null stands for no value
    public static void timeoutAt(long when, AsyncConsumer<? super Timeout> body) {
        Timeout.around(when, timeout -> {
            body.accept(timeout);
            return null;
        });
    }

    /**
     * Waits for something, but no longer than {@code limit}; null for no limit. What takes longer is cancelled, and waited
     * for; a coroutine never begins if the limit is zero or negative.
     *
     * @throws AsyncTimeoutException if the time has come first
     */
    @Async
    public static <T> T waitFor(Awaitable<T> awaitable, @Nullable Duration limit) {
        return WaitFor.waitFor(awaitable, limit);
    }

    /** The same. */
    @Async
    public static <T> T waitFor(Coroutine<T> coroutine, @Nullable Duration limit) {
        return WaitFor.waitFor(coroutine, limit);
    }

    /** The same. */
    @Async
    @SuppressWarnings("NullAway") // null stands for no value
    public static void waitFor(AsyncRunnable coroutine, @Nullable Duration limit) {
        WaitFor.waitFor(
                (Coroutine<@Nullable Void>) () -> {
                    coroutine.run();
                    return null;
                },
                limit);
    }

    /**
     * Waits for some or all of several tasks. Throws nothing that they throw, and cancels none.
     *
     * @throws IllegalArgumentException if there are no tasks
     */
    @Async
    public static <T> Waited<T> waitUntil(ReturnWhen when, Collection<? extends Task<? extends T>> tasks) {
        return new WaitUntil<T>(EventLoop.running(), when, tasks).await(null);
    }

    /** The same. */
    @Async
    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    public static <T> Waited<T> waitUntil(ReturnWhen when, Task<? extends T>... tasks) {
        return new WaitUntil<T>(EventLoop.running(), when, Arrays.asList(tasks)).await(null);
    }

    /** The same, but no longer than {@code limit}; then the tasks that have not ended are pending. */
    @Async
    public static <T> Waited<T> waitUntil(
            ReturnWhen when, Collection<? extends Task<? extends T>> tasks, @Nullable Duration limit) {
        return new WaitUntil<T>(EventLoop.running(), when, tasks).await(limit);
    }

    /**
     * Runs coroutines side by side, and gives as many awaitables: the first for the value of the one that ends first, and
     * so on. They start in the order of the arguments.
     *
     * <pre>{@code
     * for (Awaitable<String> next : asCompleted(coroutines)) {
     *     System.out.println(await(next));
     * }
     * }</pre>
     */
    public static <T> Iterable<Awaitable<T>> asCompleted(Collection<? extends Awaitable<? extends T>> awaitables) {
        return new AsCompleted<T>(EventLoop.running(), awaitables, null);
    }

    /** The same. */
    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    public static <T> Iterable<Awaitable<T>> asCompleted(Coroutine<? extends T>... coroutines) {
        return asCompleted(Arrays.asList(coroutines));
    }

    /** The same. */
    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    public static <T> Iterable<Awaitable<T>> asCompleted(Awaitable<? extends T>... awaitables) {
        return asCompleted(Arrays.asList(awaitables));
    }

    /** The same for coroutines without a value. */
    public static Iterable<Awaitable<Void>> asCompleted(AsyncRunnable... coroutines) {
        return asCompleted(Futures.of(coroutines, EventLoop.running()));
    }

    /** The same; what has not ended after {@code limit} goes on, and its awaitables throw {@link AsyncTimeoutException}. */
    public static <T> Iterable<Awaitable<T>> asCompleted(
            Collection<? extends Awaitable<? extends T>> awaitables, @Nullable Duration limit) {
        return new AsCompleted<T>(EventLoop.running(), awaitables, limit);
    }

    /**
     * Runs coroutines side by side and gives their tasks, each as soon as it is done: one that ends earlier comes first. A
     * task among the arguments is given as it is; anything else becomes a task.
     *
     * <pre>{@code
     * for (Task<String> task : asCompletedTasks(tasks)) {
     *     System.out.println(task.name() + ": " + task.result());
     * }
     * }</pre>
     */
    public static <T> AsyncIterable<Task<T>> asCompletedTasks(Collection<? extends Awaitable<? extends T>> awaitables) {
        return new AsCompletedTasks<T>(EventLoop.running(), awaitables, null);
    }

    /** The same. */
    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    public static <T> AsyncIterable<Task<T>> asCompletedTasks(Coroutine<? extends T>... coroutines) {
        return asCompletedTasks(Arrays.asList(coroutines));
    }

    /** The same. */
    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    public static <T> AsyncIterable<Task<T>> asCompletedTasks(Awaitable<? extends T>... awaitables) {
        return asCompletedTasks(Arrays.asList(awaitables));
    }

    /** The same for coroutines without a value. */
    public static AsyncIterable<Task<Void>> asCompletedTasks(AsyncRunnable... coroutines) {
        return asCompletedTasks(Futures.of(coroutines, EventLoop.running()));
    }

    /** The same; after {@code limit} the loop throws {@link AsyncTimeoutException}, and what has not ended goes on. */
    public static <T> AsyncIterable<Task<T>> asCompletedTasks(
            Collection<? extends Awaitable<? extends T>> awaitables, @Nullable Duration limit) {
        return new AsCompletedTasks<T>(EventLoop.running(), awaitables, limit);
    }

    /**
     * Elements that a coroutine makes, one at a time, as they are asked for; an async generator of Python.
     *
     * <pre>{@code
     * AsyncIterable<Integer> countdown = generate(out -> {
     *     for (int i = 3; i > 0; i--) {
     *         out.yield(i);
     *         sleep(Duration.ofSeconds(1));
     *     }
     * });
     * for (int i : countdown) { ... }
     * }</pre>
     *
     * Each iteration runs {@code body} anew, within the task that iterates: what it throws arrives there, and so does a
     * cancellation here. A checked exception arrives as the cause of a {@link java.util.concurrent.CompletionException}.
     * Whoever leaves an iteration before its end should {@linkplain AsyncIterator#close close} it, so that {@code finally}
     * blocks run at once; otherwise they run when the garbage collector finds it, or at the end of {@link #run}. A
     * {@link #timeout} or {@link #taskGroup} in {@code body} should not have a {@code yield} inside, as its consumer would run
     * within it.
     */
    public static <T> AsyncIterable<T> generate(AsyncConsumer<? super Yielder<T>> body) {
        Rewriting.requireFor(body);
        return () -> new Generator<>(body);
    }

    /** Waits for something that goes on if the calling task is cancelled. Keep a reference to it. */
    @Async
    public static <T> T shield(Awaitable<T> awaitable) {
        return Shield.of(Futures.<T>of(awaitable, EventLoop.running())).await();
    }

    /** The same for a coroutine. */
    @Async
    public static <T> T shield(Coroutine<T> coroutine) {
        return Shield.of(createTask(coroutine)).await();
    }

    /** The same for a coroutine without a value. */
    @Async
    public static void shield(AsyncRunnable coroutine) {
        Shield.of(createTask(coroutine)).await();
    }

    /**
     * Runs coroutines side by side until the first of them has a value; cancels the others, waits for their end, and gives
     * that value. To cancel the calling task cancels them all.
     *
     * @throws ExceptionGroup with their failures in the order in which they happened, if none has a value
     * @throws IllegalArgumentException if there are none
     */
    @Async
    public static <T> T race(Collection<? extends Awaitable<? extends T>> awaitables) {
        return Race.first(EventLoop.running(), awaitables);
    }

    /** The same. */
    @Async
    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    public static <T> T race(Coroutine<? extends T>... coroutines) {
        return Race.first(EventLoop.running(), Arrays.asList(coroutines));
    }

    /** The same. */
    @Async
    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    public static <T> T race(Awaitable<? extends T>... awaitables) {
        return Race.first(EventLoop.running(), Arrays.asList(awaitables));
    }

    /** The same for coroutines without a value: until the first of them has ended without a failure. */
    @Async
    public static void race(AsyncRunnable... coroutines) {
        race(Futures.of(coroutines, EventLoop.running()));
    }

    /**
     * Calls blocking code on another thread, in a copy of the calling context, and waits for its value. To cancel the wait
     * does not stop the thread.
     */
    @Async
    public static <T> T toThread(Callable<T> work) {
        return EventLoop.running().callOnThread(work).await();
    }

    /** The same for code without a value. */
    @Async
    public static void toThread(ThrowingRunnable work) {
        Callable<@Nullable Void> call = () -> {
            work.run();
            return null;
        };
        EventLoop.running().callOnThread(call).await();
    }

    /**
     * As {@link #toThread(Callable)}, but to cancel the wait {@linkplain Thread#interrupt interrupts} the thread. The
     * calling task goes on at once, whether the thread heeds that or not.
     */
    @Async
    public static <T> T toThreadInterruptibly(Callable<T> work) {
        InterruptibleWork<T> interruptible = new InterruptibleWork<>(work);
        AsyncFuture<T> call = EventLoop.running().callOnThread(interruptible);
        try {
            return call.await();
        } catch (CancelledError e) {
            interruptible.interrupt();
            throw e;
        }
    }

    /** The same for code without a value. */
    @Async
    public static void toThreadInterruptibly(ThrowingRunnable work) {
        Callable<@Nullable Void> call = () -> {
            work.run();
            return null;
        };
        toThreadInterruptibly(call);
    }

    /** The task whose coroutine runs; null in a plain callback of the loop. */
    public static @Nullable Task<?> currentTask() {
        return EventLoop.running().current();
    }

    /** The tasks of the running loop that have not ended, in order of creation. */
    public static Set<Task<?>> allTasks() {
        return EventLoop.running().allTasks();
    }

    /** Prints the tasks of the running loop, as {@link EventLoop#describeTasks}. */
    public static void printTasks() {
        System.out.print(EventLoop.running().describeTasks());
    }

    /** Prints where the running task is and who waits for it; see {@link CallGraph}. */
    public static void printCallGraph() {
        CallGraph graph = CallGraph.capture();
        if (graph != null) {
            System.out.print(graph.format());
        }
    }

    /** Prints where a task is and who waits for it. */
    public static void printCallGraph(AsyncFuture<?> future) {
        System.out.print(CallGraph.capture(future).format());
    }
}
