package dev.weft;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.Flow;

/** Publishes the elements of an {@link AsyncIterable}: every subscription is an iteration of its own. */
final class IterablePublisher<T> implements Flow.Publisher<T> {
    private final AsyncIterable<? extends T> source;
    private final EventLoop loop;

    IterablePublisher(AsyncIterable<? extends T> source, EventLoop loop) {
        this.source = source;
        this.loop = loop;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super T> subscriber) {
        Publication<T> publication = new Publication<>(source, requireNonNull(subscriber, "subscriber"), loop);
        subscriber.onSubscribe(publication);
        publication.start();
    }
}
