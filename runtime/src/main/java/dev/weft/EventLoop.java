package dev.weft;

import dev.weft.internal.Clock;
import dev.weft.internal.Continuation;
import dev.weft.internal.Engine;
import dev.weft.internal.IoJob;
import dev.weft.internal.Job;
import dev.weft.internal.NioPoller;
import dev.weft.internal.Poller;
import dev.weft.internal.Poller.Interest;
import dev.weft.internal.Rewriting;
import dev.weft.internal.VirtualTime;
import dev.weft.spi.ThreadLocalCarrier;
import java.nio.channels.SelectableChannel;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks and callbacks, one after the other, on one thread.
 *
 * <p>{@link Asyncio#run} makes one, runs a program in it and closes it. Whoever needs more:
 *
 * <pre>{@code
 * try (EventLoop loop = EventLoop.create()) {
 *     String reply = loop.runUntilComplete(() -> send("Anna"));
 * }
 * }</pre>
 *
 * <p>A loop belongs to the thread that runs it. Other threads may call {@link #callSoonThreadsafe}, {@link #execute},
 * {@link #submit} and {@link #stop}, and nothing else.
 */
public final class EventLoop implements Executor, AutoCloseable {
    final LoopState state = new LoopState();
    final Engine engine;
    final TaskRegistry tasks = new TaskRegistry();
    final Unobserved.Watch unobserved = new Unobserved.Watch(this);
    final HandedOut handedOut = new HandedOut();
    final Generators generators = new Generators(this);
    private final Workers workers = new Workers(this);
    private final SignalHandlers signals = new SignalHandlers(this);
    private final ErrorReports errors = new ErrorReports(this);

    @Nullable
    Carriers carriers = Carriers.installed(); // set before the loop is used, any thread reads

    // Loop thread only.
    Continuation continuation = new Continuation(this); // another one after each poll
    int taskCount;

    @Nullable
    Object callbackContext; // of the running callback, as in CurrentContext

    @Nullable
    AsyncFuture<?> awaited; // what runUntilComplete waits for

    private TaskFactory taskFactory = TaskFactory.LAZY;

    boolean debug;
    private final SlowSteps slowSteps;

    EventLoop(Clock clock, Poller poller) {
        engine = new Engine(clock, poller, new EngineHost(this), continuation);
        slowSteps = new SlowSteps(engine);
        Long watchdog = Long.getLong("dev.weft.watchdog");
        if (watchdog != null) {
            slowSteps.setLimit(Duration.ofMillis(watchdog));
            slowSteps.setWatchdog(true);
        }
        setDebug(Boolean.getBoolean("dev.weft.debug"));
    }

    /** A new loop, which runs when it is told to. */
    public static EventLoop create() {
        if (VirtualTime.isOn()) {
            return create(new VirtualTime());
        }
        return new EventLoop(Clock.SYSTEM, new NioPoller());
    }

    /** A new loop that lives in virtual time. */
    static EventLoop create(VirtualTime time) {
        return new EventLoop(time, time);
    }

    /**
     * The loop that runs on this thread.
     *
     * @throws IllegalStateException if there is none
     */
    public static EventLoop running() {
        EventLoop loop = LoopState.runningLoop();
        if (loop == null) {
            throw new IllegalStateException(
                    "no running event loop: thread " + Thread.currentThread().getName()
                            + " runs none. Start one with Asyncio.run(() -> ...), or use EventLoop.submit from other threads.");
        }
        return loop;
    }

    /** The loop whose registers {@code co} are. */
    static EventLoop of(Continuation co) {
        return co.owner instanceof EventLoop loop ? loop : running();
    }

    /** A loop that runs for ever on a daemon thread, started when it is first needed. */
    public static EventLoop background() {
        return Background.LOOP;
    }

    /**
     * Runs until the coroutine has ended. To interrupt the thread cancels it.
     *
     * @return what it returns; what it throws is thrown as by {@link AsyncFuture#result}
     */
    public <T> T runUntilComplete(Coroutine<T> body) {
        return runUntilComplete((Awaitable<T>) body);
    }

    /** Runs until the coroutine has ended. */
    public void runUntilComplete(AsyncRunnable body) {
        state.checkMayRun();
        Rewriting.requireFor(body);
        complete(createTask(body), true);
    }

    /** Runs until a future or another awaitable is done, and gives its value. */
    public <T> T runUntilComplete(Awaitable<T> awaitable) {
        state.checkMayRun();
        if (awaitable instanceof AsyncFuture<T> future) {
            return complete(Futures.of(future, this), false);
        }
        Rewriting.requireFor(awaitable);
        return complete(createTask(awaitable), true);
    }

    <T> T complete(AsyncFuture<T> future, boolean ours) {
        Consumer<AsyncFuture<T>> stopper = ended -> {
            if (ended.isCancelled() || !Failures.isFatal(ended.outcome().exception())) {
                stop(); // a fatal error has ended the run already
            }
        };
        future.addDoneCallback(stopper);
        awaited = ours ? future : null;
        try {
            runForever();
        } catch (Throwable fatal) {
            if (ours) {
                future.observe();
            }
            throw fatal;
        } finally {
            awaited = null;
            future.removeDoneCallback(stopper);
        }
        if (!future.isDone()) {
            throw new IllegalStateException("Event loop stopped before Future completed: " + future
                    + ". Somebody called stop(); use runForever() if that is meant.");
        }
        return future.result();
    }

    /** Runs until {@link #stop}, or until the thread is interrupted. */
    public void runForever() {
        state.checkMayRun();
        state.enter(this);
        try {
            engine.runForever();
        } finally {
            state.exit();
        }
    }

    /** Ends {@link #runForever} when all that is ready now has run; the next one, if it does not run. Any thread. */
    public void stop() {
        if (isRunning() && !state.isThisThread()) {
            execute(engine::stop);
        } else {
            engine.stop();
        }
    }

    /**
     * Drops what is scheduled and gives the loop's resources back. Reports failures that nobody has looked at, and tasks
     * that never ended; the futures that {@link #submit} has given out for those fail. A second call does nothing.
     */
    @Override
    public void close() {
        if (isRunning()) {
            throw new IllegalStateException(
                    "Cannot close a running event loop. Call stop() and close it when it has ended.");
        }
        if (isClosed()) {
            return;
        }
        state.close();
        handedOut.close();
        unobserved.reportAll();
        for (Task<?> task : tasks.unfinished(this)) {
            callExceptionHandler(new LoopError("Task was destroyed but it is pending!", null, task));
        }
        signals.close();
        engine.close(EventLoop::drop);
        workers.close();
    }

    private static void drop(Job job) {
        if (job instanceof Submission<?> submission) {
            submission.drop();
        }
    }

    /** Whether some thread runs it. */
    public boolean isRunning() {
        return state.isRunning();
    }

    /** Whether {@link #close} was called. */
    public boolean isClosed() {
        return state.isClosed();
    }

    /** The time of the loop's clock in nanoseconds; it never goes back. */
    public long time() {
        return engine.now();
    }

    /** Calls back in the next iteration, in the order of these calls. Callbacks run in a copy of their caller's context. */
    public Handle callSoon(Runnable callback) {
        state.checkMaySchedule();
        return soon(Captured.callback(copyOfContext(), carriers, callback));
    }

    /** The same; the callback runs in {@code context} and shares it with others. */
    public Handle callSoon(Context context, Runnable callback) {
        state.checkMaySchedule();
        return soon(Captured.callback(context, carriers, callback));
    }

    private Handle soon(Runnable callback) {
        SoonHandle handle = new SoonHandle(this, traced(callback));
        schedule(handle);
        return handle;
    }

    /** Calls back after {@code delay}. */
    public TimerHandle callLater(Duration delay, Runnable callback) {
        return callAt(Durations.deadline(engine.now(), Durations.nanos(delay)), callback);
    }

    /** The same; the callback runs in {@code context} and shares it with others. */
    public TimerHandle callLater(Context context, Duration delay, Runnable callback) {
        return callAt(context, Durations.deadline(engine.now(), Durations.nanos(delay)), callback);
    }

    /** Calls back at a {@link #time}; those of equal time in the order of these calls. */
    public TimerHandle callAt(long when, Runnable callback) {
        state.checkMaySchedule();
        return at(when, Captured.callback(copyOfContext(), carriers, callback));
    }

    /** The same; the callback runs in {@code context} and shares it with others. */
    public TimerHandle callAt(Context context, long when, Runnable callback) {
        state.checkMaySchedule();
        return at(when, Captured.callback(context, carriers, callback));
    }

    private TimerHandle at(long when, Runnable callback) {
        TimerCallback handle = new TimerCallback(this, when, traced(callback));
        engine.schedule(handle);
        return handle;
    }

    /** Calls back soon. Any thread. */
    public Handle callSoonThreadsafe(Runnable callback) {
        state.checkOpen();
        return soonThreadsafe(Captured.callback(CurrentContext.copy(), carriers, callback));
    }

    /** The same; the callback runs in {@code context} and shares it with others. */
    public Handle callSoonThreadsafe(Context context, Runnable callback) {
        state.checkOpen();
        return soonThreadsafe(Captured.callback(context, carriers, callback));
    }

    private Handle soonThreadsafe(Runnable callback) {
        ThreadsafeHandle handle = new ThreadsafeHandle(this, traced(callback));
        if (state.isThisThread()) {
            schedule(handle);
        } else {
            engine.post(handle);
        }
        return handle;
    }

    /** Runs {@code command} soon on the loop's thread. Any thread. */
    @Override
    public void execute(Runnable command) {
        callSoonThreadsafe(command);
    }

    /**
     * Starts a task in a copy of the calling context; it begins in the next iteration, unless the loop's tasks are
     * {@linkplain TaskFactory#EAGER eager}.
     */
    public <T> Task<T> createTask(Coroutine<T> body) {
        return create(TaskOptions.DEFAULT, body);
    }

    /** Starts a task without a value. */
    public Task<Void> createTask(AsyncRunnable body) {
        return create(TaskOptions.DEFAULT, body);
    }

    /** Starts a task that waits for something. */
    public <T> Task<T> createTask(Awaitable<T> body) {
        return create(TaskOptions.DEFAULT, body);
    }

    /** Starts a task with a name. */
    public <T> Task<T> createTask(String name, Coroutine<T> body) {
        return create(TaskOptions.named(name), body);
    }

    /** Starts a task with a name. */
    public Task<Void> createTask(String name, AsyncRunnable body) {
        return create(TaskOptions.named(name), body);
    }

    /** Starts a task with a name. */
    public <T> Task<T> createTask(String name, Awaitable<T> body) {
        return create(TaskOptions.named(name), body);
    }

    /** Starts a task as the options say. */
    public <T> Task<T> createTask(TaskOptions options, Coroutine<T> body) {
        return create(options, body);
    }

    /** Starts a task as the options say. */
    public Task<Void> createTask(TaskOptions options, AsyncRunnable body) {
        return create(options, body);
    }

    /** Starts a task as the options say. */
    public <T> Task<T> createTask(TaskOptions options, Awaitable<T> body) {
        return create(options, body);
    }

    @SuppressWarnings("unchecked") // a factory makes a task of the coroutine that it is given
    private <T> Task<T> create(TaskOptions options, Object body) {
        if (taskFactory instanceof StandardTasks standard) {
            return standard.start(this, body, options);
        }
        state.checkMaySchedule();
        Task<?> task = taskFactory.create(this, StandardTasks.coroutine(body), options);
        if (task == null || task.loop != this) {
            throw new IllegalStateException("The task factory " + Descriptions.of(taskFactory) + " gave " + task
                    + " instead of a task of this loop. Let it return what TaskFactory.LAZY.create(...) gives.");
        }
        return (Task<T>) task;
    }

    /** Starts a task, whatever the factory. */
    <T> Task<T> start(Object body, @Nullable String name, @Nullable Context context, boolean eager) {
        boolean runs = state.checkMaySchedule();
        Object begun = context != null ? context : copyOfContext(runs);
        Task<T> task = new Task<>(this, name, begun, body); // all known: see the constructor
        if (debug) {
            task.setCreation(Creation.here(this));
        }
        if (eager && runs) {
            task.runEagerly();
        } else {
            schedule(task);
        }
        return task;
    }

    /**
     * Lets each task have values of its own in a library's thread-locals, besides those that are installed. The
     * {@linkplain #background background loop} has the installed ones only.
     *
     * @throws IllegalStateException if the loop has had tasks already
     */
    public void addThreadLocalCarrier(ThreadLocalCarrier<?> carrier) {
        state.checkThread();
        if (taskCount > 0) {
            throw new IllegalStateException(
                    "The loop has had tasks already. Add carriers of thread-locals before it runs: make it with"
                            + " EventLoop.create(), or a Runner with its loopFactory, or install them for ServiceLoader.");
        }
        carriers = Carriers.add(carriers, carrier);
    }

    /** Sets what makes tasks from now on; {@link TaskFactory#LAZY} at first. */
    public void setTaskFactory(TaskFactory factory) {
        state.checkThread();
        taskFactory = factory;
    }

    /** What makes tasks. */
    public TaskFactory taskFactory() {
        return taskFactory;
    }

    /** A pending future of this loop. */
    public <T> AsyncFuture<T> createFuture() {
        return debug ? new Creation.KnownFuture<>(this) : new AsyncFuture<>(this);
    }

    /** Starts a task from any thread, in a copy of the caller's context. Cancelling the result cancels the task. */
    public <T> CompletableFuture<T> submit(Coroutine<T> body) {
        state.checkOpen();
        Rewriting.requireFor(body);
        return Submission.to(this, () -> createTask(body));
    }

    /** Starts a task from any thread. Cancelling the result cancels the task. */
    public CompletableFuture<Void> submit(AsyncRunnable body) {
        state.checkOpen();
        Rewriting.requireFor(body);
        return Submission.to(this, () -> createTask(body));
    }

    /**
     * What an {@link Async} method does that returns a stage of the JDK: runs the coroutine to its first suspension, and
     * gives the future of the stage that it returns. Any thread; one that runs no loop leaves it to {@link #background}.
     *
     * @hidden
     */
    public static <T> CompletableFuture<T> start$stage(Coroutine<CompletionStage<T>> body) {
        return StageMethod.start(body);
    }

    /**
     * Calls blocking code on another thread, in that thread's context. Cancelling the future keeps work that has not begun from
     * running, and stops no thread.
     *
     * <p>An executor that is not the JDK's may have its threads on other machines, to which it sends work that is
     * {@link java.io.Serializable}. Such work is handed to its {@link ExecutorService#submit(Callable)} as it is. If that returns a
     * {@link CompletionStage}, nothing waits for it but the future, and cancelling the future cancels it; otherwise a thread of the
     * default executor waits.
     *
     * @param executor whose thread; null for the default one
     */
    public <T> AsyncFuture<T> runInExecutor(@Nullable ExecutorService executor, Callable<T> work) {
        state.checkMaySchedule();
        return workers.call(executor, work);
    }

    /** The same on a thread of the default executor, in a copy of the calling context. */
    <T> AsyncFuture<T> callOnThread(Callable<T> work) {
        Bindings bindings = copyOfContext();
        Callable<T> inContext = () -> CurrentContext.call(bindings, work);
        return runInExecutor(null, carriers == null ? inContext : carriers.wrap(inContext));
    }

    /** Sets what {@link #runInExecutor} and {@link Asyncio#toThread} use; the loop shuts it down when it is closed. */
    public void setDefaultExecutor(ExecutorService executor) {
        workers.setExecutor(executor);
    }

    /** Suspends until all generators that are half read have been closed: their {@code finally} blocks have run. */
    @Async
    public void shutdownGenerators() {
        generators.closeAll();
    }

    /** Suspends until the default executor has done all its work, and refuses more. */
    @Async
    public void shutdownDefaultExecutor() {
        shutdownOfWorkers(null).await();
    }

    /** The same, but waits no longer than {@code limit}; then a warning is logged, and the threads go on. */
    @Async
    public void shutdownDefaultExecutor(Duration limit) {
        shutdownOfWorkers(limit).await();
    }

    AsyncFuture<@Nullable Void> shutdownOfWorkers(@Nullable Duration limit) {
        return workers.shutdown(limit);
    }

    /** Sets who gets the failures that nobody else gets; null for the default, which logs them. */
    public void setExceptionHandler(@Nullable ExceptionHandler handler) {
        errors.setHandler(handler);
    }

    /** Who gets the failures that nobody else gets; null for the default. */
    public @Nullable ExceptionHandler getExceptionHandler() {
        return errors.handler();
    }

    /** Does what is done without an exception handler: logs the failure. */
    public void defaultExceptionHandler(LoopError error) {
        errors.log(error);
    }

    /** Reports a failure to the exception handler. */
    public void callExceptionHandler(LoopError error) {
        errors.report(error);
    }

    void reportIn(@Nullable Object context, @Nullable Object @Nullable [] carried, LoopError error) {
        errors.report(error, context, carried);
    }

    /**
     * Calls back whenever the channel can be read or accepted from, until {@link #removeReader} or until it is closed;
     * replaces such a callback of the channel.
     *
     * @throws IllegalArgumentException if the channel blocks or is closed
     * @throws IllegalStateException if a connection uses the channel, or a coroutine waits to read from it
     */
    public void addReader(SelectableChannel channel, Runnable callback) {
        watch(channel, Interest.READ, callback);
    }

    /** Calls back whenever the channel can be written to or has connected; otherwise as {@link #addReader}. */
    public void addWriter(SelectableChannel channel, Runnable callback) {
        watch(channel, Interest.WRITE, callback);
    }

    private void watch(SelectableChannel channel, Interest interest, Runnable callback) {
        state.checkMaySchedule();
        IoJob before = engine.poller().watching(channel, interest);
        if (before != null && !(before instanceof IoHandle)) {
            throw new IllegalStateException("A coroutine waits for the channel: " + channel
                    + ". Add callbacks to channels that no AsyncChannels operation waits for.");
        }
        engine.poller().watch(channel, interest, io(callback));
        if (before instanceof IoHandle replaced) {
            replaced.cancel();
        }
    }

    private IoHandle io(Runnable callback) {
        return new IoHandle(this, traced(Captured.callback(copyOfContext(), carriers, callback)));
    }

    /** In debug mode callbacks know where they were registered. */
    private Runnable traced(Runnable callback) {
        return debug ? Captured.createdAt(Creation.here(this), callback) : callback;
    }

    /** Ends {@link #addReader}, and tells whether there was one. It is not called any more, even if the channel is ready. */
    public boolean removeReader(SelectableChannel channel) {
        return unwatch(channel, Interest.READ);
    }

    /** Ends {@link #addWriter}, and tells whether there was one. */
    public boolean removeWriter(SelectableChannel channel) {
        return unwatch(channel, Interest.WRITE);
    }

    private boolean unwatch(SelectableChannel channel, Interest interest) {
        if (isClosed()) {
            return false;
        }
        IoJob before = engine.poller().watching(channel, interest);
        if (before != null && !(before instanceof IoHandle)) {
            return false; // a coroutine waits
        }
        engine.poller().unwatch(channel, interest);
        if (before instanceof IoHandle removed) {
            removed.cancel();
        }
        return before != null;
    }

    /**
     * Calls back whenever the process gets a signal, in place of what the JVM does then; replaces such a callback of this
     * loop. The callback runs like any other of the loop.
     *
     * <pre>{@code
     * loop.onSignal("TERM", server::closeListener);
     * loop.onSignal("HUP", () -> configuration.reload());
     * }</pre>
     *
     * <p>{@link #removeSignalHandler}, or closing the loop, gives the signal back to whoever had it before. If several loops
     * want the same one, the last gets it. One that this process was started to ignore, as with {@code nohup}, never comes. A
     * callback for {@code INT} takes Ctrl-C from {@link Runner}, which then cancels nothing.
     *
     * @param signal its name, such as {@code TERM}, {@code HUP}, {@code INT}, {@code USR1} or {@code WINCH}
     * @throws IllegalArgumentException if there is no such signal, or the operating system or the JVM keeps it for itself:
     *     on Linux {@code KILL}, {@code STOP}, {@code QUIT}, {@code SEGV}, {@code FPE}, {@code ILL} and {@code USR2}, and with
     *     the JVM's option {@code -Xrs} also {@code HUP}, {@code INT} and {@code TERM}
     * @throws UnsupportedOperationException if this Java runtime lacks the module {@code jdk.unsupported}
     */
    public void onSignal(String signal, Runnable callback) {
        state.checkMaySchedule();
        signals.set(signal, traced(Captured.callback(copyOfContext(), carriers, callback)));
    }

    /** Ends {@link #onSignal}, and tells whether there was one. */
    public boolean removeSignalHandler(String signal) {
        state.checkThread();
        return signals.remove(signal);
    }

    /**
     * What {@code dev.weft.io} reads and writes through.
     *
     * @throws IllegalStateException on another thread than the loop's, or if it is closed
     * @hidden
     */
    public Engine io$engine() {
        state.checkMaySchedule();
        return engine;
    }

    /**
     * Switches debug mode, in which tasks, futures and handles know where they were created and say so in descriptions and
     * {@linkplain LoopError reports}, and steps of tasks and callbacks that take long are logged, as with
     * {@link #setWatchdog}. Loops are created with the value of the system property {@code dev.weft.debug}.
     */
    public void setDebug(boolean debug) {
        state.checkThread();
        this.debug = debug;
        slowSteps.setDebug(debug);
    }

    /** Whether the loop is in debug mode. */
    public boolean isDebug() {
        return debug;
    }

    /**
     * Switches the watchdog, which logs a step of a task or a callback that takes long twice: while it does, with the stack
     * of the loop's thread, so that one sees what blocks it; and when it has ended, with its duration. It costs some
     * nanoseconds for each step. The system property {@code dev.weft.watchdog} switches it on in every loop, and is the
     * {@linkplain #setSlowCallbackDuration duration} in milliseconds.
     */
    public void setWatchdog(boolean watchdog) {
        state.checkThread();
        slowSteps.setWatchdog(watchdog);
    }

    /** Sets what takes long in debug mode or for the watchdog: at first 100 ms. */
    public void setSlowCallbackDuration(Duration duration) {
        state.checkThread();
        slowSteps.setLimit(duration);
    }

    /** All tasks that have not ended, in order of creation. Any thread: others wait until the loop comes to the question. */
    public Set<Task<?>> allTasks() {
        return Inquiry.ask(this, () -> tasks.unfinished(this));
    }

    /**
     * All tasks that have not ended, where each is and which tasks wait for it, as text; tasks that wait for each other are
     * named at the end. Any thread, even if the loop's is blocked: then after a second, with what blocks it.
     */
    public String describeTasks() {
        return Inquiry.ask(this, () -> TaskReport.of(this));
    }

    /** Lets a job run in the next iteration. */
    void schedule(Job job) {
        continuation.schedule(job);
    }

    /** The task whose step runs, or null. */
    @Nullable
    Task<?> current() {
        return (Task<?>) continuation.running;
    }

    /** The context of the task or callback that runs, as in {@link CurrentContext}. */
    @Nullable
    Object currentContext() {
        Task<?> task = current();
        return task == null ? callbackContext : task.contextOrBindings();
    }

    /** What tasks and callbacks begin with that the calling code creates. */
    @Nullable
    Bindings copyOfContext() {
        return copyOfContext(state.isThisThread());
    }

    /** The same for a caller who knows whether this loop runs on its thread. */
    private @Nullable Bindings copyOfContext(boolean runs) {
        return CurrentContext.copy(runs ? currentContext() : CurrentContext.get());
    }

    /** The same, where there must be one. */
    Task<?> requireTask() {
        return requireTask(continuation);
    }

    /** The task whose step runs in the loop that these registers belong to. */
    static Task<?> requireTask(Continuation co) {
        Task<?> task = (Task<?>) co.running;
        if (task == null) {
            throw new IllegalStateException("No task runs here: this is a plain callback of the loop. "
                    + "Start a task with createTask(() -> ...).");
        }
        return task;
    }

    void runCallback(Runnable callback, Handle handle) {
        ThreadLocalCarrier.Scope scope = enterCallback(callback);
        try {
            callback.run();
        } catch (Throwable failure) {
            callbackFailed(failure, "Exception in callback " + Descriptions.of(callback), handle);
        } finally {
            exitCallback(scope);
        }
    }

    /** The calling thread's values of what is carried along with tasks, null if nothing is. */
    @Nullable
    Object @Nullable [] capture() {
        return carriers == null ? null : carriers.capture();
    }

    /** Lets a callback run in what was captured for it, if anything was. */
    ThreadLocalCarrier.@Nullable Scope enterCallback(Object callback) {
        return callback instanceof Captured captured ? enter(captured.context, captured.carried) : null;
    }

    ThreadLocalCarrier.@Nullable Scope enter(@Nullable Object context, @Nullable Object @Nullable [] carried) {
        callbackContext = context;
        return carriers == null ? null : carriers.enter(carried);
    }

    void exitCallback(ThreadLocalCarrier.@Nullable Scope scope) {
        if (callbackContext != null) {
            callbackContext = null;
        }
        if (scope != null) {
            scope.exit();
        }
    }

    void callbackFailed(Throwable failure, String message, Object source) {
        if (Failures.isFatal(failure)) {
            throw (VirtualMachineError) failure;
        }
        callExceptionHandler(new LoopError(message, failure, source));
    }

    @Override
    public String toString() {
        return "<EventLoop running=" + isRunning() + " closed=" + isClosed() + " debug=" + debug + ">";
    }

    /** The background loop, once it is needed. */
    private static final class Background {
        static final EventLoop LOOP = new EventLoop(Clock.SYSTEM, new NioPoller());

        static {
            Thread runner = new Thread(LOOP::runForever, "weft-background");
            runner.setDaemon(true);
            runner.start();
        }
    }
}
