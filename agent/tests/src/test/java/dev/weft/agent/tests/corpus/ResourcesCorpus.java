package dev.weft.agent.tests.corpus;

import static dev.weft.agent.tests.corpus.Suspensions.*;

import dev.weft.Async;

/** Suspensions in every part of try-with-resources: shape 49. */
@SuppressWarnings("try")
final class ResourcesCorpus {
    private ResourcesCorpus() {}

    /** Closed at once. */
    static class Plain implements AutoCloseable {
        final String name;

        Plain(String name) {
            this.name = name;
            log("open " + name);
        }

        @Override
        public void close() {
            log("close " + name);
            if (name.startsWith("bad")) {
                throw new IllegalStateException("closing " + name);
            }
        }
    }

    /** Suspends in its {@code close}. */
    static final class Slow extends Plain {
        Slow(String name) {
            super(name);
        }

        @Async
        static Slow open(String name) {
            v();
            return new Slow(p(name));
        }

        @Async
        @Override
        public void close() {
            v();
            super.close();
            v();
        }
    }

    @Async
    static Object openingAndBody() {
        try (Plain a = new Plain(p("a"));
                Plain b = p(new Plain("b"))) {
            return a.name + p(b.name);
        }
    }

    @Async
    static Object closingSuspends() {
        try (Slow a = Slow.open("a");
                Slow b = new Slow("b")) {
            log("body " + p(a.name) + b.name);
        }
        return i(1);
    }

    @Async
    static Object nullResource() {
        try (Plain nothing = p((Plain) null);
                Slow alsoNothing = null) {
            return "body" + p(nothing) + alsoNothing;
        }
    }

    @Async
    static Object existingVariable() {
        Slow existing = new Slow(p("existing"));
        try (existing) {
            v();
        }
        return existing.name;
    }

    @Async
    static String failing(int kind) {
        try (Slow a = new Slow(kind == 1 || kind == 3 ? "bad a" : p("a"));
                Slow b = Slow.open(kind > 1 ? "bad b" : "b")) {
            if (kind > 2) {
                fail(new IllegalArgumentException("body"));
            }
            return a.name + p(b.name);
        } catch (IllegalStateException | IllegalArgumentException e) {
            String text = e.getMessage();
            for (Throwable suppressed : e.getSuppressed()) {
                text += " with " + p(suppressed.getMessage());
            }
            return text;
        } finally {
            log("finally" + i(kind));
        }
    }

    @Async
    static Object failuresAreSuppressedInOrder() {
        String result = "";
        for (int kind = 0; kind < 5; kind++) {
            result += failing(kind) + ";";
        }
        return result;
    }

    @Async
    static Object failureWhileOpeningTheSecond() {
        try (Slow first = new Slow("first");
                Plain second = new Plain("x".repeat(i(-1)))) {
            return "not reached" + first + second;
        } catch (IllegalArgumentException e) {
            return "refused" + p("!");
        }
    }

    @Async
    static Object leavingTheBodyEarly() {
        String result = "";
        for (int k = 0; k < 4; k++) {
            try (Slow resource = new Slow(p("r" + k))) {
                if (k == 1) {
                    continue;
                }
                if (k == 3) {
                    break;
                }
                result += resource.name;
            }
        }
        return result;
    }

    interface Closing extends AutoCloseable {
        @Async
        @Override
        void close() throws Exception;
    }

    @Async
    static Object lambdaAsResource() throws Exception {
        try (Closing closing = () -> log("closed" + i(1))) {
            log("open" + p(closing != null));
        }
        return i(2);
    }
}
