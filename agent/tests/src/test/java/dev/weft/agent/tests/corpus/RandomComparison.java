package dev.weft.agent.tests.corpus;

import dev.weft.UnsupportedSuspensionError;
import dev.weft.agent.tests.random.RandomProgram;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.eclipse.jdt.internal.compiler.tool.EclipseCompiler;
import org.jspecify.annotations.Nullable;

/** A random program, compiled and loaded twice: as it is, and rewritten. */
record RandomComparison(RandomProgram source, Program untouched, Program rewritten) {
    private static final long NEXT = 1L << 32;
    private static final String TOO_LARGE = UnsupportedSuspensionError.class.getSimpleName();
    private static final Pattern BREAKDOWN =
            Pattern.compile("An exception has occurred in the compiler|Internal compiler error");

    /** What was done for one program; no runs if the rewriting was refused because the program is too large. */
    record Result(int runs, int calls) {}

    /**
     * The program of a seed. Compilers have defects of their own: if one fails at it, the other gets it, and if both do, though
     * it is Java, another program takes its place.
     */
    static RandomComparison of(long seed) {
        for (long other = seed; ; other += NEXT) {
            RandomProgram program = RandomProgram.of(other);
            List<AssertionError> errors = new ArrayList<>();
            for (boolean eclipse : new boolean[] {program.eclipse(), !program.eclipse()}) {
                try {
                    RandomComparison comparison = compiled(program.compiledBy(eclipse));
                    if (comparison != null) {
                        return comparison;
                    }
                } catch (AssertionError e) {
                    errors.add(e);
                }
            }
            if (errors.size() == 2 && errors.stream().noneMatch(RandomComparison::isBreakdown)) {
                throw errors.get(0);
            }
        }
    }

    private static boolean isBreakdown(AssertionError error) {
        return BREAKDOWN.matcher(String.valueOf(error.getMessage())).find();
    }

    /** Null if the compiler makes class files that the JVM does not take. */
    static @Nullable RandomComparison compiled(RandomProgram program) {
        Map<String, byte[]> classFiles = Compiler.compile(
                program.eclipse() ? new EclipseCompiler() : ToolProvider.getSystemJavaCompiler(),
                program.className(),
                program.text(),
                program.arguments());
        Program untouched = load(program, CorpusLoader.untouched(classFiles));
        boolean valid = !Trace.of(untouched, Plan.nothingSuspends()).outcome().contains(VerifyError.class.getName());
        return valid
                ? new RandomComparison(program, untouched, load(program, CorpusLoader.rewritten(classFiles)))
                : null;
    }

    Result run(long seed) {
        int calls = Trace.of(untouched, Plan.nothingSuspends()).calls();
        try {
            return new Result(Comparison.sampled(untouched, rewritten, seed), calls);
        } catch (AssertionError e) {
            if (source.large() && String.valueOf(e.getMessage()).contains(TOO_LARGE)) {
                return new Result(0, calls);
            }
            throw e;
        }
    }

    private static Program load(RandomProgram program, ClassLoader loader) {
        try {
            return Program.of(Class.forName(program.className(), true, loader), "program");
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
