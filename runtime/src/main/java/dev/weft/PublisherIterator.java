package dev.weft;

import java.lang.ref.Cleaner;
import java.util.NoSuchElementException;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** The consumer's end of a subscription, which is cancelled when nobody can reach this object any more. */
final class PublisherIterator<T> implements AsyncIterator<T> {
    private final Flow.Publisher<? extends T> publisher;
    private final int prefetch;
    private @Nullable Subscribed<T> subscribed; // once the first element is asked for

    PublisherIterator(Flow.Publisher<? extends T> publisher, int prefetch) {
        this.publisher = publisher;
        this.prefetch = prefetch;
    }

    @Async
    @Override
    public boolean hasNext() {
        return subscribed().hasNext();
    }

    @Async
    @Override
    public T next() {
        Subscribed<T> elements = subscribed();
        if (!elements.hasNext()) {
            throw new NoSuchElementException("The publisher has completed.");
        }
        return elements.take();
    }

    @Override
    public void close() {
        if (subscribed == null) {
            subscribed = new Subscribed<>(EventLoop.running(), prefetch);
        }
        subscribed.close();
    }

    private Subscribed<T> subscribed() {
        Subscribed<T> known = subscribed;
        if (known == null) {
            known = new Subscribed<>(EventLoop.running(), prefetch);
            subscribed = known;
            Cleaners.CLEANER.register(this, known::cancel);
            publisher.subscribe(known);
        }
        return known;
    }

    /** Its thread starts with the first subscription. */
    private static final class Cleaners {
        static final Cleaner CLEANER = Cleaner.create();
    }
}
