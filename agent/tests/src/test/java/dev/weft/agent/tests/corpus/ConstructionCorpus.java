package dev.weft.agent.tests.corpus;

import static dev.weft.agent.tests.corpus.Suspensions.*;

import dev.weft.Async;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Suspensions among the arguments of constructors, where an uninitialised object is on the stack: shape 21. */
final class ConstructionCorpus {
    private ConstructionCorpus() {}

    static class Box {
        final String content;

        Box(Object content) {
            this.content = "[" + content + "]";
            log("made " + this.content);
        }

        Box(int first, Object second, Box third) {
            this(first + "," + second + "," + third);
        }

        Box(long first, double second, byte third, boolean fourth, char fifth) {
            this(first + "," + second + "," + third + fourth + fifth);
        }

        @Override
        public String toString() {
            return content;
        }
    }

    static final class Crate extends Box {
        Crate(Object content) {
            super(content + "!");
        }
    }

    @Async
    static Object oneArgument() {
        return new Box(p("x")).content + new Box(i(1)) + new Crate(p("y"));
    }

    @Async
    static Object argumentsBeforeAndAfter() {
        return new Box(1, p("x"), new Box(2, p("y"), new Box(p("z")))).content;
    }

    @Async
    static Object argumentsOfAllTypes() {
        return new Box(l(1), d(2.5), b((byte) 3), z(true), c('c')).content;
    }

    @Async
    static Object constructionWithOperandsBelow() {
        return "a" + i(1) + new Box(p("x")) + Math.max(5, new Box(p("yy")).content.length()) + 7L
                + List.of(1, new Box(p("z")), 2L, new Crate(i(3)));
    }

    @Async
    static Object discardedObject() {
        new Box(p("dropped"));
        new Box(1, p("also"), null);
        return i(1);
    }

    @Async
    static Object conditionalArgument() {
        return new Box(z(true) ? p("yes") : p("no")).content
                + new Box(z(false) ? p("yes") : z(true) ? "maybe" : p("no"))
                + (z(true) ? new Box(p("left")) : new Crate(p("right")))
                + new Box(z(true) && z(false));
    }

    @Async
    static Object switchAsArgument() {
        String result = "";
        for (int k = 0; k < 3; k++) {
            result += new Box(
                    switch (i(k)) {
                        case 0 -> p("zero");
                        case 1 -> new Box(p("one"));
                        default -> {
                            String made = p("many");
                            yield made + k;
                        }
                    });
        }
        return result;
    }

    @Async
    static Object loopInAnArgument() {
        return new Box(p(sumTo(3))).content + new Box(sumTo(i(4)));
    }

    @Async
    static int sumTo(int n) {
        int sum = 0;
        for (int k = 1; k <= n; k++) {
            sum += i(k);
        }
        return sum;
    }

    @Async
    static Object classesOfTheLibrary() {
        String text = new String(p(new char[] {'h', 'i'}));
        StringBuilder builder =
                new StringBuilder(p("sb")).append(new String(p("x"))).append(i(1));
        List<Object> list = new ArrayList<>(p(List.of("a", "b")));
        Map<String, Integer> map = new HashMap<>(i(16), f(0.75f));
        map.put(p("k"), i(1));
        Thread thread = new Thread(() -> {}, p("name"));
        return text + builder + list + map + thread.getName() + new Object().equals(new Object[i(1)]);
    }

    @Async
    static Object exceptions() {
        try {
            throw new IllegalStateException(p("message"), new RuntimeException(p("cause")));
        } catch (IllegalStateException e) {
            return e.getMessage() + e.getCause().getMessage() + p("!");
        }
    }

    @Async
    static Object failingConstructor() {
        try {
            return new ArrayList<>(i(-1)).size();
        } catch (IllegalArgumentException e) {
            return e.getMessage() + new Box(p("after"));
        }
    }

    @Async
    static Object constructionInTry() {
        Box box = null;
        try {
            box = new Box(1, p("x"), new Box(i(2) / i(0)));
        } catch (ArithmeticException e) {
            log(e.getMessage() + box);
            box = new Box(p("caught"));
        } finally {
            log(new Box(p("finally")) + "" + box);
        }
        return box.content;
    }

    @Async
    static Object arrays() {
        Box[] boxes = {new Box(p("a")), null, new Crate(i(1))};
        int[] ints = {i(1), 2, i(3)};
        long[] longs = new long[] {l(1), 2, l(3)};
        Object[][] grid = {{p("x"), new Box(p("y"))}, {i(1)}};
        int[][] sized = new int[i(2)][i(3)];
        return Arrays.toString(boxes)
                + Arrays.toString(ints)
                + Arrays.toString(longs)
                + Arrays.deepToString(grid)
                + sized[1].length;
    }

    // inner, local and anonymous classes

    private int base = 10;

    private final class Inner {
        final int value;

        Inner(int value) {
            this.value = value + base;
        }

        private final class Innermost {
            final int sum;

            Innermost(int value) {
                sum = value + Inner.this.value + base;
            }
        }
    }

    @Async
    private String inner() {
        Inner inner = new Inner(i(1));
        Inner other = this.new Inner(i(2));
        Inner.Innermost innermost = p(inner).new Innermost(i(3));
        return inner.value + "," + other.value + "," + innermost.sum + "," + p(this).new Inner(i(4)).value;
    }

    @Async
    static Object innerClasses() {
        ConstructionCorpus outer = new ConstructionCorpus();
        return outer.inner() + p(outer).new Inner(i(5)).value;
    }

    @Async
    static Object anonymousAndLocalClasses() {
        String captured = p("captured");
        int number = i(1);
        abstract class Local {
            final String own;

            Local(String own) {
                this.own = own;
            }

            abstract String text();
        }
        Local anonymous = new Local(p("own")) {
            final String initialised = captured + own;

            @Override
            String text() {
                return initialised + number;
            }
        };
        class Second extends Local {
            Second(int k) {
                super("second" + k);
            }

            @Override
            String text() {
                return own + captured;
            }
        }
        v();
        return anonymous.text() + new Second(i(2)).text();
    }

    private static final class Hidden {
        private final String value;

        private Hidden(String value) {
            this.value = value;
        }
    }

    @Async
    static Object privateConstructor() {
        return new Hidden(p("hidden")).value;
    }

    record Pair<A, B>(A left, B right) {
        Pair {
            log("pair " + left);
        }

        @Async
        static <T> Pair<T, T> twice(T value) {
            return new Pair<>(p(value), p(value));
        }
    }

    @Async
    static Object recordsOfRecords() {
        return new Pair<>(new Pair<>(i(1), p("a")), Pair.twice(p("b"))).toString();
    }

    @Async
    static Object constructionAfterConstruction() {
        Box first = new Box(p("1"));
        Box second = new Box(new Box(p("2")) + p("3"));
        for (int k = 0; k < 2; k++) {
            first = new Box(k, first, new Box(k, p("k"), second));
        }
        return first.content;
    }
}
