package dev.weft;

import dev.weft.internal.Continuation;
import dev.weft.internal.Job;
import dev.weft.internal.Poller.External;
import java.io.Serializable;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The threads on which a loop runs blocking code. Loop thread only, but for the work itself. */
final class Workers {
    private static final Logger LOG = System.getLogger("dev.weft");

    private final EventLoop loop;
    private @Nullable ExecutorService executor; // made when first needed
    private boolean shutDown;

    Workers(EventLoop loop) {
        this.loop = loop;
    }

    void setExecutor(ExecutorService executor) {
        this.executor = executor;
    }

    <T> AsyncFuture<T> call(@Nullable ExecutorService chosen, Callable<T> work) {
        if (chosen != null && work instanceof Serializable && DistributedWork.mayLeave(chosen)) {
            return DistributedWork.submit(loop, chosen, work);
        }
        ExecutorService used = chosen != null ? chosen : defaultExecutor();
        Call<T> call = new Call<>(loop);
        used.execute(() -> call.perform(work));
        loop.engine.poller().external(External.THREAD, 1);
        return call;
    }

    private ExecutorService defaultExecutor() {
        if (shutDown) {
            throw new IllegalStateException(
                    "Executor shutdown has been called: this loop starts no more blocking work.");
        }
        ExecutorService current = executor;
        if (current == null) {
            current = WorkerThreads.create();
            executor = current;
        }
        return current;
    }

    /** Refuses further work; the future is done when all work is, or the time has passed in which it should. */
    AsyncFuture<@Nullable Void> shutdown(@Nullable Duration limit) {
        shutDown = true;
        AsyncFuture<@Nullable Void> done = loop.createFuture();
        ExecutorService current = executor;
        if (current == null) {
            done.finish(null);
            return done;
        }
        current.shutdown();
        loop.engine.poller().external(External.THREAD, 1);
        Thread joiner = new Thread(() -> join(current, limit, done), "weft-shutdown");
        joiner.setDaemon(true);
        joiner.start();
        return done;
    }

    private void join(ExecutorService current, @Nullable Duration limit, AsyncFuture<@Nullable Void> done) {
        try {
            long nanos = limit == null ? Long.MAX_VALUE : Durations.nanos(limit);
            if (!current.awaitTermination(nanos, TimeUnit.NANOSECONDS)) {
                LOG.log(
                        Level.WARNING,
                        "The executor did not finish joining its threads within " + Durations.seconds(nanos)
                                + " seconds.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        loop.engine.post(new Job() {
            @Override
            protected void run(Continuation co) {
                loop.engine.poller().external(External.THREAD, -1);
                if (!done.isDone()) {
                    done.finish(null);
                }
            }
        });
    }

    /** Refuses further work and waits for none. */
    void close() {
        shutDown = true;
        if (executor != null) {
            executor.shutdown();
        }
    }

    /** A call on another thread, and the future of its value. Cancelling it stops no thread. */
    private static final class Call<T> extends AsyncFuture<T> {
        private final AtomicBoolean claimed = new AtomicBoolean(); // by the thread that begins it, or to prevent that

        Call(EventLoop loop) {
            super(loop);
        }

        /** On the other thread. */
        void perform(Callable<T> work) {
            if (!claimed.compareAndSet(false, true)) {
                return;
            }
            T value = null;
            Throwable failure = null;
            try {
                value = work.call();
            } catch (Throwable t) {
                failure = t;
            }
            loop.engine.post(new Result<>(this, value, failure));
        }

        @Override
        public boolean cancel(@Nullable String message) {
            boolean cancelled = super.cancel(message);
            if (cancelled && claimed.compareAndSet(false, true)) {
                loop.engine.poller().external(External.THREAD, -1);
            }
            return cancelled;
        }
    }

    /** Brings the outcome of a call to the loop. */
    private static final class Result<T> extends Job {
        private final Call<T> call;
        private final @Nullable T value;
        private final @Nullable Throwable failure;

        Result(Call<T> call, @Nullable T value, @Nullable Throwable failure) {
            this.call = call;
            this.value = value;
            this.failure = failure;
        }

        @Override
        protected void run(Continuation co) {
            call.loop.engine.poller().external(External.THREAD, -1);
            if (call.isDone()) {
                return;
            }
            if (failure != null) {
                call.fail(failure);
            } else {
                call.finish(value);
            }
        }
    }
}
