package dev.weft;

import java.util.Spliterator;
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
