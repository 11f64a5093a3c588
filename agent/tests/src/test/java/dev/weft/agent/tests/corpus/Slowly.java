package dev.weft.agent.tests.corpus;

import dev.weft.Async;
import dev.weft.AsyncIterable;
import dev.weft.AsyncIterator;
import dev.weft.internal.Continuation;
import java.util.Arrays;
import java.util.List;

/** Elements before each of which, and before whose end, a loop may be suspended; a leaf like those of {@link Suspensions}. */
public final class Slowly<T> implements AsyncIterable<T> {
    private final List<T> elements;

    private Slowly(List<T> elements) {
        this.elements = elements;
    }

    /** A sequence of these elements. */
    @SafeVarargs
    public static <T> Slowly<T> slowly(T... elements) {
        return new Slowly<>(Arrays.asList(elements));
    }

    @Override
    public AsyncIterator<T> iterator() {
        return new AsyncIterator<T>() {
            private int next;

            @Async
            @Override
            public boolean hasNext() {
                return hasNext$async(Continuation.REFUSING);
            }

            public boolean hasNext$async(Continuation co) {
                return Suspensions.z$async(next < elements.size(), co);
            }

            @Async
            @Override
            public T next() {
                return next$async(Continuation.REFUSING);
            }

            public T next$async(Continuation co) {
                return Suspensions.p$async(elements.get(next++), co);
            }
        };
    }
}
