package dev.weft.agent.tests.libraries;

import dev.weft.agent.compiler.AsyncSelection;
import dev.weft.agent.compiler.ClassCompiler;
import dev.weft.agent.compiler.CompiledClass;
import dev.weft.agent.compiler.Hierarchy;
import dev.weft.agent.compiler.PoolScan;
import dev.weft.agent.compiler.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * A whole jar taken as {@code @Async}, every call in it a suspension point: what the compiler makes of it, and what the
 * JVM's verifier says to that.
 */
final class Verification {
    private static final int JAVA_8 = 52;

    final Jar jar;
    private final ClassLoader dependencies;
    private final ClassCompiler compiler;

    int old;
    int methods;
    int rewritten;
    int points;
    int postponed;
    final Map<Reason, Integer> refused = new TreeMap<>();
    final List<String> strangeRefusals = new ArrayList<>();
    final List<String> compilerFailures = new ArrayList<>();
    Map<String, String> linkFailures = Map.of();
    Map<String, String> linkFailuresUntouched = Map.of();

    /** Why methods are refused. */
    enum Reason {
        SYNCHRONIZED_METHOD("as a synchronized method"),
        SYNCHRONIZED_BLOCK("inside a synchronized block"),
        TOO_LARGE("it would be larger than"),
        OTHER("");

        private final String text;

        Reason(String text) {
            this.text = text;
        }

        static Reason of(Refusal refusal) {
            for (Reason reason : values()) {
                if (refusal.reason().contains(reason.text)) {
                    return reason;
                }
            }
            throw new AssertionError();
        }
    }

    private Verification(Jar jar, ClassLoader dependencies) {
        this.jar = jar;
        this.dependencies = dependencies;
        compiler = ClassCompiler.atLoad(new Hierarchy(this::find, new AsyncSelection(jar.patterns())));
    }

    static Verification of(Jar jar, ClassLoader dependencies) {
        Verification verification = new Verification(jar, dependencies);
        verification.linkFailuresUntouched =
                verification.link(name -> jar.classFiles().get(name));
        verification.linkFailures = verification.link(verification::rewrite);
        return verification;
    }

    /** Link failures that the untouched jar does not have. */
    Map<String, String> newLinkFailures() {
        Map<String, String> failures = new TreeMap<>(linkFailures);
        failures.keySet().removeAll(linkFailuresUntouched.keySet());
        return failures;
    }

    private interface Source {
        byte @Nullable [] read(String internalName);
    }

    private byte @Nullable [] rewrite(String name) {
        byte[] original = jar.classFiles().get(name);
        if (original == null) {
            return null;
        }
        countMethods(original);
        if (original[7] < JAVA_8 && original[6] == 0) {
            old++;
            return original;
        }
        LeafCalls.Inserted inserted = LeafCalls.into(original);
        PoolScan scan = PoolScan.of(inserted.classFile());
        if (!compiler.concerns(scan)) {
            return original;
        }
        try {
            CompiledClass compiled = compiler.compile(inserted.classFile());
            compiled.methods().forEach(method -> {
                rewritten++;
                points += method.lines().size();
                postponed += inserted.crossedNews().getOrDefault(method.name() + method.descriptor(), 0);
            });
            compiled.refusals().forEach(this::count);
            return compiled.classFile() == null ? original : compiled.classFile();
        } catch (Throwable e) {
            compilerFailures.add(name + ": " + e);
            return compiler.refuse(inserted.classFile(), e).classFile();
        }
    }

    private void count(Refusal refusal) {
        Reason reason = Reason.of(refusal);
        refused.merge(reason, 1, Integer::sum);
        if (reason == Reason.OTHER) {
            strangeRefusals.add(refusal.message());
        }
    }

    private void countMethods(byte[] classFile) {
        new ClassReader(classFile)
                .accept(
                        new ClassVisitor(Opcodes.ASM9) {
                            @Override
                            public @Nullable MethodVisitor visitMethod(
                                    int access, String name, String type, String signature, String[] exceptions) {
                                boolean hasCode = (access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) == 0;
                                methods += hasCode && !name.startsWith("<") ? 1 : 0;
                                return null;
                            }
                        },
                        ClassReader.SKIP_CODE);
    }

    private byte @Nullable [] find(String name) {
        byte[] own = jar.classFiles().get(name);
        if (own != null) {
            return own;
        }
        try (InputStream in = dependencies.getResourceAsStream(name + ".class")) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // What goes wrong, by class.
    private Map<String, String> link(Source source) {
        Map<String, String> failures = new TreeMap<>();
        JarLoader loader = new JarLoader(source);
        for (String name : jar.classFiles().keySet()) {
            try {
                loader.loadClass(name.replace('/', '.')).getDeclaredMethods(); // links and so verifies
            } catch (Throwable e) {
                failures.put(
                        name,
                        String.valueOf(e)
                                .lines()
                                .limit(12)
                                .reduce("", (a, b) -> a + "\n    " + b)
                                .trim());
            }
        }
        return failures;
    }

    private final class JarLoader extends ClassLoader {
        private final Source source;

        JarLoader(Source source) {
            super(dependencies);
            this.source = source;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                if (loaded != null) {
                    return loaded;
                }
                byte[] classFile = source.read(name.replace('.', '/'));
                return classFile == null
                        ? super.loadClass(name, resolve)
                        : defineClass(name, classFile, 0, classFile.length);
            }
        }
    }
}
