package dev.weft.agent.tests.corpus;

import static dev.weft.agent.tests.corpus.Suspensions.*;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.agent.tests.corpus.elsewhere.FiguresCorpus;
import java.util.ArrayList;
import java.util.List;

/** What must survive a suspension in local variables. The numbers are those of the catalogue of shapes. */
@SuppressWarnings("UnusedVariable")
final class LocalsCorpus {
    private LocalsCorpus() {}

    // 1: all of these are ints to the JVM

    @Async
    static Object smallIntegersAsIndicesAndElements() {
        byte small = b((byte) -7);
        short middle = s((short) 300);
        char letter = c('x');
        boolean flag = z(true);
        byte[] bytes = new byte[i(3)];
        bytes[i(1)] = small;
        short[] shorts = {middle, s((short) (middle + 1))};
        char[] letters = {letter, c('y')};
        boolean[] flags = {flag, z(!flag)};
        v();
        return List.of(small + bytes[1], shorts[1], letters[0], flags[0], letters[bytes.length - 2], flags[1]);
    }

    static byte byteField;
    static char charField;
    static boolean booleanField;

    @Async
    static byte narrowed(byte value, short second, char third, boolean fourth) {
        v();
        return fourth ? (byte) (value + second + third) : value;
    }

    @Async
    static Object smallIntegersAsFieldsAndArguments() {
        byte value = b((byte) 100);
        v();
        byteField = value;
        charField = c((char) (value + 1));
        booleanField = z(value > 1);
        int sum = narrowed(byteField, (short) charField, charField, booleanField);
        return sum + ":" + byteField + charField + booleanField;
    }

    @Async
    static Object intThatBecomesAnArrayIndexOfAnyType() {
        int at = i(1);
        long[] longs = new long[3];
        double[] doubles = new double[3];
        float[] floats = new float[3];
        longs[at] = l(4L);
        doubles[at] = d(0.5);
        floats[at] = f(0.25f);
        at++;
        v();
        longs[at] += longs[at - 1];
        return longs[2] + doubles[1] + floats[1];
    }

    // 2

    @Async
    static Object longsAndDoublesBetweenOthers() {
        int first = i(1);
        long second = l(2L << 40);
        int third = i(3);
        double fourth = d(4.5);
        String fifth = p("five");
        long sixth = l(6);
        v();
        return first + second + third + fourth + fifth + sixth;
    }

    @Async
    static Object gapsWhereWideLocalsWere() {
        long result;
        {
            long wide = l(1L << 50);
            double wider = d(2.5);
            result = wide + (long) wider;
        }
        {
            int narrow = i(3);
            v();
            result += narrow;
        }
        {
            String text = p("abc");
            long wide = l(9);
            v();
            result += wide + text.length();
        }
        return result;
    }

    @Async
    static long wideParameters(long a, double b, int c, long d, String e, double f) {
        v();
        long sum = a + (long) b;
        v();
        return sum + c + d + e.length() + (long) f;
    }

    @Async
    static Object wideArguments() {
        return wideParameters(l(1), d(2), i(3), l(4), p("five"), d(6));
    }

    // 4, 5

    @Async
    static Object nullThatBecomesSomething() {
        String text = null;
        Object other = null;
        v();
        if (z(true)) {
            text = p("text");
        }
        v();
        return text + other;
    }

    @Async
    static Object nullThenAPrimitiveInItsPlace() {
        {
            Object nothing = null;
            v();
            log(nothing);
        }
        int number = i(4);
        v();
        return number;
    }

    @Async
    static Object nullOnOneWay(boolean isNull) {
        String text;
        String other = "other";
        if (isNull) {
            text = null;
            v();
            log(other);
        } else {
            text = "text";
        }
        for (int k = 0; k < 2; k++) {
            v();
            log(text);
        }
        return text;
    }

    @Async
    static Object nullOnEitherWay() {
        return nullOnOneWay(true) + "" + nullOnOneWay(false);
    }

    static int lengthOf(Object[] array) {
        return array == null ? -1 : array.length;
    }

    @Async
    static Object nullOrArrayAsAnArgument() {
        String result = "";
        for (int k = 0; k < 3; k++) {
            String[] array = k == 0 ? null : new String[k];
            v();
            result += lengthOf(array) + ",";
            Object[] other = z(k == 1) ? array : null;
            result += lengthOf(other) + ";";
        }
        return result;
    }

    @Async
    static Object nullOrArrayOfArrays() {
        int[][] grid = null;
        for (int k = 0; k < 2; k++) {
            v();
            if (grid != null) {
                log(grid[0].length);
            }
            grid = new int[i(2)][];
            grid[0] = new int[i(k + 1)];
        }
        return grid[0].length;
    }

    // 6

    @Async
    static Object oneSlotTwoTypesOfArray() {
        String result = "";
        for (int k = 0; k < 2; k++) {
            if (z(k == 0)) {
                Object[] objects = {"a", k};
                v();
                result += objects[0];
            } else {
                float[] floats = {1.5f, k};
                v();
                result += floats[0];
            }
            v();
        }
        return result;
    }

    @Async
    static Object mergeOfTwoClasses() {
        Comparable<?> chosen;
        if (z(true)) {
            chosen = p("text");
        } else {
            chosen = i(1);
        }
        v();
        Object[] arrays = z(false) ? new Integer[] {1} : new String[] {"s"};
        v();
        Number number = z(true) ? (Number) i(1) : (Number) d(2.0);
        v();
        return chosen + String.valueOf(arrays[0]) + number;
    }

    // 7

    @Async
    static Object assignedLater() {
        String first;
        int second;
        v();
        if (z(true)) {
            first = "yes";
            v();
            second = i(1);
        } else {
            first = p("no");
            second = 2;
        }
        v();
        final long third;
        third = l(3);
        return first + second + third;
    }

    @Async
    static Object assignedInTheLoopThatReadsIt() {
        int last;
        int sum = 0;
        for (int k = 0; k < 3; k++) {
            v();
            last = i(k);
            v();
            sum += last;
        }
        return sum;
    }

    // 9

    @Async
    static Object oneNameManyTypes() {
        String result = "";
        for (int x = i(0); x < 2; x++) {
            v();
            result += x;
        }
        for (String x : new String[] {"a", p("b")}) {
            v();
            result += x;
        }
        for (long x = l(5); x < 7; x++) {
            v();
            result += x;
        }
        {
            double x = d(0.5);
            v();
            result += x;
        }
        return result;
    }

    // 11

    @Async
    static Object constantsAndCopies() {
        int zero = 0;
        long one = 1L;
        double two = 2.0;
        float three = 3f;
        String four = "four";
        Class<?> five = String.class;
        String copy = four;
        String other = p(four);
        v();
        return copy
                + other
                + four
                + (zero + one + two + three)
                + five.getSimpleName()
                + (copy == four)
                + (other == four);
    }

    @Async
    static Object specialFloatingPoint() {
        double nan = Double.NaN;
        double negativeZero = d(-0.0);
        float infinite = f(Float.NEGATIVE_INFINITY);
        double odd = Double.longBitsToDouble(0x7ff8000000000123L);
        v();
        return List.of(nan, negativeZero, infinite, Long.toHexString(Double.doubleToRawLongBits(odd)));
    }

    @Async
    static Object extremeIntegers() {
        int lowest = i(Integer.MIN_VALUE);
        long highest = l(Long.MAX_VALUE);
        byte lowByte = b(Byte.MIN_VALUE);
        char highChar = c(Character.MAX_VALUE);
        v();
        return List.of(lowest, highest, lowByte, (int) highChar, s(Short.MIN_VALUE), i(-1));
    }

    // 13

    @Async
    static int sumOf(int... values) {
        int sum = 0;
        for (int value : values) {
            sum += i(value);
        }
        return sum;
    }

    @Async
    static String joined(String separator, Object... values) {
        StringBuilder result = new StringBuilder();
        for (Object value : values) {
            result.append(p(value)).append(separator);
        }
        return result.toString();
    }

    @Async
    static Object variableArguments() {
        return sumOf() + sumOf(i(1)) + sumOf(i(1), 2, i(3)) + joined(p(":"), p("a"), i(1), l(2L), null);
    }

    @Async
    static Object manyDimensions() {
        int[][][] cube = new int[i(2)][i(3)][];
        cube[i(1)][2] = new int[] {i(4), 5};
        String[][] names = {{p("a")}, {"b", p("c")}};
        long[][] longs = new long[2][i(2)];
        longs[1][i(1)] = l(7);
        v();
        return cube[1][2][0] + names[1][1] + longs[1][1] + names.length;
    }

    // 14

    @Async
    static <T extends Comparable<T>> T larger(T left, T right) {
        T first = p(left);
        T second = p(right);
        v();
        return first.compareTo(second) > 0 ? first : second;
    }

    @Async
    static <T extends CharSequence & Comparable<T>> int lengthOfLarger(T left, T right) {
        T result = larger(left, right);
        v();
        return result.length();
    }

    @Async
    static Object erasedTypes() {
        String text = larger("a", "bc");
        int number = larger(3, 2);
        List<String> list = p(new ArrayList<>(List.of("x", "yy")));
        String second = list.get(i(1));
        v();
        return text.length() + number + second.length() + lengthOfLarger("abc", "zz");
    }

    @Async
    static Object castAfterSuspension() {
        Object any = p((Object) "text");
        String text = (String) any;
        v();
        return text.length() + ((String) p(any)).substring(i(1));
    }

    @Async
    static Object failingCast() {
        Object any = p((Object) 1);
        try {
            return (String) p(any);
        } catch (ClassCastException e) {
            return "not a string" + p(any);
        }
    }

    // 15

    @Async
    static String reassigned(String parameter, int other) {
        try {
            parameter = p(parameter + "1");
            other += i(2);
            if (other > 5) {
                fail(new IllegalStateException("large"));
            }
            parameter += p("2");
        } catch (IllegalStateException e) {
            parameter += p(e.getMessage());
        }
        v();
        return parameter + other;
    }

    @Async
    static Object reassignedParameters() {
        return reassigned("a", 1) + reassigned("b", 9);
    }

    // 16

    @Async
    static Object capturedBeforeAndAfter() throws Exception {
        String before = p("before");
        Coroutine<String> first = () -> p(before) + before;
        v();
        int after = i(3);
        Coroutine<String> second = () -> before + i(after);
        Runnable plain = () -> log(before + after);
        v();
        plain.run();
        return first.run() + second.run();
    }

    // 19

    record Point(int x, long y, String name) {}

    sealed interface Shape permits Circle, Square {}

    record Circle(double radius) implements Shape {}

    record Square(int side) implements Shape {}

    enum Colour {
        RED,
        GREEN
    }

    @Async
    static Object recordsEnumsAndSealedTypes() {
        Point point = new Point(1, 2L, "p");
        Colour colour = Colour.GREEN;
        Shape shape = z(true) ? new Circle(1.5) : new Square(2);
        v();
        Point other = p(new Point(point.x() + 1, l(point.y()), point.name()));
        v();
        return List.of(point, other, colour, shape, point.equals(other));
    }

    // many values of each kind: frames of every shape, and the one for more than fit

    @Async
    static Object moreValuesThanAnyFrameHasFieldsFor() {
        String a = p("a"), b = p("b"), c = p("c"), d = "d", e = "e", f = "f", g = "g", h = "h", j = "j", k = "k";
        String l = "l", m = "m", n = "n", o = "o";
        int i1 = i(1), i2 = 2, i3 = 3, i4 = 4, i5 = 5, i6 = 6;
        long l1 = l(1), l2 = 2, l3 = 3, l4 = 4;
        double d1 = d(0.5), d2 = 1.5;
        float f1 = f(0.25f);
        boolean z1 = z(true);
        v();
        String text = a + b + c + d + e + f + g + h + j + k + l + m + n + o;
        v();
        return text + (i1 + i2 + i3 + i4 + i5 + i6) + (l1 + l2 + l3 + l4) + (d1 + d2) + f1 + z1;
    }

    @Async
    static Object fewerAndFewerValues() {
        String a = p("a"), b = "b", c = "c";
        long x = l(1), y = 2;
        v();
        log(c);
        v();
        log(b + y);
        v();
        log(a);
        v();
        log(x);
        v();
        return "nothing is left";
    }

    // 8, 10 and 68 are the same programs compiled otherwise: CompilersTest

    // The static types of these values are private to another package.

    @Async
    static Object localsOfInaccessibleTypes() {
        var square = FiguresCorpus.square();
        var squares = FiguresCorpus.squares();
        v();
        String names = FiguresCorpus.describe(square, i(0));
        var chosen = z(true) ? FiguresCorpus.square() : FiguresCorpus.polygon();
        v();
        return names + FiguresCorpus.describe(chosen, 0) + FiguresCorpus.length(squares, i(1));
    }

    @Async
    static Object operandsOfInaccessibleTypes() {
        return FiguresCorpus.describe(FiguresCorpus.square(), i(1))
                + FiguresCorpus.count(FiguresCorpus.corners(), i(2))
                + FiguresCorpus.describe(z(false) ? FiguresCorpus.square() : FiguresCorpus.polygon(), i(3));
    }

    @Async
    static Object methodsThatTakeInaccessibleTypes() {
        var square = FiguresCorpus.square();
        String described = FiguresCorpus.describeSquare(square, i(1)) + new FiguresCorpus().same(square, i(2));
        return described + FiguresCorpus.suspending(FiguresCorpus.square(), p("x")) + FiguresCorpus.describe(square, 4);
    }

    @Async
    static Object typesThatTheJdkDoesNotShow() {
        StringBuilder builder = new StringBuilder("a");
        StringBuffer buffer = new StringBuffer("b");
        var either = z(true) ? builder : buffer;
        v();
        return p("c") + either + String.join("", z(false) ? builder : buffer, p("d"));
    }
}
