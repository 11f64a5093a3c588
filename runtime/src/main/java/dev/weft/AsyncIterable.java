package dev.weft;

import static java.util.Objects.requireNonNull;

import java.util.Spliterator;
import java.util.concurrent.Flow;
import java.util.function.Consumer;

/**
 * Elements that come over time. A for-each loop over one suspends an {@link Async} method until the next element is there,
 * and lets other tasks run meanwhile:
 *
 * <pre>{@code
 * for (String line : connection.reader().lines()) {
 *     System.out.println(line);
 * }
 * }</pre>
 *
 * <p>The compiler of Java loses sight of this type where a value is an {@link Iterable} for it: a loop over such a variable
 * fails loudly when it would have to suspend.
 *
 * @param <T> the elements
 */
public interface AsyncIterable<T> extends Iterable<T> {
    /** Begins an iteration. Whoever leaves it before its end should {@linkplain AsyncIterator#close close} it. */
    @Override
    AsyncIterator<T> iterator();

    /**
     * The elements of a publisher. Each iteration is a subscription; it begins with the first element that is asked for, and
     * has up to 16 elements requested or kept at a time.
     *
     * <p>What the publisher fails with is thrown where the next element is asked for: a checked exception as the cause of a
     * {@link java.util.concurrent.CompletionException}. To {@linkplain AsyncIterator#close close} an iteration cancels its
     * subscription; one that is left open is cancelled when the garbage collector finds it. The publisher may use any thread.
     */
    static <T> AsyncIterable<T> from(Flow.Publisher<? extends T> publisher) {
        return from(publisher, 16);
    }

    /**
     * The same.
     *
     * @param prefetch how many elements may be requested or kept at a time, at least 1
     */
    static <T> AsyncIterable<T> from(Flow.Publisher<? extends T> publisher, int prefetch) {
        requireNonNull(publisher, "publisher");
        if (prefetch < 1) {
            throw new IllegalArgumentException("prefetch=" + prefetch + ": there must be room for one element");
        }
        return () -> new PublisherIterator<>(publisher, prefetch);
    }

    /**
     * A publisher of the elements, none of which may be null. Each subscription is an iteration in a task of its own, on the
     * loop that runs on this thread now, or on {@link EventLoop#background} if none does. It is one element ahead of what the
     * subscriber requests. To cancel the subscription cancels the task. Any thread may subscribe.
     */
    default Flow.Publisher<T> toPublisher() {
        EventLoop running = LoopState.runningLoop();
        return new IterablePublisher<>(this, running != null ? running : EventLoop.background());
    }

    /** Hands each element to {@code action}, and suspends between them. */
    @Async
    @Override
    default void forEach(Consumer<? super T> action) {
        AsyncIterator<T> elements = iterator();
        while (elements.hasNext()) {
            action.accept(elements.next());
        }
    }

    /** Refused: streams of the JDK cannot suspend. */
    @Override
    default Spliterator<T> spliterator() {
        throw new UnsupportedOperationException(
                "The streams of the JDK cannot suspend. Collect the elements of this AsyncIterable in a for-each loop.");
    }
}
