package dev.weft.agent.tests.corpus.elsewhere;

import static dev.weft.agent.tests.corpus.Suspensions.*;

import dev.weft.Async;

/** A superclass in another package than its subclasses. */
public abstract class BaseCorpus {
    protected int count = 1;

    protected static String shared = "shared";

    protected BaseCorpus() {}

    @Async
    protected String inherited(String text) {
        v();
        return "<" + text + p(count) + ">";
    }

    @Async
    protected static int inheritedStatic(int value) {
        return i(value) + 1;
    }

    protected final String plain() {
        return "plain" + count;
    }

    @Async
    protected final String last(String text) {
        return p(text) + inherited("last");
    }

    @Async
    protected abstract String missing(int value);

    /** Public through its methods only. */
    public static Object visible() {
        return new Invisible();
    }

    private static final class Invisible {
        @Override
        public String toString() {
            return "invisible";
        }
    }
}
