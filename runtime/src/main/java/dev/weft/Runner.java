package dev.weft;

import dev.weft.internal.Rewriting;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A loop with a beginning and an end, for several programs one after the other. {@link Asyncio#run} uses one for a single
 * program.
 *
 * <pre>{@code
 * try (Runner runner = new Runner()) {
 *     String first = runner.run(() -> send("Anna"));
 *     String second = runner.run(() -> send("John"));
 * }
 * }</pre>
 *
 * <p>The loop is made when it is first needed, and {@link #close} ends what runs in it.
 *
 * <p><b>Ctrl-C.</b> While {@code run} is on the main thread of the JVM, and the program handles the signal nowhere else, the
 * first Ctrl-C cancels the program's main task, so that its {@code finally} blocks run. If the task ends by that, {@code run}
 * throws {@link CancelledError}, and {@link #close}, when the loop has ended in good order, ends the JVM as Ctrl-C always
 * does: with its shutdown hooks and exit status 130. A coroutine that catches the error may return as if nothing had
 * happened. A second Ctrl-C ends the JVM at once. {@linkplain Thread#interrupt Interrupting} the thread of the loop cancels
 * the main task too.
 *
 * <p>A runner belongs to one thread.
 */
public final class Runner implements AutoCloseable {
    private final Builder options;
    private @Nullable EventLoop loop; // null before the first use
    private @Nullable Context context; // that programs share which are given none; made with the loop
    private boolean closed;
    private @Nullable Interruption fatal; // that ended the last program

    /** A runner with the usual options. */
    public Runner() {
        this(builder());
    }

    private Runner(Builder options) {
        this.options = options;
    }

    /** Makes runners with other options. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Runs a program in the loop, up to its end. All programs of a runner share one context, a copy of the caller's at the
     * time of the first: what one of them sets the next one sees.
     *
     * @return what the coroutine returns
     * @throws IllegalStateException if this runner is closed or a loop runs on this thread already
     * @throws CancelledError if the coroutine was cancelled, as Ctrl-C does
     * @throws java.util.concurrent.CompletionException with the cause, if the coroutine throws a checked exception; other
     *     failures are thrown as they are
     */
    public <T> T run(Coroutine<T> body) {
        return run((Awaitable<T>) body);
    }

    /** The same for a coroutine without a value. */
    public void run(AsyncRunnable body) {
        EventLoop loop = loopFor(body);
        complete(loop, loop.createTask(shared(context), body));
    }

    /** The same for anything that can be awaited. */
    public <T> T run(Awaitable<T> body) {
        EventLoop loop = loopFor(body);
        return complete(loop, loop.createTask(shared(context), body));
    }

    /** Runs a program in a context that it shares with others. */
    public <T> T run(Context context, Coroutine<T> body) {
        return run(context, (Awaitable<T>) body);
    }

    /** The same for a coroutine without a value. */
    public void run(Context context, AsyncRunnable body) {
        EventLoop loop = loopFor(body);
        complete(loop, loop.createTask(shared(context), body));
    }

    /** The same for anything that can be awaited. */
    public <T> T run(Context context, Awaitable<T> body) {
        EventLoop loop = loopFor(body);
        return complete(loop, loop.createTask(shared(context), body));
    }

    /** The loop, which runs only while a program does. */
    public EventLoop loop() {
        if (closed) {
            throw new IllegalStateException("Runner is closed. Make another one with new Runner().");
        }
        EventLoop present = loop;
        if (present == null) {
            present = options.loopFactory.get();
            if (options.debug != null) {
                present.setDebug(options.debug);
            }
            loop = present;
            context = Context.copy();
        }
        return present;
    }

    /**
     * Cancels the tasks that are left and waits for them, then for the worker threads, and closes the loop. What tasks fail
     * with goes to the loop's exception handler. A second call does nothing.
     *
     * <p>Tasks that go on after their cancellation keep this method from returning; they are reported with the lines where
     * they wait. To interrupt the thread ends the wait.
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        if (loop != null && loop.isRunning()) {
            throw new IllegalStateException("Cannot close a runner while it runs a program.");
        }
        closed = true;
        if (loop != null) {
            try {
                new Shutdown(loop, options.limits).run();
            } finally {
                loop.close();
            }
        }
        if (fatal != null) {
            fatal.endProgram();
        }
    }

    private EventLoop loopFor(Object body) {
        if (LoopState.runningLoop() != null) {
            throw new IllegalStateException("run() cannot be called from a running event loop, as "
                    + Rewriting.caller() + " does. In a coroutine call the other coroutine directly, or start it with"
                    + " createTask(() -> ...).");
        }
        EventLoop present = loop();
        Rewriting.requireFor(body);
        return present;
    }

    private static TaskOptions shared(@Nullable Context context) {
        return TaskOptions.DEFAULT.context(context);
    }

    private <T> T complete(EventLoop loop, Task<T> main) {
        fatal = null;
        Interruption interruption = options.handleInterrupt ? Interruption.of(main) : null;
        try {
            return loop.complete(main, true);
        } catch (CancelledError e) {
            if (interruption != null && interruption.hasCancelled()) {
                fatal = interruption;
            }
            throw e;
        } finally {
            if (interruption != null) {
                interruption.end();
            }
        }
    }

    /** The options of a runner. */
    public static final class Builder {
        private @Nullable Boolean debug;
        private Supplier<EventLoop> loopFactory = EventLoop::create;
        private Shutdown.Limits limits = Shutdown.Limits.USUAL;
        private boolean handleInterrupt = true;

        private Builder() {}

        /** Whether the loop is in {@linkplain EventLoop#setDebug debug mode}; if this is not called the loop decides. */
        public Builder debug(boolean debug) {
            this.debug = debug;
            return this;
        }

        /** Makes the loop; at first {@link EventLoop#create}. */
        public Builder loopFactory(Supplier<EventLoop> factory) {
            loopFactory = factory;
            return this;
        }

        /** How long {@link Runner#close} waits for tasks that it has cancelled until it reports them; at first 10 s. */
        public Builder shutdownWarning(Duration delay) {
            limits = new Shutdown.Limits(delay, limits.tasks(), limits.workers());
            return this;
        }

        /**
         * How long {@link Runner#close} waits for tasks that it has cancelled until it closes the loop without them; null, as
         * at first, for ever.
         */
        public Builder shutdownTimeout(@Nullable Duration limit) {
            limits = new Shutdown.Limits(limits.warning(), limit, limits.workers());
            return this;
        }

        /** How long {@link Runner#close} waits for the threads of the default executor; at first 5 minutes. */
        public Builder executorTimeout(Duration limit) {
            limits = new Shutdown.Limits(limits.warning(), limits.tasks(), limit);
            return this;
        }

        /** Whether Ctrl-C cancels the main task of a program on the JVM's main thread; at first true. */
        public Builder handleInterrupt(boolean handle) {
            handleInterrupt = handle;
            return this;
        }

        /** A runner with these options. */
        public Runner build() {
            Builder options = new Builder();
            options.debug = debug;
            options.loopFactory = loopFactory;
            options.limits = limits;
            options.handleInterrupt = handleInterrupt;
            return new Runner(options);
        }
    }
}
