package dev.weft.agent.tests.corpus;

import dev.weft.UnsupportedSuspensionError;
import dev.weft.agent.tests.random.RandomProgram;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.eclipse.jdt.internal.compiler.tool.EclipseCompiler;
import org.jspecify.annotations.Nullable;

/** A random program, compiled and loaded twice: as it is, and rewritten. */
record RandomComparison(RandomProgram source, Program untouched, Program rewritten) {
    private static final Pattern BREAKDOWN =
            Pattern.compile("An exception has occurred in the compiler|Internal compiler error");

    /** What was done for one program; no runs if the rewriting was refused because the program is too large. */
    record Result(int runs, int calls) {}

    /**
     * The program of a seed. Compilers have defects of their own: if one fails at it, the other gets it, and if that fails too,
     * another program takes its place.
     */
    static RandomComparison of(long seed) {
        return LongStream.iterate(seed, other -> other + (1L << 32))
                .mapToObj(RandomProgram::of)
                .flatMap(program -> Stream.of(program, program.forEclipse()))
                .flatMap(program -> Stream.ofNullable(compiled(program)))
                .findFirst()
                .orElseThrow();
    }

    /** Null if the compiler breaks down, or makes class files that the JVM does not take. */
    static @Nullable RandomComparison compiled(RandomProgram program) {
        Map<String, byte[]> classFiles;
        try {
            classFiles = Compiler.compile(
                    program.eclipse() ? new EclipseCompiler() : ToolProvider.getSystemJavaCompiler(),
                    program.className(),
                    program.text(),
                    program.arguments());
        } catch (AssertionError e) {
            if (BREAKDOWN.matcher(String.valueOf(e.getMessage())).find()) {
                return null;
            }
            throw e;
        }
        Program untouched = load(program, CorpusLoader.untouched(classFiles));
        boolean valid = !Trace.of(untouched, Plan.nothingSuspends()).outcome().contains(VerifyError.class.getName());
        return valid
                ? new RandomComparison(program, untouched, load(program, CorpusLoader.rewritten(classFiles)))
                : null;
    }

    Result run(long seed) {
        Trace expected = Trace.of(untouched, Plan.nothingSuspends());
        boolean refused = source.large()
                && Trace.of(rewritten, Plan.nothingSuspends())
                        .toString()
                        .contains(UnsupportedSuspensionError.class.getSimpleName());
        return new Result(refused ? 0 : Comparison.sampled(untouched, rewritten, seed), expected.calls());
    }

    private static Program load(RandomProgram program, ClassLoader loader) {
        try {
            return Program.of(Class.forName(program.className(), true, loader), "program");
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
