package dev.weft;

import java.util.NoSuchElementException;

/** The consumer's end of a {@link Generation}. When nobody can reach it any more, its loop closes what it has left open. */
final class Generator<T> implements AsyncIterator<T> {
    private final Generation<T> generation;

    Generator(AsyncConsumer<? super Yielder<T>> body) {
        generation = new Generation<>(body);
    }

    @Async
    @Override
    public boolean hasNext() {
        if (generation.hasElement()) {
            return true;
        }
        if (generation.isNew()) {
            EventLoop.running().generators.add(this, generation);
        }
        return generation.advance(null);
    }

    @Async
    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException("The generator has ended.");
        }
        return generation.takeElement();
    }

    @Async
    @Override
    public void close() {
        generation.close();
    }
}
