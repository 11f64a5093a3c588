package dev.weft.agent.tests.corpus;

import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Random programs do the same rewritten as untouched. A few by default; {@code -Dweft.random.programs=500} runs more, and
 * {@code -Dweft.random.seed=N} begins with the seed that a failure has named.
 */
class RandomProgramsTest {
    private static final long FEW = 10;

    private static long programs;
    private static long refused;
    private static long runs;
    private static long calls;

    @TestFactory
    Stream<DynamicTest> suspensionsAreInvisible() {
        long first = Long.getLong("weft.random.seed", 1);
        return LongStream.range(first, first + Long.getLong("weft.random.programs", FEW))
                .mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> compare(seed)));
    }

    private static void compare(long seed) {
        RandomComparison comparison = RandomComparison.of(seed);
        try {
            RandomComparison.Result result = comparison.run(seed);
            programs++;
            refused += result.runs() == 0 ? 1 : 0;
            runs += result.runs();
            calls += result.calls();
        } catch (AssertionError e) {
            RandomShrinker shrinker = new RandomShrinker(comparison, seed);
            throw new AssertionError(
                    "rerun with -Dtest=RandomProgramsTest -Dweft.random.programs=1 -Dweft.random.seed=" + seed + ": "
                            + e.getMessage() + "\nThe program, compiled with "
                            + comparison.source().arguments()
                            + (comparison.source().eclipse() ? " by ecj:\n" : " by javac:\n")
                            + comparison.source().text() + "\nA part of it that fails too:\n" + shrinker.shrunk(),
                    e);
        }
    }

    @AfterAll
    static void report() {
        if (programs > FEW) {
            System.out.printf(
                    "%d random programs, %d of them refused as too large; %d calls of leaves in one run, %d runs%n",
                    programs, refused, calls, runs);
        }
    }
}
