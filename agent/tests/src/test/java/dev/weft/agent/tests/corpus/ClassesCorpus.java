package dev.weft.agent.tests.corpus;

import static dev.weft.agent.tests.corpus.Suspensions.*;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.agent.tests.corpus.elsewhere.BaseCorpus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/** Suspending methods in every kind of class and at every place in it. The numbers are those of the catalogue of shapes. */
final class ClassesCorpus {
    private ClassesCorpus() {}

    // 58

    interface Greeting {
        @Async
        String name(int k);

        @Async
        default String greet(int k) {
            String before = start(k);
            v();
            return before + name(k) + Greeting.end(k) + this.name(k + 1);
        }

        @Async
        private String start(int k) {
            return p("hello") + i(k);
        }

        @Async
        static String end(int k) {
            return secret(k) + p("!");
        }

        @Async
        private static long secret(int k) {
            return l(k) * 2;
        }
    }

    static final class Named implements Greeting {
        @Override
        public String name(int k) {
            return "N" + i(k);
        }
    }

    static final class Unsuspending implements Greeting {
        @Override
        public String name(int k) {
            return "U" + k;
        }

        @Override
        public String greet(int k) {
            return "overridden" + Greeting.super.greet(k);
        }
    }

    @Async
    static Object interfaceMethods() {
        Greeting lambda = k -> "L" + i(k);
        return new Named().greet(1) + new Unsuspending().greet(2) + lambda.greet(3);
    }

    // 59

    abstract static class Animal {
        String name = "animal";

        @Async
        abstract String sound(int times);

        @Async
        String twice() {
            return sound(1) + p("+") + sound(2);
        }

        @Async
        Object itself() {
            v();
            return this;
        }

        @Async
        Number size(List<? extends Number> sizes) {
            return p(sizes.get(0));
        }
    }

    static class Dog extends Animal {
        @Override
        @Async
        String sound(int times) {
            return "wuff" + i(times);
        }

        @Override
        @Async
        String twice() {
            String once = super.twice();
            v();
            return "[" + once + super.twice() + "]";
        }

        @Override
        Dog itself() {
            return (Dog) super.itself();
        }

        @Override
        Integer size(List<? extends Number> sizes) {
            return super.size(sizes).intValue() + i(1);
        }

        @Override
        public String toString() {
            return "dog";
        }
    }

    static class Puppy extends Dog {
        @Override
        String sound(int times) {
            return "yip" + super.sound(times + 1);
        }

        @Override
        Puppy itself() {
            log("puppy");
            super.itself();
            return this;
        }
    }

    @Async
    static Object overridingAndCallsOfSuper() {
        Animal animal = new Puppy();
        return animal.twice() + animal.sound(3) + new Dog().twice();
    }

    @Async
    static Object covariantResults() {
        Animal animal = new Puppy();
        Dog dog = new Dog();
        return animal.itself().toString()
                + dog.itself().name
                + new Puppy().itself().itself()
                + animal.size(List.of(5))
                + dog.size(List.of(6L));
    }

    interface Source<T> {
        @Async
        T next(T previous);
    }

    static class Strings implements Source<String> {
        @Override
        public String next(String previous) {
            return p(previous) + "s";
        }
    }

    static final class MoreStrings extends Strings {
        @Override
        public String next(String previous) {
            return super.next(super.next(previous)) + i(1);
        }
    }

    @Async
    static <T> T nextTwice(Source<T> source, T start) {
        return source.next(source.next(start));
    }

    @Async
    static Object genericBridges() {
        Source<Integer> counting = previous -> i(previous) + 1;
        return nextTwice(new Strings(), "a")
                + nextTwice(new MoreStrings(), "b")
                + nextTwice(counting, 1)
                + new MoreStrings().next("c");
    }

    // 60

    private static final class Derived extends BaseCorpus {
        @Async
        String all() {
            count += i(1);
            shared = "shared";
            shared += p("+");
            String first = inherited("a") + inheritedStatic(2) + plain() + super.plain() + last("b");
            v();
            return first + super.inherited("c") + missing(count) + shared.length();
        }

        @Override
        protected String missing(int value) {
            return "missing" + i(value);
        }

        @Override
        protected String inherited(String text) {
            return "D" + super.inherited(p(text));
        }

        @Async
        String throughALambda() throws Exception {
            Coroutine<String> coroutine = () -> inherited("d") + super.inherited("e") + count + plain();
            return coroutine.run();
        }
    }

    @Async
    static Object protectedMembersOfAnotherPackage() throws Exception {
        Object invisible = BaseCorpus.visible();
        String all = new Derived().all() + new Derived().throughALambda();
        return all.length() + all.substring(0, 10) + invisible;
    }

    private static final class Copied implements Cloneable {
        private final int[] content;

        Copied(int k) {
            content = new int[] {k};
        }

        @Async
        Copied copied() throws CloneNotSupportedException {
            v();
            Copied first = (Copied) (z(true) ? clone() : super.clone());
            Copied second = (Copied) (z(false) ? p(this).clone() : super.clone());
            first.content[0] += i(1);
            return p(second);
        }
    }

    @Async
    static Object protectedConstructorAndClone() throws CloneNotSupportedException {
        int start = i(2);
        var anonymous = new BaseCorpus() {
            @Override
            protected String missing(int value) {
                count += i(value);
                return "anonymous" + inherited(p("x")) + count;
            }

            @Async
            String work() {
                return p(this).missing(start) + this.missing(i(3)) + shared;
            }
        };
        return anonymous.work().length() + "," + new Copied(i(3)).copied().content[0]
                + p(new int[] {4}).clone()[0];
    }

    // 61

    private int secret = 3;

    @Async
    private int privateMethod(int k) {
        return secret + i(k);
    }

    @Async
    private static String privateStatic(String text) {
        return p(text) + "?";
    }

    private static final class Nested {
        private int hidden = 4;

        @Async
        private String mate(ClassesCorpus other) {
            other.secret += i(1);
            return privateStatic("n") + other.privateMethod(hidden) + other.secret;
        }
    }

    private final class Inner {
        @Async
        String work() {
            secret = i(secret) + 5;
            return privateMethod(1) + privateStatic("i") + ClassesCorpus.this.secret;
        }
    }

    @Async
    static Object privateMembersOfNestmates() {
        ClassesCorpus outer = new ClassesCorpus();
        Nested nested = new Nested();
        String first = nested.mate(outer);
        nested.hidden = i(9);
        return first + outer.new Inner().work() + nested.hidden;
    }

    @Async
    static Object localAndAnonymousClasses() {
        String captured = p("captured");
        long number = l(7);
        class Local {
            final int own = 1;

            @Async
            String work(int k) {
                v();
                return captured + own + number + i(k);
            }
        }
        Supplier<String> plain = new Supplier<>() {
            @Override
            public String get() {
                return captured + number;
            }
        };
        Animal anonymous = new Animal() {
            int calls;

            @Override
            String sound(int times) {
                calls += i(times);
                return captured + calls;
            }
        };
        return new Local().work(2) + plain.get() + anonymous.twice();
    }

    // 63

    @SafeVarargs
    @Async
    static <T> List<T> listed(T... values) {
        List<T> list = new ArrayList<>();
        for (T value : values) {
            list.add(p(value));
        }
        return list;
    }

    @Async
    static <T extends Comparable<? super T>> T largest(List<? extends T> values) {
        T result = null;
        for (T value : values) {
            T candidate = p(value);
            if (result == null || candidate.compareTo(result) > 0) {
                result = candidate;
            }
        }
        return result;
    }

    @Async
    static Object genericMethods() {
        List<String> list = listed("a", p("c"), "b");
        list.sort(Comparator.naturalOrder());
        return list + largest(list) + largest(listed(1, 3, i(2)));
    }

    static final class Cell<T> {
        private T content;

        @Async
        T exchange(T next) {
            T before = p(content);
            content = p(next);
            return before;
        }
    }

    @Async
    static Object genericClasses() {
        Cell<long[]> cell = new Cell<>();
        long[] first = cell.exchange(new long[] {1, l(2)});
        long[] second = cell.exchange(null);
        return first + "" + second[1] + cell.exchange(new long[0]);
    }

    // 64

    enum Operation {
        PLUS {
            @Override
            int apply(int a, int b) {
                return i(a) + i(b);
            }
        },
        TWICE {
            private int used;

            @Override
            int apply(int a, int b) {
                used += i(1);
                return super.apply(a, b) * 2 - used + used;
            }
        },
        OTHER;

        @Async
        int apply(int a, int b) {
            v();
            return a * b;
        }

        @Async
        static Operation chosen(String name) {
            return valueOf(p(name));
        }
    }

    @Async
    static Object enumConstantsWithBodies() {
        int sum = 0;
        for (Operation operation : Operation.values()) {
            sum = 10 * sum + operation.apply(2, 3);
        }
        return sum + Operation.chosen("PLUS").apply(4, 5) + "" + Operation.chosen("OTHER");
    }

    record Range(int from, int to) implements Comparable<Range> {
        Range {
            if (from > to) {
                throw new IllegalArgumentException(from + ">" + to);
            }
        }

        @Async
        static Range of(int from, int to) {
            return new Range(i(from), i(to));
        }

        @Async
        int sum() {
            int sum = 0;
            for (int k = from; k < to; k++) {
                sum += i(k);
            }
            return sum;
        }

        @Async
        Range moved(int by) {
            return new Range(from + i(by), to() + i(by));
        }

        @Override
        public int compareTo(Range other) {
            return Integer.compare(from, other.from);
        }
    }

    @Async
    static Object records() {
        String refused;
        try {
            refused = Range.of(3, 1).toString();
        } catch (IllegalArgumentException e) {
            refused = e.getMessage() + p("!");
        }
        return Range.of(1, 4).moved(2) + "" + Range.of(1, 4).sum() + refused;
    }

    /** Called from the initialiser below, where nothing may suspend: this does not, so it works. */
    @Async
    static int suspendsOnlyForOthers(int k) {
        return k > 100 ? i(k) : k + 1;
    }

    static final class Initialised {
        static final int VALUE = suspendsOnlyForOthers(4);
        final int own;

        Initialised(int k) {
            own = suspendsOnlyForOthers(k);
        }
    }

    @Async
    static Object plainCallersThatDoNotSuspend() {
        return Initialised.VALUE + new Initialised(i(6)).own + suspendsOnlyForOthers(101);
    }

    @Async
    private static void recordedFirst(List<String> order) {
        order.add(p("first"));
    }

    private static String staticState = "none";

    @Async
    private static synchronized String withoutSuspension() {
        return staticState;
    }

    @Async
    static Object voidMethodsAndFields() {
        List<String> order = new ArrayList<>();
        recordedFirst(order);
        staticState = p("set");
        new ClassesCorpus().fill(order);
        return order + withoutSuspension();
    }

    @Async
    private void fill(List<String> order) {
        if (z(order.isEmpty())) {
            return;
        }
        order.add("second" + i(secret));
        if (z(true)) {
            return;
        }
        order.add("never");
    }

    // overloads share a name, and their resume bodies too

    @Async
    private static String over(int k) {
        v();
        return "int" + k;
    }

    @Async
    private static String over(long k) {
        v();
        return "long" + k;
    }

    @Async
    private static String over(Object k) {
        v();
        return "object" + k;
    }

    @Async
    private static String over(int[] k) {
        v();
        return "array" + k.length;
    }

    @Async
    static Object overloads() {
        return over(i(1)) + over(l(2)) + over(p("3")) + over(new int[i(4)]) + over((Object) i(5));
    }
}
