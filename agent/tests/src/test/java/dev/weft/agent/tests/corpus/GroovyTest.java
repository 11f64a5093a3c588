package dev.weft.agent.tests.corpus;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.Stream;
import org.codehaus.groovy.control.CompilationUnit;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.control.Phases;
import org.codehaus.groovy.tools.GroovyClass;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Statically compiled Groovy: programs in its own shapes, in the class files of its compiler. Shape 68. */
class GroovyTest {
    @TestFactory
    Stream<DynamicTest> groovyPrograms() throws IOException {
        Map<String, byte[]> classFiles = compile();
        Class<?> untouched = load(CorpusLoader.untouched(classFiles));
        Class<?> rewritten = load(CorpusLoader.rewritten(classFiles));
        Iterator<Program> originals = Program.in(untouched).iterator();
        return Program.in(rewritten).stream().map(program -> {
            Program original = originals.next();
            return DynamicTest.dynamicTest(program.name(), () -> Comparison.brief(original, program));
        });
    }

    private static Class<?> load(ClassLoader loader) {
        try {
            return Class.forName("corpus.GroovyCorpus", true, loader);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, byte[]> compile() throws IOException {
        CompilerConfiguration configuration = new CompilerConfiguration();
        configuration.setTargetBytecode(CompilerConfiguration.JDK17);
        CompilationUnit unit = new CompilationUnit(configuration);
        unit.addSource(Path.of("src", "test", "resources", "dev", "weft", "agent", "tests", "corpus")
                .resolve("GroovyCorpus.groovy")
                .toFile());
        unit.compile(Phases.CLASS_GENERATION);
        Map<String, byte[]> classFiles = new HashMap<>();
        for (GroovyClass type : unit.getClasses()) {
            classFiles.put(type.getName(), type.getBytes());
        }
        return classFiles;
    }
}
