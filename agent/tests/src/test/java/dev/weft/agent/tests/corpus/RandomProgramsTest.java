package dev.weft.agent.tests.corpus;

import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Random programs do the same rewritten as untouched. A few by default; {@code -Dweft.random.programs=500} runs more, and
 * {@code -Dweft.random.seed=N} begins with the seed that a failure has named.
 */
class RandomProgramsTest {
    @TestFactory
    Stream<DynamicTest> suspensionsAreInvisible() {
        long first = Long.getLong("weft.random.seed", 1);
        return LongStream.range(first, first + Long.getLong("weft.random.programs", 30))
                .mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> compare(seed)));
    }

    private static void compare(long seed) throws Exception {
        RandomProgram.Source source = RandomProgram.Source.of(seed);
        Map<String, byte[]> classFiles = Compiler.compile(source.className(), source.text());
        Program untouched = program(source, CorpusLoader.untouched(classFiles));
        Program rewritten = program(source, CorpusLoader.rewritten(classFiles));
        try {
            Comparison.brief(untouched, rewritten);
        } catch (AssertionError e) {
            throw new AssertionError(
                    "rerun with -Dweft.random.seed=" + seed + " -Dweft.random.programs=1: " + e.getMessage() + "\n"
                            + source.text(),
                    e);
        }
    }

    private static Program program(RandomProgram.Source source, ClassLoader loader) throws ClassNotFoundException {
        return Program.of(Class.forName(source.className(), true, loader), "program");
    }
}
