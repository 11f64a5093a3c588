package dev.weft.agent.tests.corpus;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Attribute;
import org.objectweb.asm.ByteVector;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;

/** Defines its own copies of the corpora, from other class files than the tests' or from the same ones, not rewritten. */
public final class CorpusLoader extends ClassLoader {
    /** Where the compiler has put the tests; what runs may be a copy that was rewritten there. */
    private static final Path ORIGINALS = Path.of("target", "test-classes");

    private static final String REWRITTEN = "dev.weft.Rewritten";

    private final Function<String, byte @Nullable []> classFiles;

    private CorpusLoader(Function<String, byte @Nullable []> classFiles) {
        super(CorpusLoader.class.getClassLoader());
        setDefaultAssertionStatus(CorpusLoader.class.desiredAssertionStatus());
        this.classFiles = classFiles;
    }

    /** Defines the classes of these files, which the agent then rewrites. */
    public static CorpusLoader rewritten(Map<String, byte[]> classFiles) {
        return new CorpusLoader(classFiles::get);
    }

    /** Defines the classes of these files as they are. */
    public static CorpusLoader untouched(Map<String, byte[]> classFiles) {
        return new CorpusLoader(name -> {
            byte[] classFile = classFiles.get(name);
            return classFile == null ? null : markRewritten(classFile);
        });
    }

    /** Defines the tests' own corpora as javac has left them. */
    static CorpusLoader untouched() {
        return new CorpusLoader(name -> {
            int end = name.indexOf('$');
            String outermost = end < 0 ? name : name.substring(0, end);
            return outermost.endsWith("Corpus") ? markRewritten(readClassFile(name)) : null;
        });
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            byte[] classFile = classFiles.apply(name);
            return classFile == null
                    ? super.loadClass(name, resolve)
                    : defineClass(name, classFile, 0, classFile.length);
        }
    }

    // The agent reads the class files of supertypes in this way.
    @Override
    public @Nullable InputStream getResourceAsStream(String resource) {
        if (resource.endsWith(".class")) {
            byte[] classFile = classFiles.apply(
                    resource.substring(0, resource.length() - ".class".length()).replace('/', '.'));
            if (classFile != null) {
                return new ByteArrayInputStream(classFile);
            }
        }
        // Where Mockito is, calls are guarded; here they are as in production.
        return resource.startsWith("org/mockito/") ? null : super.getResourceAsStream(resource);
    }

    private static byte[] readClassFile(String name) {
        Path file = ORIGINALS.resolve(name.replace('.', '/') + ".class");
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // The agent leaves a class alone that seems to have been through it.
    private static byte[] markRewritten(byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        ClassWriter writer = new ClassWriter(reader, 0);
        reader.accept(writer, 0);
        writer.visitAttribute(new Attribute(REWRITTEN) {
            @Override
            protected ByteVector write(ClassWriter to, byte[] code, int length, int maxStack, int maxLocals) {
                return new ByteVector();
            }
        });
        return writer.toByteArray();
    }
}
