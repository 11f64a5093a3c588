package dev.weft.agent.tests.corpus;

import static dev.weft.agent.tests.corpus.Suspensions.*;

import dev.weft.Async;
import dev.weft.AsyncIterable;
import dev.weft.AsyncIterator;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** For-each loops over what suspends, and over what does not. */
final class IterationCorpus {
    private IterationCorpus() {}

    /** Suspends before each element and before its end. */
    record Range(int end) implements AsyncIterable<Integer> {
        @Override
        public Steps iterator() {
            return new Steps(end);
        }
    }

    static final class Steps implements AsyncIterator<Integer> {
        private final int end;
        private int next;

        Steps(int end) {
            this.end = end;
        }

        @Override
        public boolean hasNext() {
            return z(next < end);
        }

        @Async
        @Override
        public Integer next() {
            if (next == end) {
                throw new NoSuchElementException();
            }
            return p(next++);
        }

        @Override
        public void close() {
            v();
            log("closed at " + next);
        }
    }

    @Async
    static Object loop() {
        int sum = 0;
        for (int each : new Range(3)) {
            log(each);
            sum += each;
        }
        return sum;
    }

    @Async
    static Object loopOverTheInterface() {
        AsyncIterable<Integer> range = p(new Range(2));
        List<Integer> seen = new ArrayList<>();
        for (Integer each : range) {
            seen.add(i(each));
        }
        return seen;
    }

    @Async
    static Object nested() {
        StringBuilder text = new StringBuilder();
        outer:
        for (int row : new Range(3)) {
            for (int column : new Range(3)) {
                if (column == 2) {
                    continue outer;
                }
                if (row == 2) {
                    break outer;
                }
                text.append(row).append(column).append(' ');
            }
        }
        return text.toString();
    }

    @Async
    static Object besideOrdinaryLoops() {
        int sum = 0;
        for (String name : List.of("a", "b")) {
            for (int each : new Range(1)) {
                for (int i : new int[] {1, 2}) {
                    sum += i(i) + each;
                }
            }
            log(name);
        }
        return sum;
    }

    @Async
    static Object iteratorInAVariable() {
        Iterator<Integer> steps = new Range(2).iterator();
        int sum = steps.next();
        while (steps.hasNext()) {
            sum += steps.next();
        }
        try {
            steps.next();
        } catch (NoSuchElementException e) {
            log("end");
        }
        return sum;
    }

    @Async
    private static Object eitherKind(boolean async) {
        Iterator<Integer> numbers =
                async ? new Range(2).iterator() : List.of(5, 6).iterator();
        int sum = 0;
        while (numbers.hasNext()) {
            sum += numbers.next();
        }
        return sum;
    }

    @Async
    static Object oneOfTwoKinds() {
        return eitherKind(true) + "," + eitherKind(false);
    }

    @Async
    private static int sumOf(Iterator<Integer> ordinary, AsyncIterator<Integer> async) {
        Object hidden = async;
        Iterator<?> same = (Iterator<?>) hidden;
        int sum = 0;
        while (ordinary.hasNext()) {
            sum += ordinary.next();
        }
        while (async.hasNext()) {
            sum += async.next();
        }
        return sum + (same.hasNext() ? 100 : 0);
    }

    @Async
    static Object parameters() {
        return sumOf(List.of(1, 2).iterator(), new Range(3).iterator());
    }

    private final Steps field = new Steps(2);

    @Async
    static Object iteratorOfAField() {
        IterationCorpus host = new IterationCorpus();
        Iterator<Integer> steps = host.field;
        int count = 0;
        for (; steps.hasNext(); steps.next()) {
            count++;
        }
        return count;
    }

    @Async
    static Object closing() {
        try (AsyncIterator<Integer> steps = new Range(3).iterator()) {
            return steps.hasNext() ? steps.next() : -1;
        } finally {
            v();
        }
    }

    @Async
    static Object operandsBelowTheLoop() {
        return "a" + i(1) + loop() + switchOver(new Range(2));
    }

    @Async
    private static int switchOver(Range range) {
        int sum = 0;
        for (var each : range) {
            sum += switch (each) {
                case 0 -> i(10);
                default -> {
                    int inner = 0;
                    for (int other : new Range(each)) {
                        inner += other;
                    }
                    yield inner;
                }
            };
        }
        return sum;
    }

    @Async
    static Object failingBody() {
        try {
            for (int each : new Range(3)) {
                if (each == 1) {
                    fail(new IllegalStateException("at " + each));
                }
            }
        } catch (IllegalStateException e) {
            return e.getMessage();
        }
        return "none";
    }

    @Async
    static Object forEachMethod() {
        List<Integer> seen = new ArrayList<>();
        new Range(3).forEach(seen::add);
        return seen;
    }
}
