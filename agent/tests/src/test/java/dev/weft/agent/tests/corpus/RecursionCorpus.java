package dev.weft.agent.tests.corpus;

import static dev.weft.agent.tests.corpus.Suspensions.*;

import dev.weft.Async;
import dev.weft.Coroutine;
import java.util.ArrayList;
import java.util.List;

/** Suspensions below many calls: shape 41. */
final class RecursionCorpus {
    private RecursionCorpus() {}

    @Async
    static long factorial(int n) {
        return n == 0 ? l(1) : n * factorial(n - 1);
    }

    @Async
    static Object direct() {
        return factorial(12);
    }

    @Async
    static boolean even(int n) {
        return n == 0 ? z(true) : odd(n - 1);
    }

    @Async
    static boolean odd(int n) {
        return n == 0 ? z(false) : even(n - 1);
    }

    @Async
    static Object mutual() {
        return even(7) + "" + odd(7);
    }

    @Async
    static int fibonacci(int n) {
        return n < 2 ? i(n) : fibonacci(n - 1) + fibonacci(n - 2);
    }

    @Async
    static Object branching() {
        return fibonacci(8);
    }

    @Async
    static void hanoi(int n, String from, String over, String to, List<String> moves) {
        if (n > 0) {
            hanoi(n - 1, from, to, over, moves);
            moves.add(p(from + to));
            hanoi(n - 1, over, from, to, moves);
        }
    }

    @Async
    static Object betweenTwoCalls() {
        List<String> moves = new ArrayList<>();
        hanoi(4, "a", "b", "c", moves);
        return moves.toString();
    }

    @Async
    static int unwinding(int n) {
        try {
            if (n == 0) {
                fail(new IllegalStateException("bottom"));
            }
            return unwinding(n - 1);
        } finally {
            log("leaving " + i(n));
        }
    }

    @Async
    static Object failureThroughManyCalls() {
        try {
            return unwinding(6);
        } catch (IllegalStateException e) {
            return e.getMessage() + p("!");
        }
    }

    @Async
    static int throughLambdas(int n) throws Exception {
        Coroutine<Integer> next = () -> n == 0 ? i(0) : throughLambdas(n - 1) + i(n);
        return next.run();
    }

    @Async
    static Object lambdasBetweenTheCalls() throws Exception {
        return throughLambdas(6);
    }

    @Async
    static int ackermann(int m, int n) {
        return m == 0 ? i(n) + 1 : n == 0 ? ackermann(m - 1, 1) : ackermann(m - 1, ackermann(m, n - 1));
    }

    @Async
    static Object callAsArgumentOfItself() {
        return ackermann(2, 2);
    }
}
