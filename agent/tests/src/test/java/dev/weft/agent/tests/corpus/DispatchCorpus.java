package dev.weft.agent.tests.corpus;

import static dev.weft.agent.tests.corpus.Suspensions.*;

import dev.weft.Async;
import dev.weft.Coroutine;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** Which method a call reaches: shapes 58 and 59, and what they have met in practice. */
final class DispatchCorpus {
    private DispatchCorpus() {}

    // overriding in classes

    static class Top {
        @Async
        String work(String text) {
            return "top" + p(text);
        }

        @Async
        final String fixed(String text) {
            return work(text) + p("fixed");
        }

        @Async
        protected Object shared() {
            v();
            return "shared";
        }
    }

    static class WithoutAnnotation extends Top {
        @Override
        String work(String text) {
            return "plain-looking" + p(text);
        }
    }

    static class Below extends WithoutAnnotation {
        @Override
        @Async
        String work(String text) {
            return "below" + super.work(p(text)) + super.fixed("x");
        }
    }

    static class NeverSuspends extends Below {
        @Override
        String work(String text) {
            return text;
        }
    }

    static class AboveThat extends NeverSuspends {
        @Override
        String work(String text) {
            return super.work(text) + p("above");
        }

        @Override
        protected String shared() {
            return super.shared() + "!";
        }
    }

    static class Inherits extends AboveThat {}

    @Async
    static Object overridersAllTheWayDown() {
        String result = "";
        for (Top each :
                List.of(new Top(), new WithoutAnnotation(), new NeverSuspends(), new AboveThat(), new Inherits())) {
            result += each.work("w") + each.fixed("f") + each.shared() + ";";
        }
        return result;
    }

    /** {@code fixed} calls {@code work}, which calls {@code super.fixed}: only the first round may come back. */
    static final class Once extends Top {
        private int depth;

        @Override
        String work(String text) {
            return depth++ > 1 ? "deep" : "once" + super.work(text) + super.fixed(text);
        }
    }

    @Async
    static Object callsOfSuperDoNotComeBack() {
        return new Once().work("a");
    }

    static class Plain {
        String work(String text) {
            return "plain" + text;
        }

        public final String last(String text) {
            return "last" + text;
        }
    }

    static class MadeAsync extends Plain {
        @Override
        @Async
        String work(String text) {
            return super.work(p(text)) + i(1);
        }
    }

    @Async
    static Object overriderOfAPlainMethod() {
        return new MadeAsync().work("a") + new Plain().work(p("b"));
    }

    static class Hiding extends Top {
        @Async
        private String own() {
            return p("hiding");
        }

        @Async
        static String ofClass() {
            return p("static hiding");
        }

        @Async
        String both() {
            return own() + ofClass();
        }
    }

    static final class HidingMore extends Hiding {
        @Async
        private String own() {
            return p("more");
        }

        @Async
        static String ofClass() {
            return p("static more");
        }

        @Async
        @Override
        String both() {
            return super.both() + own() + ofClass() + Hiding.ofClass();
        }
    }

    @Async
    static Object privateAndStaticMethodsOfOneName() {
        return new HidingMore().both() + ((Hiding) new HidingMore()).both();
    }

    // abstract classes

    interface Step<I, O> {
        @Async
        O apply(I input) throws Exception;

        @Async
        default <P> O after(Step<P, I> before, P input) throws Exception {
            return apply(before.apply(input));
        }
    }

    abstract static class Partly<I> implements Step<I, String> {
        @Async
        String twice(I input) throws Exception {
            return apply(input) + p("/") + this.apply(input);
        }
    }

    static final class Whole extends Partly<Integer> {
        @Override
        public String apply(Integer input) {
            return "n" + i(input);
        }
    }

    @Async
    static Object abstractClassThatLeavesTheMethodOut() throws Exception {
        Step<Integer, String> step = new Whole();
        Step<String, Integer> length = text -> i(text.length());
        return new Whole().twice(4) + step.after(length, "three") + step.apply(2);
    }

    abstract static class Reabstracted extends Top {
        @Override
        abstract String work(String text);
    }

    static final class Concrete extends Reabstracted {
        @Override
        String work(String text) {
            return "concrete" + p(text);
        }
    }

    @Async
    static Object abstractAgain() {
        return new Concrete().fixed("a") + ((Reabstracted) new Concrete()).work("b");
    }

    // interfaces

    interface Left {
        @Async
        default String name() {
            return "left" + i(1);
        }

        @Async
        String common(int k);
    }

    interface Right {
        @Async
        default String name() {
            return "right" + i(2);
        }

        @Async
        String common(int k);
    }

    static final class Both implements Left, Right {
        @Override
        public String name() {
            return Left.super.name() + p("+") + Right.super.name();
        }

        @Override
        public String common(int k) {
            return "both" + i(k);
        }
    }

    @Async
    static Object twoUnrelatedInterfaces() {
        Both both = new Both();
        Left left = both;
        Right right = both;
        return both.name() + left.name() + right.name() + left.common(1) + right.common(2) + both.common(3);
    }

    interface Root {
        @Async
        default String diamond() {
            return "root" + i(0);
        }
    }

    interface One extends Root {
        @Override
        default String diamond() {
            return "one" + Root.super.diamond();
        }
    }

    interface Two extends Root {}

    static class Diamond implements One, Two {}

    static final class OverDiamond extends Diamond {
        @Override
        public String diamond() {
            return "over" + super.diamond();
        }
    }

    @Async
    static Object diamonds() {
        Root root = new OverDiamond();
        return new Diamond().diamond() + root.diamond() + ((Two) root).diamond() + new Two() {}.diamond();
    }

    interface Named {
        @Async
        String name();
    }

    interface AlsoNamed {
        @Async
        String name();
    }

    /** Knows nothing of the interfaces. */
    static class Unrelated {
        public String name() {
            return "unrelated";
        }
    }

    static final class ByInheritance extends Unrelated implements Named, AlsoNamed {}

    /** Suspends, but does not know the interfaces either. */
    static class UnrelatedAsync {
        @Async
        public String name() {
            return p("unrelated") + "async";
        }
    }

    static final class ByAsyncInheritance extends UnrelatedAsync implements Named, AlsoNamed {}

    @Async
    static Object superclassThatImplementsUnawares() {
        Named plain = new ByInheritance();
        AlsoNamed alsoPlain = new ByInheritance();
        Named async = new ByAsyncInheritance();
        AlsoNamed alsoAsync = new ByAsyncInheritance();
        return plain.name()
                + alsoPlain.name()
                + async.name()
                + alsoAsync.name()
                + new ByAsyncInheritance().name()
                + i(1);
    }

    enum Level implements Named {
        LOW,
        HIGH
    }

    record Person(String name) implements Named {}

    @Async
    static Object membersThatEveryEnumOrRecordHas() {
        Named level = Level.HIGH;
        Named person = new Person("ann");
        return level.name() + person.name() + Level.LOW.name() + p("!");
    }

    interface Reader<T> {
        @Async
        T read(T text, int k);
    }

    interface Numbers<N extends Number> extends Reader<N> {
        @Override
        N read(N text, int k);
    }

    interface Longs extends Numbers<Long> {
        @Override
        default Long read(Long text, int k) {
            return l(text) + k;
        }
    }

    static class LongReader implements Longs {}

    static final class OtherLongReader extends LongReader {
        @Override
        public Long read(Long text, int k) {
            return super.read(text, i(k)) * 2;
        }
    }

    @Async
    static <N extends Number> String both(Numbers<N> numbers, N value) {
        Reader<N> reader = numbers;
        return numbers.read(value, 1) + "," + reader.read(value, i(2));
    }

    @Async
    static Object bridgesThroughSeveralInterfaces() {
        Numbers<Integer> lambda = (value, k) -> i(value) + k;
        return both(new LongReader(), 5L) + both(new OtherLongReader(), 6L) + both(lambda, 7);
    }

    // plain interfaces that a class implements with suspending methods: they can be called as the class's own

    static final class Work implements Callable<String>, Supplier<String>, Comparable<Work> {
        @Override
        @Async
        public String call() {
            return p("called");
        }

        @Override
        @Async
        public String get() {
            return p("got") + call();
        }

        @Override
        @Async
        public int compareTo(Work other) {
            return i(0);
        }

        @Override
        @Async
        public String toString() {
            return p("as text");
        }
    }

    @Async
    static Object methodsOfThePlatformsInterfaces() {
        Work work = new Work();
        return work.call() + work.get() + work.compareTo(work) + work.toString();
    }

    static class CoroutineOfStrings implements Coroutine<String> {
        @Override
        public String run() {
            return p("strings");
        }
    }

    static final class Refined extends CoroutineOfStrings {
        @Override
        public String run() {
            return "refined " + super.run() + i(1);
        }

        @Override
        public String await() {
            return "awaited " + super.await();
        }
    }

    @Async
    static Object classesThatImplementCoroutine() throws Exception {
        Coroutine<String> coroutine = new Refined();
        Coroutine<? extends CharSequence> wild = coroutine;
        return coroutine.run()
                + coroutine.await()
                + new Refined().run()
                + wild.run().length();
    }

    interface Outer {
        @Async
        default String outer() throws Exception {
            Coroutine<String> lambda = () -> Outer.this.inner() + p("lambda");
            return lambda.run()
                    + new Object() {
                        @Async
                        String deep() {
                            return inner() + p("deep");
                        }
                    }.deep();
        }

        @Async
        private String inner() {
            return p("inner");
        }
    }

    @Async
    static Object privateInterfaceMethodFromBelow() throws Exception {
        return new Outer() {}.outer();
    }
}
