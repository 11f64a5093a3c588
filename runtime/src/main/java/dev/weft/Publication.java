package dev.weft;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One subscriber of an {@link IterablePublisher}, and the task that serves it. It may call this from any thread. */
final class Publication<T> implements Flow.Subscription {
    private static final int ELEMENTS_IN_A_ROW = 64; // then others get a turn

    private final AsyncIterable<? extends T> source;
    private final Flow.Subscriber<? super T> subscriber;
    private final EventLoop loop;
    private final AtomicLong demand = new AtomicLong();
    private volatile boolean cancelled;

    // Loop thread only.
    private @Nullable Task<?> task;
    private @Nullable AsyncFuture<@Nullable Void> waiter;
    private @Nullable RuntimeException misuse;

    Publication(AsyncIterable<? extends T> source, Flow.Subscriber<? super T> subscriber, EventLoop loop) {
        this.source = source;
        this.subscriber = subscriber;
        this.loop = loop;
    }

    void start() {
        AsyncRunnable serve = this::serve;
        if (!onLoop(
                () -> task = loop.createTask(TaskOptions.named("publication").eager(true), serve))) {
            subscriber.onError(new IllegalStateException(
                    "The event loop is closed: " + loop + ". Nobody could iterate over the elements."));
        }
    }

    @Override
    public void request(long count) {
        if (count <= 0) {
            onLoop(() -> {
                misuse = new IllegalArgumentException(
                        "request(" + count + "): ask for at least one element, says rule 3.9 of Reactive Streams.");
                stop();
            });
        } else if (demand.getAndUpdate(before -> before + count < 0 ? Long.MAX_VALUE : before + count) == 0) {
            onLoop(() -> {
                if (waiter != null && !waiter.isDone()) {
                    waiter.finish(null);
                }
            });
        }
    }

    @Override
    public void cancel() {
        if (!cancelled) {
            cancelled = true;
            onLoop(this::stop);
        }
    }

    private void stop() {
        if (task != null) {
            task.cancel();
        }
    }

    /** False if the loop is closed. */
    private boolean onLoop(Runnable action) {
        try {
            loop.execute(action);
            return true;
        } catch (IllegalStateException closed) {
            return false;
        }
    }

    @Async
    private void serve() {
        Throwable failure = null;
        try {
            iterate();
        } catch (CancelledError e) {
            failure = misuse != null ? misuse : new CancellationException(e.getMessage());
        } catch (Throwable t) {
            failure = t;
        }
        if (cancelled) {
            return;
        }
        cancelled = true;
        if (failure == null) {
            subscriber.onComplete();
        } else {
            subscriber.onError(failure);
        }
    }

    @Async
    private void iterate() {
        try (AsyncIterator<? extends T> elements = source.iterator()) {
            for (int inARow = 1; !cancelled && elements.hasNext(); inARow++) {
                awaitDemand();
                T element = elements.next();
                if (element == null) {
                    throw new NullPointerException("An element is null, which publishers must not hand on.");
                }
                demand.getAndUpdate(before -> before == Long.MAX_VALUE ? before : before - 1);
                hand(element);
                if (inARow % ELEMENTS_IN_A_ROW == 0) {
                    Asyncio.sleep(Duration.ZERO);
                }
            }
        }
    }

    private void hand(T element) {
        try {
            subscriber.onNext(element);
        } catch (Throwable t) { // rule 2.13: it is as if the subscriber had cancelled
            cancelled = true;
            loop.callExceptionHandler(
                    new LoopError("A subscriber threw in onNext, which cancels its subscription", t, task));
        }
    }

    @Async
    private void awaitDemand() {
        while (demand.get() == 0) {
            AsyncFuture<@Nullable Void> future = loop.createFuture();
            waiter = future;
            future.await();
        }
    }
}
