package dev.weft.agent.tests.corpus;

import dev.weft.Coroutine;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles further programs while the tests run; class files by class name. */
public final class Compiler {
    // They keep what they have read of the JDK.
    private static final Map<Class<?>, StandardJavaFileManager> MANAGERS = new HashMap<>();

    private Compiler() {}

    /** With the running JDK's javac, for its own release. */
    public static Map<String, byte[]> compile(String className, String source) {
        return compile(className, source, "-g");
    }

    /** With the running JDK's javac. */
    static Map<String, byte[]> compile(String className, String source, String... options) {
        return compile(ToolProvider.getSystemJavaCompiler(), List.of(fromText(className, source)), options);
    }

    /** With any compiler; some of them want a file. */
    static Map<String, byte[]> compile(JavaCompiler compiler, String className, String source, List<String> options) {
        try {
            Path folder = Files.createTempDirectory("random");
            Path file = Files.writeString(folder.resolve(className + ".java"), source);
            try {
                StandardJavaFileManager manager = MANAGERS.computeIfAbsent(
                        compiler.getClass(), type -> compiler.getStandardFileManager(null, null, null));
                return compile(compiler, manager, manager.getJavaFileObjects(file), options.toArray(String[]::new));
            } finally {
                Files.delete(file);
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The sources of the corpora. */
    static Map<String, byte[]> compileCorpora(JavaCompiler compiler, String... options) {
        return compile(compiler, corpora(compiler), options);
    }

    private static Map<String, byte[]> compile(
            JavaCompiler compiler, Iterable<? extends JavaFileObject> sources, String... extraOptions) {
        return compile(compiler, compiler.getStandardFileManager(null, null, null), sources, extraOptions);
    }

    private static Map<String, byte[]> compile(
            JavaCompiler compiler,
            StandardJavaFileManager manager,
            Iterable<? extends JavaFileObject> sources,
            String... extraOptions) {
        String classPath = location(Coroutine.class) + File.pathSeparator + location(Compiler.class);
        List<String> options = new ArrayList<>(List.of(extraOptions));
        options.addAll(List.of("-proc:none", "-nowarn", "-classpath", classPath));
        StringWriter messages = new StringWriter();
        Outputs outputs = new Outputs(manager);
        if (!compiler.getTask(messages, outputs, null, options, null, sources).call()) {
            throw new AssertionError(messages);
        }
        Map<String, byte[]> classFiles = new HashMap<>();
        outputs.classFiles.forEach((name, bytes) -> classFiles.put(name, bytes.toByteArray()));
        return classFiles;
    }

    private static Iterable<? extends JavaFileObject> corpora(JavaCompiler compiler) {
        Path folder = Path.of("src", "test", "java", "dev", "weft", "agent", "tests", "corpus");
        try (Stream<Path> files = Files.walk(folder)) {
            Path[] sources = files.filter(file -> file.toString().endsWith("Corpus.java"))
                    .toArray(Path[]::new);
            return compiler.getStandardFileManager(null, null, null).getJavaFileObjects(sources);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JavaFileObject fromText(String className, String text) {
        URI uri = URI.create("string:///" + className.replace('.', '/') + ".java");
        return new SimpleJavaFileObject(uri, JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }

    static String location(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static final class Outputs extends ForwardingJavaFileManager<StandardJavaFileManager> {
        final Map<String, ByteArrayOutputStream> classFiles = new HashMap<>();

        Outputs(StandardJavaFileManager delegate) {
            super(delegate);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                JavaFileManager.Location to, String className, JavaFileObject.Kind kind, FileObject sibling) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            classFiles.put(className.replace('/', '.'), bytes);
            URI uri = URI.create("bytes:///" + className.replace('.', '/') + kind.extension);
            return new SimpleJavaFileObject(uri, kind) {
                @Override
                public OutputStream openOutputStream() {
                    return bytes;
                }
            };
        }
    }
}
