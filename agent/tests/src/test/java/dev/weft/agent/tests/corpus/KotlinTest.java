package dev.weft.agent.tests.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Coroutine;
import dev.weft.agent.tests.ChildJvm;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jetbrains.kotlin.cli.common.ExitCode;
import org.jetbrains.kotlin.cli.jvm.K2JVMCompiler;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Kotlin's functions are methods too: programs in its own shapes, in the class files of its compiler. Shape 68. */
class KotlinTest {
    private static final Path SOURCE =
            Path.of("src", "test", "resources", "dev", "weft", "agent", "tests", "corpus", "KotlinCorpus.kt");
    private static final List<String> BY_INVOKEDYNAMIC =
            List.of("-Xlambdas=indy", "-Xsam-conversions=indy", "-jvm-default=no-compatibility");
    private static final List<String> BY_CLASSES =
            List.of("-Xlambdas=class", "-Xsam-conversions=class", "-jvm-default=disable");

    @TempDir
    static Path folder;

    @BeforeAll
    static void compile() {
        ChildJvm child = ChildJvm.withOptions(
                Compilations.class, List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"), folder.toString());
        assertThat(child.status()).as(child.output()).isZero();
    }

    @TestFactory
    Stream<DynamicTest> kotlinPrograms() {
        return comparisons("indy");
    }

    @TestFactory
    Stream<DynamicTest> kotlinProgramsWithClassesForLambdasAndDefaultMethods() {
        return comparisons("classes");
    }

    private Stream<DynamicTest> comparisons(String compilation) {
        Map<String, byte[]> classFiles = classFiles(folder.resolve(compilation));
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
            return Class.forName("corpus.KotlinCorpus", true, loader);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, byte[]> classFiles(Path folder) {
        Map<String, byte[]> classFiles = new HashMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file :
                    files.filter(name -> name.toString().endsWith(".class")).toList()) {
                String name = folder.relativize(file).toString().replace(File.separatorChar, '.');
                classFiles.put(name.substring(0, name.length() - ".class".length()), Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return classFiles;
    }

    /** The compiler, in a JVM of its own as it is large: its argument is the folder for folders of class files. */
    static final class Compilations {
        private Compilations() {}

        public static void main(String[] args) {
            compile(Path.of(args[0], "indy"), BY_INVOKEDYNAMIC);
            compile(Path.of(args[0], "classes"), BY_CLASSES);
        }

        private static void compile(Path target, List<String> options) {
            String classPath = String.join(
                    File.pathSeparator,
                    Compiler.location(Coroutine.class),
                    Compiler.location(KotlinTest.class),
                    Compiler.location(kotlin.Unit.class));
            List<String> arguments = new ArrayList<>(options);
            arguments.addAll(List.of("-no-stdlib", "-no-reflect", "-jvm-target", "17", "-nowarn"));
            arguments.addAll(List.of("-classpath", classPath, "-d", target.toString(), SOURCE.toString()));
            ExitCode result = new K2JVMCompiler().exec(System.out, arguments.toArray(new String[0]));
            if (result != ExitCode.OK) {
                System.exit(1);
            }
        }
    }
}
