package dev.weft.io;

import dev.weft.Async;
import dev.weft.AsyncFuture;
import dev.weft.EventLoop;
import dev.weft.internal.Engine;
import dev.weft.internal.IoJob;
import dev.weft.internal.Poller.External;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A question to the operating system that may take long, and those who wait for its answer, in any loops.
 *
 * <p>Such questions have threads of their own. On virtual threads they would occupy carriers, of which there may be two; in a
 * pool for all kinds of work they would stop all kinds of work. One question at a time is asked for one key, as those who ask
 * for a name that is not answered tend to ask again.
 */
final class Lookup<T> implements Runnable {
    static final int THREADS = 32;

    private static final ConcurrentMap<Object, Lookup<?>> UNDER_WAY = new ConcurrentHashMap<>();
    private static final ThreadPoolExecutor EXECUTOR = executor();

    private final Object key;
    private final Callable<T> question;

    // Under the lock of this object.
    private final List<Waiter<T>> waiters = new ArrayList<>();
    private boolean begun;
    private boolean ended; // nobody can join any more

    private Lookup(Object key, Callable<T> question) {
        this.key = key;
        this.question = question;
    }

    private static ThreadPoolExecutor executor() {
        AtomicInteger count = new AtomicInteger();
        ThreadPoolExecutor executor =
                new ThreadPoolExecutor(THREADS, THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(null, work, "weft-dns-" + count.incrementAndGet(), 0, false);
                    thread.setDaemon(true);
                    thread.setContextClassLoader(null);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    /** Suspends until the question is answered; one with an equal key that is under way is not asked again. */
    @Async
    static <T> T ask(Object key, Callable<T> question) throws UnknownHostException {
        Waiter<T> waiter = new Waiter<>(EventLoop.running());
        Lookup<T> lookup = join(waiter, key, question);
        try {
            waiter.answered.await();
        } finally {
            waiter.engine.poller().external(External.THREAD, -1);
            lookup.leave(waiter);
        }
        return waiter.answer();
    }

    @SuppressWarnings("unchecked") // equal keys ask for the same
    private static <T> Lookup<T> join(Waiter<T> waiter, Object key, Callable<T> question) {
        while (true) {
            Lookup<T> own = new Lookup<>(key, question);
            Lookup<T> other = (Lookup<T>) UNDER_WAY.putIfAbsent(key, own);
            Lookup<T> joined = other == null ? own : other;
            if (joined.add(waiter)) {
                waiter.engine.poller().external(External.THREAD, 1);
                if (other == null) {
                    EXECUTOR.execute(own);
                }
                return joined;
            }
            UNDER_WAY.remove(key, joined);
        }
    }

    private synchronized boolean add(Waiter<T> waiter) {
        return !ended && waiters.add(waiter);
    }

    /** A question for which nobody waits any more is not asked, unless it is already. */
    private void leave(Waiter<T> waiter) {
        synchronized (this) {
            waiters.remove(waiter);
            if (ended || begun || !waiters.isEmpty()) {
                return;
            }
            ended = true;
        }
        UNDER_WAY.remove(key, this);
        EXECUTOR.remove(this);
    }

    /** On a thread of the executor. */
    @Override
    public void run() {
        synchronized (this) {
            if (ended) {
                return;
            }
            begun = true;
        }
        T value = null;
        Throwable failure = null;
        try {
            value = question.call();
        } catch (Throwable t) {
            failure = t;
        }
        List<Waiter<T>> told;
        synchronized (this) {
            ended = true;
            told = List.copyOf(waiters);
        }
        UNDER_WAY.remove(key, this);
        for (Waiter<T> waiter : told) {
            waiter.tell(value, failure);
        }
    }

    /** A task that waits for the answer. Loop thread only, but for {@link #tell}. */
    private static final class Waiter<T> extends IoJob {
        final Engine engine;
        final AsyncFuture<@Nullable Void> answered;
        private @Nullable T value;
        private @Nullable Throwable failure;

        Waiter(EventLoop loop) {
            engine = loop.io$engine();
            answered = loop.createFuture();
        }

        /** On the other thread. */
        void tell(@Nullable T value, @Nullable Throwable failure) {
            this.value = value;
            this.failure = failure;
            engine.post(this);
        }

        @Override
        protected void ready() {
            Waiters.wake(answered);
        }

        @SuppressWarnings("NullAway") // there is a value if there is no failure
        T answer() throws UnknownHostException {
            if (failure instanceof UnknownHostException unknown) { // which others may have got too
                UnknownHostException own = new UnknownHostException(unknown.getMessage());
                own.initCause(unknown);
                throw own;
            }
            if (failure instanceof Error error) {
                throw error;
            }
            if (failure != null) {
                throw failure instanceof RuntimeException e ? e : new IllegalStateException(failure);
            }
            return value;
        }
    }
}
