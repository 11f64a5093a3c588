package dev.weft;

import static java.util.Objects.requireNonNull;

import dev.weft.internal.Poller.External;
import java.util.ArrayDeque;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A subscriber whose elements a coroutine takes. It asks for as many as it has room for, and for more when half of them are
 * taken. The publisher may call it on any thread; all else is for the loop's.
 */
final class Subscribed<T> implements Flow.Subscriber<T> {
    private static final Flow.Subscription CANCELLED = new Flow.Subscription() {
        @Override
        public void request(long count) {}

        @Override
        public void cancel() {}
    };

    private final EventLoop loop;
    private final int room;
    private final AtomicReference<Flow.@Nullable Subscription> subscription = new AtomicReference<>();

    // Loop thread only.
    private final ArrayDeque<T> elements = new ArrayDeque<>();
    private int expected; // elements asked for and not taken yet
    private boolean ended;
    private @Nullable Throwable failure;
    private @Nullable AsyncFuture<@Nullable Void> waiter;

    Subscribed(EventLoop loop, int room) {
        this.loop = loop;
        this.room = room;
        expected = room;
    }

    @Override
    public void onSubscribe(Flow.Subscription offered) {
        requireNonNull(offered, "subscription");
        if (subscription.compareAndSet(null, offered)) {
            offered.request(room);
        } else {
            offered.cancel();
        }
    }

    @Override
    public void onNext(T element) {
        requireNonNull(element, "element");
        onLoop(() -> {
            if (!ended) {
                elements.add(element);
            }
        });
    }

    @Override
    public void onError(Throwable thrown) {
        requireNonNull(thrown, "throwable");
        onLoop(() -> {
            if (!ended) {
                ended = true;
                failure = thrown;
            }
        });
    }

    @Override
    public void onComplete() {
        onLoop(() -> ended = true);
    }

    private void onLoop(Runnable change) {
        try {
            loop.execute(() -> {
                change.run();
                if (waiter != null && !waiter.isDone()) {
                    waiter.finish(null);
                }
            });
        } catch (IllegalStateException closed) { // nobody can take anything any more
            cancel();
        }
    }

    /** Suspends until there is an element or the end; a failure is thrown once. */
    @Async
    boolean hasNext() {
        while (elements.isEmpty() && !ended) {
            awaitChange();
        }
        if (!elements.isEmpty()) {
            return true;
        }
        Throwable thrown = failure;
        if (thrown != null) {
            failure = null;
            throw Failures.unchecked(thrown);
        }
        return false;
    }

    @Async
    private void awaitChange() {
        if (waiter != null) {
            throw new IllegalStateException("Another coroutine waits for an element of this iteration already."
                    + " One at a time may iterate; give each an iterator() of its own, or a queue between them.");
        }
        AsyncFuture<@Nullable Void> change = loop.createFuture();
        waiter = change;
        loop.engine.poller().external(External.FUTURE, 1);
        try {
            change.await();
        } finally {
            loop.engine.poller().external(External.FUTURE, -1);
            waiter = null;
        }
    }

    T take() {
        T element = elements.remove();
        expected--;
        Flow.Subscription current = subscription.get();
        if (expected <= room / 2 && !ended && current != null) {
            int more = room - expected;
            expected = room;
            current.request(more);
        }
        return element;
    }

    void close() {
        ended = true;
        failure = null;
        elements.clear();
        if (waiter != null && !waiter.isDone()) {
            waiter.finish(null);
        }
        cancel();
    }

    /** Wants no more. Any thread. */
    void cancel() {
        Flow.Subscription current = subscription.getAndSet(CANCELLED);
        if (current != null) {
            current.cancel();
        }
    }
}
