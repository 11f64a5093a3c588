package dev.weft.agent.tests.corpus;

import dev.weft.agent.tests.corpus.Plan.Failing;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Runs a rewritten program with every choice of its suspension points, and compares each run with one of the program as it was. */
final class Comparison {
    private static final int ALL_SUBSETS = 10; // of so many calls; of more, some
    private static final int SOME = 200;
    private static final int SAMPLES = 12; // of random programs
    private static final int SINGLE_POINTS = 60;

    private final Program untouched;
    private final Program rewritten;
    private final int subsets;
    private final int failures;
    private final Random random;
    private int runs;

    private Comparison(Program untouched, Program rewritten, int subsets, int failures, Random random) {
        this.untouched = untouched;
        this.rewritten = rewritten;
        this.subsets = subsets;
        this.failures = failures;
        this.random = random;
    }

    /** Everything: all subsets of few suspension points or random ones of many, and each point failing and cancelled. */
    static void thorough(Program untouched, Program rewritten) {
        new Comparison(untouched, rewritten, SOME, 60, new Random(1)).run();
    }

    /** Less of it, for further ways to compile what has been through the thorough one. */
    static void brief(Program untouched, Program rewritten) {
        new Comparison(untouched, rewritten, 10, 10, new Random(1)).run();
    }

    /**
     * For long random programs: up to {@code SINGLE} single points, some random subsets, and failures of points all over the
     * program. Gives back the number of runs.
     */
    static int sampled(Program untouched, Program rewritten, long seed) {
        Comparison comparison = new Comparison(untouched, rewritten, SAMPLES, SAMPLES, new Random(seed));
        comparison.sample();
        return comparison.runs;
    }

    private void sample() {
        Trace expected = expected();
        points(expected, SINGLE_POINTS).mapToObj(Plan::only).forEach(plan -> check(plan, expected));
        Stream.of(Plan.nothingSuspends(), Plan.everythingSuspends()).forEach(plan -> check(plan, expected));
        Stream.generate(() -> Plan.random(random)).limit(subsets).forEach(plan -> check(plan, expected));
        points(expected, failures).forEach(call -> checkFailing(call, Failing.values()[random.nextInt(2)]));
    }

    // All of them, or as many as that by chance.
    private IntStream points(Trace trace, int atMost) {
        return trace.calls() <= atMost
                ? IntStream.range(0, trace.calls())
                : random.ints(0, trace.calls()).limit(atMost);
    }

    private Trace expected() {
        if (untouched.twin() != null || rewritten.twin() == null) {
            throw new AssertionError("nothing to compare");
        }
        Trace expected = Trace.of(untouched, Plan.nothingSuspends());
        if (expected.calls() == 0) {
            throw new AssertionError(rewritten + " never suspends");
        }
        return expected;
    }

    private void run() {
        Trace expected = expected();
        plans(expected.calls()).forEach(plan -> check(plan, expected));
        for (int call = 0; call < Math.min(expected.calls(), failures); call++) {
            for (Failing kind : Failing.values()) {
                checkFailing(call, kind);
            }
        }
    }

    private void checkFailing(int call, Failing kind) {
        Trace expected = Trace.of(untouched, Plan.nothingSuspends().failing(call, kind));
        Stream.of(
                        Plan.nothingSuspends(),
                        Plan.only(call),
                        Plan.everythingSuspends(),
                        Plan.random(random),
                        Plan.random(random))
                .forEach(plan -> check(plan.failing(call, kind), expected));
    }

    private Stream<Plan> plans(int calls) {
        Stream<Plan> extremes = Stream.of(Plan.nothingSuspends(), Plan.everythingSuspends());
        if (calls <= ALL_SUBSETS && subsets == SOME) {
            return Stream.concat(extremes, LongStream.range(1, 1L << calls).mapToObj(Plan::subset));
        }
        return Stream.of(
                        extremes,
                        IntStream.range(0, Math.min(calls, subsets)).mapToObj(Plan::only),
                        Stream.generate(() -> Plan.random(random)).limit(subsets))
                .flatMap(plans -> plans);
    }

    private void check(Plan plan, Trace expected) {
        Trace actual = Trace.of(rewritten, plan);
        runs++;
        if (!actual.equals(expected)) {
            throw new AssertionError(
                    rewritten + ", " + plan.name() + ":\nexpected " + expected + "\nbut was  " + actual);
        }
    }
}
