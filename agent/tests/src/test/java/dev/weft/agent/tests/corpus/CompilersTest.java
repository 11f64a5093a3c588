package dev.weft.agent.tests.corpus;

import java.util.Iterator;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.eclipse.jdt.internal.compiler.tool.EclipseCompiler;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** The programs of the corpora in the class files of other compilers, and of javac with other options: shapes 8, 10, 26 and 68. */
class CompilersTest {
    private static final JavaCompiler JAVAC = ToolProvider.getSystemJavaCompiler();

    @TestFactory
    Stream<DynamicTest> withoutDebugTablesAndWithInlineStringConcatenation() {
        return comparisons(
                () -> Compiler.compileCorpora(JAVAC, "--release", "17", "-g:none", "-XDstringConcat=inline"));
    }

    @TestFactory
    @EnabledForJreRange(min = JRE.JAVA_18)
    Stream<DynamicTest> forTheRunningRelease() {
        return comparisons(() -> Compiler.compileCorpora(JAVAC, "-g"));
    }

    @TestFactory
    Stream<DynamicTest> withTheEclipseCompiler() {
        return comparisons(() -> Compiler.compileCorpora(new EclipseCompiler(), "--release", "17", "-g"));
    }

    private static Stream<DynamicTest> comparisons(Supplier<Map<String, byte[]>> compilation) {
        Map<String, byte[]> classFiles = compilation.get();
        CorpusLoader untouched = CorpusLoader.untouched(classFiles);
        CorpusLoader rewritten = CorpusLoader.rewritten(classFiles);
        return CorpusTest.CORPORA.stream()
                .map(corpus -> DynamicTest.dynamicTest(
                        corpus.getSimpleName(),
                        () -> compare(CorpusTest.load(corpus, untouched), CorpusTest.load(corpus, rewritten))));
    }

    private static void compare(Class<?> untouched, Class<?> rewritten) {
        Iterator<Program> originals = Program.in(untouched).iterator();
        for (Program program : Program.in(rewritten)) {
            Comparison.brief(originals.next(), program);
        }
    }
}
