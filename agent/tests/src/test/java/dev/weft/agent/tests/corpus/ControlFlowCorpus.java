package dev.weft.agent.tests.corpus;

import static dev.weft.agent.tests.corpus.Suspensions.*;

import dev.weft.Async;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Loops, jumps and unreachable code. The numbers are those of the catalogue of shapes. */
final class ControlFlowCorpus {
    private ControlFlowCorpus() {}

    // 33

    @Async
    static Object whileLoop() {
        int k = 0;
        while (i(k) < 3) {
            k++;
        }
        while (k < 5) {
            k += i(1);
        }
        return k;
    }

    @Async
    static Object doLoop() {
        int k = 0;
        do {
            k += i(1);
        } while (z(k < 3));
        return k;
    }

    @Async
    static Object forLoopThatSuspendsEverywhere() {
        String result = "";
        for (int k = i(0), m = i(9); i(k) < i(3); k += i(1), m--) {
            result += p("k") + k + m;
        }
        return result;
    }

    @Async
    static Object forEachOverAnArray() {
        long sum = 0;
        for (int value : p(new int[] {1, 2, 3})) {
            sum += i(value);
        }
        for (double[] row : new double[][] {{1.5, 2}, {d(3)}}) {
            for (double value : row) {
                sum += (long) d(value);
            }
        }
        return sum;
    }

    @Async
    static Object forEachOverAnIterable() {
        String result = "";
        for (String value : p(List.of("a", "b"))) {
            result += p(value);
        }
        Map<String, List<Integer>> map = new TreeMap<>(Map.of("x", List.of(1, 2), "y", List.of(3)));
        for (Map.Entry<String, List<Integer>> entry : map.entrySet()) {
            result += entry.getKey();
            for (int value : entry.getValue()) {
                v();
                result += value;
            }
        }
        return result;
    }

    private static final class Countdown implements Iterable<Integer>, Iterator<Integer> {
        int left = 3;

        @Override
        public Iterator<Integer> iterator() {
            return this;
        }

        @Override
        public boolean hasNext() {
            return left > 0;
        }

        @Override
        public Integer next() {
            return left--;
        }
    }

    @Async
    static Object emptyLoopBodies() {
        int k = 0;
        while (z(k++ < 2)) {}
        for (; i(k) < 5; k++) {}
        for (Object ignored : new Countdown()) {
            v();
        }
        return k;
    }

    // 34

    @Async
    static Object endlessLoopThatOnlyAnExceptionLeaves() {
        try {
            forever(3);
            return "not reached";
        } catch (IllegalStateException e) {
            return e.getMessage() + p("!");
        }
    }

    @Async
    static void forever(int until) {
        int k = 0;
        for (; ; ) {
            if (k == until) {
                fail(new IllegalStateException("at " + k));
            }
            k += i(1);
        }
    }

    @Async
    static int endless() {
        while (true) {
            v();
            if (z(true)) {
                throw new IllegalStateException("out");
            }
        }
    }

    @Async
    static Object endlessLoopWithoutReturn() {
        try {
            return endless();
        } catch (IllegalStateException e) {
            return e.getMessage();
        }
    }

    // 35

    @Async
    static Object labelledJumpsWithSuspensions() {
        int sum = 0;
        outer:
        for (int a = 0; a < 4; a++) {
            middle:
            for (int b = 0; ; b++) {
                for (int c = 0; c < 3; c++) {
                    sum += i(1);
                    if (a == 1 && z(b == 0)) {
                        continue outer;
                    }
                    if (b == 1) {
                        break middle;
                    }
                    if (a == 3) {
                        break outer;
                    }
                    if (c == 1) {
                        continue middle;
                    }
                }
            }
            sum += i(100);
        }
        return sum;
    }

    @Async
    static Object labelledJumpsWithoutSuspensions() {
        int sum = i(0);
        outer:
        for (int a = 0; a < 3; a++) {
            for (int b = 0; b < 3; b++) {
                if (b == 2) {
                    continue outer;
                }
                if (a == 2) {
                    break outer;
                }
                sum += 10 * a + b;
            }
        }
        return sum + i(1);
    }

    @Async
    static Object labelledBlock() {
        String result = p("a");
        block:
        {
            if (z(true)) {
                result += p("b");
                break block;
            }
            result += p("never");
        }
        return result + p("c");
    }

    // 37

    @Async
    static String typed(Object value) {
        if (p(value) instanceof String text && text.length() > i(1)) {
            v();
            return text + p(text);
        }
        if (!(value instanceof Integer number)) {
            return "neither" + p("");
        }
        v();
        return "number" + (number + i(number));
    }

    @Async
    static Object patternVariables() {
        return typed("text") + typed("x") + typed(5) + typed(null) + typed(2L);
    }

    // 38, 39

    @Async
    static int bothThrow(boolean which) {
        if (z(which)) {
            throw new IllegalStateException(p("first"));
        } else {
            fail(new IllegalArgumentException("second"));
            throw new AssertionError();
        }
    }

    @Async
    static Object branchesThatBothThrow() {
        String result = "";
        for (boolean which : new boolean[] {true, false}) {
            try {
                result += bothThrow(which);
            } catch (IllegalStateException | IllegalArgumentException e) {
                result += e.getMessage() + p(";");
            }
        }
        return result;
    }

    @Async
    static Object returnInAllBranches() {
        if (z(true)) {
            if (z(false)) {
                return p("a");
            } else {
                return p("b");
            }
        } else {
            return p("c");
        }
    }

    @Async
    static Object neverReachedSuspension() {
        if (false) {
            v();
        }
        int k = i(1);
        while (k < 0) {
            k = i(k);
        }
        final boolean never = false;
        return never ? i(k) : k;
    }

    @Async
    static Object suspensionRightBeforeTheEnd() {
        List<String> list = new ArrayList<>();
        nothingAfter(list);
        return list.toString();
    }

    @Async
    static void nothingAfter(List<String> list) {
        list.add(p("a"));
        v();
    }

    // 43

    @Async
    static Object jumpBackToTheStartOfTry() {
        int attempts = 0;
        while (true) {
            try {
                attempts += i(1);
                if (attempts < 3) {
                    fail(new IllegalStateException("again"));
                }
                return attempts;
            } catch (IllegalStateException e) {
                log(e.getMessage() + i(attempts));
            }
        }
    }

    @Async
    static Object continueInTry() {
        String result = "";
        for (int k = 0; k < 4; k++) {
            try {
                if (i(k) == 1) {
                    continue;
                }
                if (k == 3) {
                    break;
                }
                result += p("k") + k;
            } catch (IllegalStateException e) {
                result += "never";
            }
        }
        return result;
    }

    @Async
    static Object stateThatChangesEachRound() {
        String text = null;
        Object carried = 0;
        long total = 0;
        for (int k = 0; k < 5; k++) {
            if (k % 2 == 0) {
                carried = p("s" + k);
            } else {
                total += l(k);
                text = carried + ":" + total;
            }
            v();
        }
        return text + carried + total;
    }

    @Async
    static Object manyPointsInARow() {
        int sum = 0;
        sum += i(1) + i(2) + i(3) + i(4) + i(5) + i(6) + i(7) + i(8) + i(9) + i(10);
        sum -= i(1) - i(2) - i(3) - i(4) - i(5) - i(6) - i(7) - i(8) - i(9) - i(10);
        sum += i(1) * i(2) + i(3) * i(4) + i(5) * i(6) + i(7) * i(8) + i(9) * i(10);
        return sum;
    }
}
