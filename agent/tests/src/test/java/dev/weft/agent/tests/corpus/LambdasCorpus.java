package dev.weft.agent.tests.corpus;

import static dev.weft.agent.tests.corpus.Suspensions.*;

import dev.weft.Async;
import dev.weft.AsyncFunction;
import dev.weft.AsyncRunnable;
import dev.weft.Awaitable;
import dev.weft.Coroutine;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Lambdas and method references that suspend: shapes 16, 30 and 62. */
final class LambdasCorpus {
    private final int own;

    private LambdasCorpus(int own) {
        this.own = own;
    }

    @Async
    private static String twice(Coroutine<?> body) throws Exception {
        return body.run() + "|" + body.run();
    }

    @Async
    private static <A, R> R applied(AsyncFunction<A, R> function, A argument) throws Exception {
        return function.apply(p(argument));
    }

    @Async
    static Object withoutCaptures() throws Exception {
        return twice(() -> p("x") + i(1)) + twice(() -> "constant") + twice(() -> null);
    }

    @Async
    static Object capturesOfAllTypes() throws Exception {
        byte b = b((byte) 1);
        short s = 2;
        char c = c('3');
        boolean z = true;
        int i = 4;
        long l = l(5);
        float f = 6.5f;
        double d = d(7.5);
        String text = "8";
        int[] array = {9};
        return twice(() -> {
            v();
            array[0]++;
            return b + s + c + (z ? 1 : 0) + i + l + f + d + p(text) + array[0];
        });
    }

    @Async
    static Object nestedLambdas() throws Exception {
        int k = i(2);
        return twice(() -> {
            String outer = p("outer");
            Coroutine<String> inner = () -> {
                Coroutine<Long> innermost = () -> l(k) + outer.length();
                return outer + innermost.run() + i(k);
            };
            return inner.run() + inner.run();
        });
    }

    @Async
    static Object lambdaThatReturnsALambda() throws Exception {
        AsyncFunction<Integer, Coroutine<String>> factory = k -> {
            int doubled = i(k) * 2;
            return () -> p("k") + doubled;
        };
        Supplier<Coroutine<String>> plain = () -> () -> p("from plain");
        return applied(factory, 4).run() + plain.get().run();
    }

    @Async
    static Object withoutResult() throws Exception {
        List<String> list = new ArrayList<>();
        AsyncRunnable block = () -> {
            if (list.isEmpty()) {
                list.add(p("a"));
                return;
            }
            v();
            list.add("b");
        };
        AsyncRunnable call = () -> v();
        AsyncRunnable dropsResult = () -> list.add(p("c"));
        AsyncRunnable dropsSuspendingResult = () -> i(5);
        AsyncRunnable dropsWideResult = () -> l(5);
        block.run();
        block.run();
        call.run();
        dropsResult.run();
        dropsSuspendingResult.run();
        dropsWideResult.run();
        return list.toString();
    }

    @Async
    static Object boxingAndUnboxing() throws Exception {
        Coroutine<Integer> boxed = () -> i(1);
        Coroutine<Long> wide = () -> l(2);
        Coroutine<Object> any = () -> d(2.5);
        AsyncFunction<Integer, Long> both = k -> l(k);
        int first = boxed.run();
        long second = wide.run();
        return first + second + "" + any.run() + applied(both, 3);
    }

    @Async
    static Object exceptionsFromLambdas() throws Exception {
        Coroutine<String> failing = () -> {
            try {
                fail(new IOException("inside"));
                return "never";
            } finally {
                log("finally" + i(1));
            }
        };
        Coroutine<String> direct = () -> {
            throw new IOException(p("direct"));
        };
        String result = "";
        for (Coroutine<String> each : List.of(failing, direct)) {
            try {
                result += each.run();
            } catch (IOException e) {
                result += e.getMessage() + p(";");
            }
        }
        return result;
    }

    // method references of the four kinds

    @Async
    private String bound(String text) {
        v();
        return text + own;
    }

    @Async
    private String unbound() {
        return p("own") + own;
    }

    @Async
    private static String ofClass(String text) {
        return p(text) + "!";
    }

    private static String neverSuspends(String text) {
        return text + "~";
    }

    @Async
    static Object references() throws Exception {
        LambdasCorpus object = new LambdasCorpus(i(3));
        AsyncFunction<String, String> ofClass = LambdasCorpus::ofClass;
        AsyncFunction<String, String> bound = object::bound;
        AsyncFunction<LambdasCorpus, String> unbound = LambdasCorpus::unbound;
        AsyncFunction<Integer, LambdasCorpus> constructor = LambdasCorpus::new;
        AsyncFunction<Integer, int[]> array = int[]::new;
        AsyncFunction<String, String> plain = LambdasCorpus::neverSuspends;
        AsyncFunction<String, Integer> ofLibrary = String::length;
        Coroutine<String> boundToLibrary = "text"::toUpperCase;
        return applied(ofClass, "a")
                + applied(bound, "b")
                + applied(unbound, object)
                + applied(constructor, 5).own
                + applied(array, 2).length
                + applied(plain, "c")
                + applied(ofLibrary, "four")
                + boundToLibrary.run();
    }

    @Async
    private static String joined(String... parts) {
        StringBuilder result = new StringBuilder();
        for (String part : parts) {
            result.append(p(part)).append('.');
        }
        return result.toString();
    }

    interface Three {
        @Async
        String of(String a, String b, String c);
    }

    @Async
    static Object referenceToVariableArguments() throws Exception {
        AsyncFunction<String, String> one = LambdasCorpus::joined;
        AsyncFunction<String[], String> array = LambdasCorpus::joined;
        Three three = LambdasCorpus::joined;
        return applied(one, "a") + array.apply(new String[] {"b", "c"}) + three.of("d", p("e"), "f");
    }

    @Async
    static Object referenceToACoroutine() throws Exception {
        Coroutine<String> inner = () -> p("inner");
        Coroutine<String> outer = inner::run;
        AsyncFunction<Coroutine<String>, String> unbound = Coroutine::run;
        return outer.run() + applied(unbound, outer);
    }

    @Async
    private String inherited() throws Exception {
        Coroutine<String> coroutine = () -> bound("lambda") + own;
        Coroutine<String> reference = this::unbound;
        return coroutine.run() + reference.run();
    }

    @Async
    static Object capturedThis() throws Exception {
        return new LambdasCorpus(4).inherited();
    }

    // interfaces of all sorts

    interface Primitive {
        @Async
        long combine(int a, long b, double c, boolean d, char e);
    }

    interface Wide {
        @Async
        double of(double a, long b);
    }

    @Async
    static Object primitiveSignatures() {
        Primitive primitive = (a, b, c, d, e) -> {
            long sum = a + l(b);
            v();
            return sum + (long) c + (d ? 1 : 0) + e;
        };
        Wide wide = (a, b) -> d(a) + b;
        Wide reference = LambdasCorpus::wide;
        return primitive.combine(1, 2, d(3), z(true), 'a') + wide.of(1.5, l(2)) + reference.of(2.5, 3);
    }

    @Async
    private static double wide(double a, double b) {
        return d(a) * b;
    }

    interface Sub extends Coroutine<String> {
        @Async
        default String twice() throws Exception {
            return run() + run();
        }
    }

    interface Function3<A, B, C, R> {
        @Async
        R apply(A a, B b, C c) throws Exception;
    }

    interface Specialised<T> extends Function3<T, Integer, T, List<T>> {}

    @Async
    static Object genericSubInterfaces() throws Exception {
        Sub sub = () -> p("sub") + i(1);
        Coroutine<String> asCoroutine = sub;
        Function3<String, Integer, Long, String> three = (a, b, c) -> p(a) + i(b) + l(c);
        Specialised<String> specialised = (a, b, c) -> List.of(p(a), "" + b, p(c));
        return sub.twice() + asCoroutine.run() + three.apply("x", 2, 3L) + specialised.apply("a", i(1), "c");
    }

    interface OverridingInterface extends Function3<String, String, String, String> {
        @Override
        @Async
        String apply(String a, String b, String c);
    }

    @Async
    static Object interfaceThatNeedsABridge() throws Exception {
        OverridingInterface lambda = (a, b, c) -> p(a) + b + p(c);
        Function3<String, String, String, String> general = lambda;
        return lambda.apply("a", "b", "c") + general.apply("d", p("e"), "f");
    }

    interface Marker {}

    @Async
    static Object intersectionTypes() throws Exception {
        Coroutine<String> marked = (Coroutine<String> & Marker & Serializable) () -> p("marked");
        return marked.run() + (marked instanceof Marker) + (marked instanceof Serializable);
    }

    @Async
    static Object lambdaAsAwaitable() {
        Awaitable<String> awaitable = () -> p("awaited") + i(1);
        Awaitable<Integer> reference = new LambdasCorpus(6)::number;
        return awaitable.await() + reference.await();
    }

    @Async
    private int number() {
        return i(own);
    }

    // the JDK's lambdas convert results: the objects that they make for these references would

    @Async
    private static char letter(char letter) {
        return c(letter);
    }

    @Async
    private static float fraction(float value) {
        return f(value) / 2;
    }

    @Async
    private static boolean flag() {
        return z(true);
    }

    @Async
    private static Integer boxed(int value) {
        return p(value);
    }

    @Async
    private static <T> T same(T value) {
        return p(value);
    }

    interface ToDouble<T> {
        @Async
        double of(T value);
    }

    interface ToLong {
        @Async
        long of(int value);
    }

    interface Nothing<T> {
        @Async
        void of(T value);
    }

    interface WithNumber {
        @Async
        int number();

        @Async
        static Object boxed(WithNumber source) throws Exception {
            Coroutine<Integer> bound = source::number;
            AsyncFunction<WithNumber, Object> unbound = WithNumber::number;
            return bound.run() + "" + unbound.apply(source);
        }
    }

    @Async
    static Object referencesWhoseResultsAreConverted() throws Exception {
        LambdasCorpus object = new LambdasCorpus(7);
        Coroutine<Integer> boxing = object::number;
        AsyncFunction<LambdasCorpus, Object> boxingUnbound = LambdasCorpus::number;
        AsyncFunction<Character, Comparable<Character>> boxingOfArgumentToo = LambdasCorpus::letter;
        Coroutine<Boolean> boxingOfFlag = LambdasCorpus::flag;
        ToDouble<Float> widening = LambdasCorpus::fraction;
        ToDouble<Integer> unboxingAndWidening = LambdasCorpus::boxed;
        ToDouble<Double> unboxingOfAnything = LambdasCorpus::same;
        ToLong wideningOfInts = LambdasCorpus::boxed;
        Nothing<Float> dropping = LambdasCorpus::fraction;
        WithNumber numbers = () -> i(9);
        dropping.of(1f);
        return List.of(
                        boxing.run(),
                        boxingUnbound.apply(object),
                        boxingOfArgumentToo.apply('x'),
                        boxingOfFlag.run(),
                        widening.of(3f),
                        unboxingAndWidening.of(4),
                        unboxingOfAnything.of(5.5),
                        wideningOfInts.of(6))
                + ""
                + WithNumber.boxed(numbers);
    }

    @Async
    static Object coroutineAwaited() {
        Coroutine<String> coroutine = () -> p("value");
        Awaitable<String> awaitable = coroutine;
        return coroutine.await() + awaitable.await();
    }

    interface InInterface {
        @Async
        default String run(int k) throws Exception {
            Coroutine<String> lambda = () -> p("in interface") + k + i(k) + text();
            return lambda.run();
        }

        default String text() {
            return "text";
        }

        @Async
        static String fixed() throws Exception {
            Coroutine<String> lambda = () -> p("static");
            return lambda.run();
        }
    }

    @Async
    static Object lambdaInAnInterface() throws Exception {
        return new InInterface() {}.run(2) + InInterface.fixed();
    }

    record InRecord(int k) {
        @Async
        String run() throws Exception {
            Coroutine<String> lambda = () -> p("in record") + k + i(k);
            return lambda.run();
        }
    }

    enum InEnum {
        ONE {
            @Override
            Coroutine<String> lambda() {
                return () -> p(name()) + ordinal();
            }
        };

        abstract Coroutine<String> lambda();
    }

    @Async
    static Object lambdaInARecordAndAnEnum() throws Exception {
        return new InRecord(3).run() + InEnum.ONE.lambda().run();
    }

    /** Initialised without suspending; what it holds suspends later. */
    static final class Held {
        static final Coroutine<String> STATIC = () -> p("static field");
        final Coroutine<String> field = () -> p("field") + i(1);
        final Coroutine<String> inConstructor;

        Held(int k) {
            inConstructor = () -> p("constructor") + i(k);
        }
    }

    @Async
    static Object lambdasInInitialisers() throws Exception {
        Held held = new Held(i(2));
        return Held.STATIC.run() + held.field.run() + held.inConstructor.run();
    }

    static final class Written implements Coroutine<String> {
        @Override
        public String run() {
            return p("writ") + p("ten");
        }
    }

    @Async
    static Object classesInsteadOfLambdas() throws Exception {
        int k = i(1);
        Coroutine<Integer> anonymous = new Coroutine<>() {
            int count;

            @Override
            public Integer run() {
                count += i(k);
                return count;
            }
        };
        return twice(new Written()) + twice(anonymous) + new Written().await();
    }

    @Async
    static Object lambdaBodyOfEveryForm() throws Exception {
        int k = i(3);
        Coroutine<Object> conditional = () -> z(k > 2) ? p("yes") : p("no");
        Coroutine<Object> constructed = () -> new LambdasCorpus(i(k)).own;
        Coroutine<Object> choosing = () -> switch (i(k)) {
            case 3 -> p("three");
            default -> p("other");
        };
        Coroutine<Object> looping = () -> {
            int sum = 0;
            for (int m = 0; m < k; m++) {
                sum += i(m);
            }
            return sum;
        };
        Coroutine<Object> array = () -> new int[] {i(1), i(2)}.length;
        String result = "";
        for (Coroutine<Object> each : List.of(conditional, constructed, choosing, looping, array)) {
            result += each.run() + ",";
        }
        return result;
    }

    @Async
    static Object plainLambdasBetween() throws Exception {
        List<Integer> numbers = new ArrayList<>();
        for (int k : List.of(1, 2, 3).stream().map(k -> k * 2).toList()) {
            Function<Integer, Integer> plus = m -> m + k;
            numbers.add(plus.apply(i(k)));
        }
        numbers.forEach(number -> log(number));
        return numbers.toString();
    }

    @Async
    static Object lambdaThatCallsItself() throws Exception {
        List<AsyncFunction<Integer, Integer>> self = new ArrayList<>();
        self.add(k -> k == 0 ? i(1) : k * self.get(0).apply(i(k - 1)));
        return self.get(0).apply(4);
    }
}
