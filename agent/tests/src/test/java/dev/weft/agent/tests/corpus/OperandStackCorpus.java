package dev.weft.agent.tests.corpus;

import static dev.weft.agent.tests.corpus.Suspensions.*;

import dev.weft.Async;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** Suspensions with operands below them on the stack. The numbers are those of the catalogue of shapes. */
final class OperandStackCorpus {
    private OperandStackCorpus() {}

    private static <T> T logged(T value) {
        log(value);
        return value;
    }

    // 3, 20

    @Async
    static Object sums() {
        int left = 3;
        return left + i(4) + (i(5) + i(6)) * (left - i(7)) + l(8) * 2 + (1.5f + f(2.5f)) + (0.5 + d(1.25));
    }

    @Async
    static Object floatsDoublesAndLongsBelow() {
        return text(1f, 2.0, 3L, i(4)) + text(f(5f), d(6.0), l(7L), i(8)) + (9.5 + l(10L)) + (11f + i(12));
    }

    private static String text(float a, double b, long c, int d) {
        return a + "," + b + "," + c + "," + d + ";";
    }

    private String described(Object a, long b, Object c) {
        return this.getClass().getSimpleName() + a + b + c;
    }

    @Async
    static Object virtualReceiverBelow() {
        OperandStackCorpus receiver = new OperandStackCorpus();
        return receiver.described(logged("a"), l(2L), logged("c")) + receiver.described(p("d"), logged(5L), p("f"));
    }

    @Async
    static Object argumentsAreEvaluatedInOrder() {
        return text(logged(1f), logged(2.0), logged(l(3)), logged(i(4)))
                + text(f(logged(5f)), logged(6.0), 7, logged(8));
    }

    @Async
    static Object localsAssignedAboveTheirCopies() {
        int count = 3;
        long wide = 4;
        String name = "a";
        for (int round = 0; round < 2; round++) {
            count = count + i(count = 7) + count++ + i(count) + (byte) count + i(300) - count;
            wide = wide + l(wide += 5) + -wide + l(2) - wide;
            name = name + p(name = name + "b") + name + p(name);
        }
        return List.of(count, wide, name);
    }

    @Async
    static Object comparisons() {
        boolean less = 3 < i(4);
        boolean longs = 5L >= l(6);
        boolean doubles = d(1.5) < 2.5;
        boolean same = "a" == p("a");
        boolean isNull = p(null) == null;
        return List.of(less, longs, doubles, same, isNull, 1f > f(Float.NaN), 1f <= f(0.5f));
    }

    @Async
    static Object shiftsAndDivisions() {
        int number = 1 << i(5);
        long wide = 1L << i(40);
        int rest = 17 % i(5);
        long shifted = -16L >>> i(60);
        return List.of(number, wide, rest, shifted, 7 / i(2), 7.0 / d(2), -7 >> i(1), ~i(5), -l(6));
    }

    @Async
    static Object divisionByZeroAfterSuspension() {
        try {
            return 1 / i(0);
        } catch (ArithmeticException e) {
            return e.getMessage() + p("!");
        }
    }

    @Async
    static Object nestedCalls() {
        return Math.max(Math.max(1, i(2)), Math.max(i(3), Math.min(4, i(5))))
                + String.valueOf(p("x")).concat(String.valueOf(i(6))).length();
    }

    // 24, 31

    private int field = 5;
    private static long sum = 100;
    private double fraction = 0.5;
    private String string = "s";
    private Integer boxed = 7;

    private static int[] logged(int[] array, String name) {
        log(name);
        return array;
    }

    @Async
    static Object compoundAssignmentOfArrayElements() {
        int[] ints = {1, 2, 3};
        long[] longs = {1, 2};
        byte[] bytes = {100, 1};
        char[] chars = {'a'};
        String[] strings = {"s", "t"};
        ints[1] += i(5);
        ints[i(2)] -= i(1);
        longs[i(0)] *= l(7);
        bytes[0] += b((byte) 100);
        bytes[1] <<= i(2);
        chars[i(0)] += i(1);
        strings[1] += p("u") + i(1);
        return Arrays.toString(ints) + Arrays.toString(longs) + Arrays.toString(bytes) + chars[0] + strings[1];
    }

    @Async
    static Object elementAssignment() {
        int[] ints = new int[3];
        ints[logged(i(1))] = logged(i(2));
        logged(ints, "array")[logged(0)] = i(3);
        int copy = ints[2] = i(4);
        Object[] objects = new String[1];
        try {
            objects[i(0)] = p((Object) 1);
        } catch (ArrayStoreException e) {
            log("refused");
        }
        try {
            ints[i(3)] = logged(i(5));
        } catch (ArrayIndexOutOfBoundsException e) {
            log(e.getMessage());
        }
        return Arrays.toString(ints) + copy;
    }

    @Async
    static Object compoundAssignmentOfFields() {
        OperandStackCorpus object = new OperandStackCorpus();
        sum = 100;
        object.field += i(2);
        object.field <<= i(1);
        p(object).field ^= i(3);
        sum += l(5);
        sum -= i(1);
        object.fraction *= d(3);
        object.string += p("t") + 1L + 'c' + i(2);
        object.boxed += i(1);
        return List.of(object.field, sum, object.fraction, object.string, object.boxed);
    }

    @Async
    static Object compoundAssignmentOfLocals() {
        int x = 1;
        x += i(2);
        x <<= i(3);
        x = x++ + i(x);
        x = i(x) + ++x;
        short small = 1;
        small += s((short) 5);
        byte tiny = 127;
        tiny += b((byte) 1);
        long wide = 1;
        wide += i(1) + l(2);
        boolean flag = true;
        flag &= z(false);
        flag |= z(true);
        flag ^= z(true);
        Long boxed = 5L;
        boxed += l(6);
        boxed++;
        double real = 2;
        real /= d(4);
        char letter = 'a';
        letter += i(1);
        return List.of(x, small, tiny, wide, flag, boxed, real, letter);
    }

    @Async
    static Object incrementsOfFieldsAndElementsAsOperands() {
        OperandStackCorpus object = new OperandStackCorpus();
        sum = 100;
        int[] ints = {1, 2};
        long[] longs = {5};
        long result = object.field++ + i(1);
        result += ints[i(1)]++ * i(2);
        result += ++longs[i(0)] + l(3);
        result += sum++ + l(4) + --sum;
        result += p(object).field-- + i(p(object).field);
        result += object.boxed++ + i(object.boxed);
        return result + Arrays.toString(ints) + longs[0] + object.field + sum + object.boxed;
    }

    private long wide = 5;

    @Async
    static Object incrementsOfWideFieldsAsOperands() {
        OperandStackCorpus object = new OperandStackCorpus();
        double[] doubles = {0.5, 1.5};
        long result = object.wide++ + l(1) + p(object).wide-- * i(2);
        result += (long) (doubles[i(1)]++ + d(2) + --object.fraction);
        long both = p(object).wide = object.wide += l(3);
        double third = doubles[i(0)] = object.fraction = d(4);
        return result + "," + both + object.wide + doubles[1] + object.fraction + third;
    }

    @Async
    static Object incrementInAnIndex() {
        int at = 0;
        int[] ints = new int[4];
        ints[at++] = i(7);
        ints[at++] += i(8) + at++;
        ints[++at - 1] = i(at);
        return Arrays.toString(ints) + at;
    }

    // 25

    @Async
    static Object longSumAndContinue() {
        long sum = 0;
        for (int k = 0; k < 4; k++) {
            if (k == 1) {
                continue;
            }
            sum += l(k) + (k == 2 ? l(10) : 0);
        }
        return sum;
    }

    // 26

    @Async
    static Object concatenation() {
        String s = "s";
        Object nothing = null;
        char c = 'c';
        s += ":" + p("a");
        s = p("b") + s + i(1) + l(2L) + f(1.5f) + d(2.5) + z(true) + c('d') + c + nothing + p(null);
        String built =
                new StringBuilder("<").append(p("x")).append(i(1)).append('>').toString();
        return s + built + "\u0001\u0002" + p("marker");
    }

    @Async
    static Object concatenationInALoopOverAnArray() {
        String s = "";
        for (String part : new String[] {"a", "b", "c"}) {
            s += ":" + p(part);
        }
        for (char letter : "xyz".toCharArray()) {
            s += c(letter) + "" + (char) (c(letter) + 1);
        }
        return s;
    }

    @Async
    static Object concatenationOfVeryMany() {
        String a = "a";
        return a + p("1") + a + p("2") + a + p("3") + a + p("4") + a + p("5") + a + p("6") + a + p("7") + a + p("8") + a
                + i(1) + a + i(2) + a + l(3) + a + d(4) + a + a + a + a + a + a + a + a + a + a + a + a + a + a;
    }

    // 27

    @Async
    static Object conditionalExpressions() {
        int a = z(true) ? i(1) : i(2);
        int b = z(false) ? i(1) : z(true) ? i(3) : i(4);
        String c = "<" + (z(a == 1) ? p("yes") : "no") + (z(b == 1) ? "yes" : p("no")) + ">";
        Integer d = z(true) ? Integer.valueOf(i(5)) : null;
        long e = 10 + (z(false) ? i(1) : l(2));
        Object f = z(true) ? i(1) : p("x");
        return List.of(a, b, c, d, e, f);
    }

    @Async
    static Object shortCircuits() {
        boolean a = z(true) && z(false) && logged(true);
        boolean b = z(false) || z(true) || logged(true);
        boolean c = !(z(true) && !z(false)) || logged(z(true));
        int d = 1 + (z(true) & z(false) | z(true) ? 1 : 2);
        if (z(true) && (z(false) || i(1) == 1) && p("x").equals("x")) {
            log("taken");
        }
        while (z(d < 5) && i(d) != 4) {
            d++;
        }
        return List.of(a, b, c, d);
    }

    // 28

    @Async
    static Object switchExpressionWithOperandsBelow() {
        int result = 1;
        for (int k = 0; k < 3; k++) {
            result = 100 * result
                    + switch (i(k)) {
                        case 0 -> i(7);
                        case 1 -> {
                            int inner = i(8);
                            yield inner + i(1);
                        }
                        default -> 5;
                    };
            result += i(1)
                    + switch (p("s" + k)) {
                        case "s0" -> 1;
                        case "s1" -> i(2);
                        default -> {
                            try {
                                yield i(3);
                            } finally {
                                log("finally" + i(k));
                            }
                        }
                    };
        }
        return result;
    }

    // 29

    @Async
    static Object suspensionAsReceiver() {
        return p("abc").substring(i(1)).concat(p("d")).charAt(i(2))
                + p(new StringBuilder("x"))
                        .append(p("y"))
                        .append(i(1))
                        .reverse()
                        .toString()
                + p(List.of(1, 2)).get(i(1))
                + p(new int[] {1, 2, 3})[i(2)]
                + p(new int[4]).length
                + p(new OperandStackCorpus()).field;
    }

    @Async
    static Object nullAsReceiver() {
        try {
            return p((String) null).concat(p("x"));
        } catch (NullPointerException e) {
            return "null" + i(1);
        }
    }

    // 30

    @Async
    static Object capturedArgumentsBelow() {
        int k = i(1);
        return supplied(() -> "a" + k, i(2), p("x")::length) + supplied(p("b")::toString, i(3), () -> k + 1);
    }

    private static String supplied(Supplier<String> first, int second, Supplier<Integer> third) {
        return first.get() + second + third.get();
    }

    // 31

    private OperandStackCorpus next;

    @Async
    static Object chainedAssignments() {
        OperandStackCorpus a = new OperandStackCorpus();
        OperandStackCorpus b = new OperandStackCorpus();
        int[] ints = new int[2];
        int x = ints[0] = a.field = b.field = i(9);
        long[] longs = {0, 0};
        long y = longs[i(0)] = longs[i(1)] = sum = l(8);
        a.next = b.next = p(a);
        String s = a.string = p("q") + x;
        return List.of(ints[0], a.field, b.field, x, longs[0], y, sum, a.next == a, s, b.next.string);
    }

    // 32

    @Async
    static Object assertions() {
        boolean enabled = false;
        assert enabled = true;
        if (!enabled) {
            return "needs assertions" + i(1);
        }
        assert z(true) : p("not evaluated");
        try {
            assert z(false) : p("message") + i(1);
            return "not reached";
        } catch (AssertionError e) {
            return e.getMessage() + p("!");
        }
    }

    @Async
    static Object discardedResults() {
        i(1);
        l(2);
        d(3);
        p("x");
        b((byte) 1);
        z(true);
        return "done";
    }
}
