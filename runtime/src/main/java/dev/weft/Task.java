package dev.weft;

import dev.weft.internal.AsyncTrace;
import dev.weft.internal.Continuation;
import dev.weft.internal.Frame;
import dev.weft.internal.GuardedCalls;
import dev.weft.internal.Rewriting;
import dev.weft.internal.Wait;
import dev.weft.spi.ThreadLocalCarrier;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A coroutine that runs by itself, next to others, and the future of its value.
 *
 * <pre>{@code
 * Task<String> reply = createTask(() -> send("Anna")); // starts in the next iteration of the loop
 * String text = await(reply);
 * }</pre>
 *
 * <p>Its coroutine runs in steps, from one suspension to the next. Loop thread only, like every future.
 *
 * <pre>
 *   ready --step--> running --suspends--> waiting --what it waits for is done--> ready
 *                      |
 *                      +--returns or throws--> done
 * </pre>
 *
 * @param <T> what the coroutine returns
 */
public final class Task<T> extends AsyncFuture<T> {
    private static final ClassValue<Boolean> REACHING_TWIN = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> body) {
            boolean runs = Coroutine.class.isAssignableFrom(body) || AsyncRunnable.class.isAssignableFrom(body);
            return GuardedCalls.reachesTwin(body, runs ? "run$async" : "await$async", Continuation.class);
        }
    };

    private final int number;

    /** The innermost frame, while a call is suspended that needed one. */
    private @Nullable Frame code;

    /**
     * Before the first step the coroutine; then a future, a {@link Wait} or a {@link Sleeper}. A future that is done stays
     * here until the step that it has made this task ready for, a wait until something else is waited for.
     */
    private @Nullable Object waitingFor;

    private boolean started;
    private boolean withoutValue;

    /** The next step throws a {@link CancelledError} instead of resuming with a value. */
    private boolean mustCancel;

    /** The sleep or {@link Wait} that this task was in was cancelled; unlike {@code mustCancel}, {@link #uncancel} does not undo it. */
    private boolean interrupted;

    /** What few tasks have: {@link TaskDetails}; or else the context alone, as in {@link CurrentContext}. */
    private @Nullable Object details;

    // Links of the loop's registry.

    @Nullable
    Task<?> previousTask;

    @Nullable
    Task<?> nextTask; // the last one links itself, so that null means that it is not there

    /**
     * Its fields are written before anything is asked or called: so they need no barriers of the garbage collector.
     *
     * @param context as in {@link CurrentContext}
     */
    Task(EventLoop loop, @Nullable String name, @Nullable Object context, Object body) {
        super(loop);
        number = ++loop.taskCount;
        waitingFor = body;
        details = context;
        if (loop.carriers != null) {
            details().carried = loop.carriers.capture();
        }
        if (name != null) {
            setName(name);
        }
    }

    /** {@code Task-1}, {@code Task-2} and so on, unless it was named. */
    public String name() {
        return details instanceof TaskDetails known && known.name != null ? known.name : "Task-" + number;
    }

    /** Names it. */
    public void setName(String name) {
        details().name = name;
    }

    /** The context that its coroutine runs in; what is set there it sees from its next step on. */
    public Context context() {
        Context context = CurrentContext.changeable(contextOrBindings());
        setContext(context);
        return context;
    }

    /**
     * Requests cancellation: the coroutine gets a {@link CancelledError} where it waits, as soon as the loop comes to it.
     * What it waits for is cancelled too. The coroutine may catch the error and go on.
     *
     * @return whether it was not done
     */
    @Override
    public boolean cancel(@Nullable String message) {
        loop.state.checkThread();
        if (isDone()) {
            observe();
            return false;
        }
        // Down the chain of tasks that wait for tasks, without recursion.
        Task<?> task = this;
        Task<?> seen = this; // to find a cycle: set anew after 1, 2, 4, 8 ... tasks
        for (int distance = 0, limit = 1; ; distance++) {
            task.details().cancelRequests++;
            Object awaited = task.started ? task.waitingFor : null;
            if (!(awaited instanceof Task<?> next) || next.isDone()) {
                if (!task.cancelWait(awaited, message)) {
                    task.mustCancel = true;
                    if (!task.interrupted) { // then the message of the first request is on its way
                        task.setCancelMessage(message);
                    }
                }
                return true;
            }
            task = next;
            if (task == seen) {
                throw new IllegalStateException(
                        "Tasks wait for each other: " + task + " is part of the cycle. None of them can ever end.");
            }
            if (distance == limit) {
                seen = task;
                distance = 0;
                limit *= 2;
            }
        }
    }

    /** How often cancellation was requested, less the calls of {@link #uncancel}. */
    public int cancelling() {
        return details instanceof TaskDetails known ? known.cancelRequests : 0;
    }

    /**
     * Takes back one request for cancellation, after its error was caught and dealt with.
     *
     * @return how many remain
     */
    public int uncancel() {
        if (!(details instanceof TaskDetails known) || known.cancelRequests == 0) {
            return 0;
        }
        known.cancelRequests--;
        if (known.cancelRequests == 0) {
            mustCancel = false;
        }
        return known.cancelRequests;
    }

    /**
     * Where the coroutine is suspended, the innermost call first; where it failed if it did; empty if it runs or has not
     * started.
     */
    public StackTraceElement[] stackTrace() {
        if (isDone()) {
            Throwable failure = outcome().exception();
            return failure == null ? new StackTraceElement[0] : failure.getStackTrace();
        }
        return loop.current() == this ? new StackTraceElement[0] : traceOfFrames();
    }

    private StackTraceElement[] traceOfFrames() {
        List<StackTraceElement> trace = new ArrayList<>();
        for (Frame frame = code; frame != null; frame = frame.parent) {
            if (frame.point != null) {
                trace.add(frame.point.location());
            }
        }
        return trace.toArray(new StackTraceElement[0]);
    }

    /** Refused: the value of a task is what its coroutine returns. */
    @Override
    public void setResult(T value) {
        throw new IllegalStateException("Task does not support setResult operation: its coroutine returns the value. "
                + "Use EventLoop.createFuture() for a future that others complete.");
    }

    /** Refused: the failure of a task is what its coroutine throws. */
    @Override
    public void setException(Throwable exception) {
        throw new IllegalStateException("Task does not support setException operation: its coroutine throws. "
                + "Use EventLoop.createFuture() for a future that others complete.");
    }

    int number() {
        return number;
    }

    /** The frames of its calls, or null: while it runs those that were suspended when its step began, but for debug mode. */
    @Nullable
    Frame frames() {
        return code;
    }

    /** Remembers where it was created. */
    void setCreation(List<StackTraceElement> creation) {
        details().creation = creation;
    }

    @Nullable
    List<StackTraceElement> creation() {
        return details instanceof TaskDetails known ? known.creation : null;
    }

    @Override
    String describeCreation() {
        return Creation.describe(creation());
    }

    /** Its context, as in {@link CurrentContext}. */
    @Nullable
    Object contextOrBindings() {
        return details instanceof TaskDetails known ? known.context : details;
    }

    void setContext(@Nullable Object context) {
        if (details instanceof TaskDetails known) {
            known.context = context;
        } else {
            details = context;
        }
    }

    /** The values of its thread-locals while it does not run, as in {@link Carriers}. */
    @Nullable
    Object @Nullable [] carried() {
        return details instanceof TaskDetails known ? known.carried : null;
    }

    /** Takes the first step at once, within the call that creates this task. */
    void runEagerly() {
        Task<?> outer = loop.current();
        Continuation co = loop.continuation;
        if (outer == null) {
            try {
                run(co);
            } finally {
                co.running = null;
            }
            return;
        }
        if (outer.nextTask == null) { // the loop finds only one running task by itself
            loop.tasks.add(outer);
        }
        Frame suspendedBefore = outer.code; // where it is no more
        outer.code = null;
        try {
            run(co);
        } finally {
            co.running = outer;
            outer.code = suspendedBefore;
        }
    }

    /** Suspends until the future is done; called by the leaf of a suspension. */
    void waitFor(AsyncFuture<?> future) {
        waitingFor = future;
        future.addListener(this);
        if (nextTask == null) {
            loop.tasks.add(this);
        }
    }

    /** @hidden */
    @Override
    protected void waitFor(Wait wait) {
        if (waitingFor != wait) {
            waitingFor = wait;
        }
        if (nextTask == null) {
            loop.tasks.add(this);
        }
    }

    /** @hidden */
    @Override
    protected @Nullable Object lastWait() {
        return waitingFor; // while it runs nothing else stands here
    }

    /** @hidden */
    @Override
    protected void woken(Continuation co) {
        if (co.owner == loop) { // so this is its thread
            co.schedule(this);
        } else {
            loop.state.checkThread();
            loop.schedule(this);
        }
    }

    /** Suspends for some nanoseconds; called by the leaf of a suspension. */
    void sleep(long nanos) {
        Sleeper sleeper = new Sleeper(this, Durations.deadline(loop.time(), nanos));
        waitingFor = sleeper;
        loop.engine.schedule(sleeper);
    }

    /** Ends a sleep. */
    void wake() {
        waitingFor = null;
        loop.schedule(this);
    }

    /** One step: starts or resumes the coroutine and runs it to its next suspension or its end. */
    @Override
    protected void run(Continuation co) {
        co.running = this;
        if (loop.carriers != null) {
            runCarrying(loop.carriers, co);
        } else if (started) {
            proceed(co);
        } else {
            begin(co);
        }
        co.running = null; // if this throws, then its caller does it
    }

    /** The same, with the thread-locals of this task. */
    private void runCarrying(Carriers carriers, Continuation co) {
        ThreadLocalCarrier.Scope scope = carriers.enter(carried());
        try {
            if (started) {
                proceed(co);
            } else {
                begin(co);
            }
        } finally {
            details().carried = carriers.capture();
            scope.exit();
        }
    }

    /**
     * Resumes the innermost call, then with its result the caller, and so on, until one of them suspends.
     *
     * <p>It is one method, for the JIT compiler does not inline what it has compiled into much code.
     */
    @SuppressWarnings("NullAway") // a suspended frame has a point
    private void proceed(Continuation co) {
        Object awaited = waitingFor;
        Object result = null;
        Throwable thrown = null;
        if (awaited != null) {
            result = take(awaited, co);
            if (result == Wait.AGAIN) {
                return;
            }
            thrown = co.failure;
        }
        if (mustCancel || interrupted || thrown instanceof CancelledError) {
            thrown = takeCancellation(thrown);
        }
        Frame frame = code;
        while (frame != null) {
            Frame caller = frame.parent;
            Throwable passedOn = thrown;
            if (thrown != null) {
                co.failure = thrown;
                thrown = null;
            }
            try {
                result = frame.point.resume(frame, co, result);
            } catch (Throwable t) {
                thrown = t;
                co.reset();
                if (t != passedOn) {
                    AsyncTrace.complete(t, caller);
                }
            }
            if (co.suspended) {
                Frame innermost = co.takeFrames(result == frame ? frame : caller, caller);
                if (co.yielding == null) {
                    suspended(innermost);
                    return;
                }
                caller = ((Generation<?>) co.yielding).yielded(innermost, co);
            }
            frame = caller;
            if (loop.debug && caller != null) {
                code = caller; // so that others see who runs
            }
        }
        co.failure = null;
        ended(result, thrown);
    }

    @SuppressWarnings("NullAway") // a task that has not started has a body
    private void begin(Continuation co) {
        Object body = waitingFor;
        waitingFor = null;
        started = true;
        Object result = null;
        Throwable thrown = null;
        if (mustCancel) {
            thrown = takeCancellation(null);
        } else {
            try {
                result = start(body, co);
            } catch (Throwable t) {
                thrown = t;
                co.reset();
            }
        }
        if (co.suspended) {
            suspended(co.takeFrames(null, null));
        } else {
            ended(result, thrown);
        }
    }

    /** Takes what was waited for; a failure goes into {@code co.failure}. */
    private @Nullable Object take(Object awaited, Continuation co) {
        if (awaited instanceof AsyncFuture<?> future) {
            waitingFor = null;
            co.failure = future.failureOfWait();
            return co.failure == null ? future.value() : null;
        }
        Wait wait = (Wait) awaited;
        if (!wait.takeTurn()) {
            return null;
        }
        if (mustCancel) {
            wait.passOn(co);
            return null;
        }
        try {
            return wait.proceed(co);
        } catch (Throwable t) {
            co.failure = t;
            AsyncTrace.complete(t, code);
            return null;
        }
    }

    private @Nullable Object start(Object body, Continuation co) throws Exception {
        boolean plain = !Rewriting.reachesTwin(REACHING_TWIN, body);
        if (body instanceof Coroutine<?> coroutine) {
            return plain ? coroutine.run() : coroutine.run$async(co);
        }
        if (body instanceof AsyncRunnable runnable) {
            withoutValue = true;
            if (plain) {
                runnable.run();
            } else {
                runnable.run$async(co);
            }
            return null;
        }
        Awaitable<?> awaitable = (Awaitable<?>) body;
        return plain ? awaitable.await() : awaitable.await$async(co);
    }

    private void suspended(@Nullable Frame innermost) {
        if (code != innermost) {
            code = innermost;
        }
        if (mustCancel && cancelWait(waitingFor, cancelMessage())) {
            mustCancel = false;
        }
    }

    private void ended(@Nullable Object value, @Nullable Throwable failure) {
        code = null;
        if (waitingFor != null) {
            waitingFor = null;
        }
        if (nextTask != null) {
            loop.tasks.remove(this);
        }
        if (failure == null) {
            if (mustCancel) {
                mustCancel = false;
                finish(new Cancelled(new CancelledError(cancelMessage())));
            } else {
                finish(withoutValue ? null : value);
            }
        } else if (failure instanceof CancelledError error) {
            finish(new Cancelled(error));
        } else {
            fail(failure);
            if (Failures.isFatal(failure)) {
                throw (VirtualMachineError) failure;
            }
        }
    }

    private boolean cancelWait(@Nullable Object awaited, @Nullable String message) {
        if (awaited instanceof Wait wait) {
            if (!wait.cancel()) {
                return false;
            }
            interrupted = true;
            setCancelMessage(message);
            loop.schedule(this);
            return true;
        }
        if (awaited instanceof Sleeper sleeper) {
            interrupted = true;
            setCancelMessage(message);
            sleeper.interrupt();
            return true;
        }
        return awaited instanceof AsyncFuture<?> future && future.cancel(message);
    }

    /** The error that the coroutine gets now, instead of {@code failure} if that is none. */
    private CancelledError takeCancellation(@Nullable Throwable failure) {
        mustCancel = false;
        interrupted = false;
        CancelledError error =
                failure instanceof CancelledError cancelled ? cancelled : new CancelledError(cancelMessage());
        Failures.addTrace(error, traceOfFrames());
        return error;
    }

    private @Nullable String cancelMessage() {
        return details instanceof TaskDetails known ? known.cancelMessage : null;
    }

    private void setCancelMessage(@Nullable String message) {
        if (message != null || details instanceof TaskDetails) {
            details().cancelMessage = message;
        }
    }

    private TaskDetails details() {
        if (details instanceof TaskDetails known) {
            return known;
        }
        TaskDetails created = new TaskDetails();
        created.context = details;
        details = created;
        return created;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("<Task ");
        text.append(!isDone() && cancelling() > 0 ? "cancelling" : describeState());
        text.append(" name='").append(name()).append('\'');
        StackTraceElement[] trace = isDone() ? new StackTraceElement[0] : stackTrace();
        if (trace.length > 0) {
            StackTraceElement outermost = trace[trace.length - 1];
            text.append(" coro=<").append(outermost.getMethodName()).append("() running at ");
            text.append(outermost.getFileName())
                    .append(':')
                    .append(outermost.getLineNumber())
                    .append('>');
        }
        Object awaited = started && !(waitingFor instanceof Wait wait && wait.isOver()) ? waitingFor : null;
        if (awaited instanceof Task<?> task) {
            text.append(" wait_for=<Task ")
                    .append(task.describeState())
                    .append(" name='")
                    .append(task.name());
            text.append("'>"); // no more: tasks may wait for each other
        } else if (awaited != null) {
            text.append(" wait_for=").append(awaited);
        }
        return text.append(describeOutcome())
                .append(describeListeners())
                .append(describeCreation())
                .append('>')
                .toString();
    }
}
