package dev.weft.agent.tests.libraries;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * An agent that stands twice on a command line, around ours: before it, to put calls of the {@link Leaf} into a library's
 * classes, and behind it, to make {@linkplain DrivenBridges drivers} of bridges.
 */
public final class ForcedSuspensions {
    private ForcedSuspensions() {}

    /** The argument of the one before: {@code before=} and the packages of the library, {@code org.example.**,...}. */
    static final String BEFORE = "before=";

    static final String BEHIND = "behind";

    public static void premain(String argument, Instrumentation instrumentation) {
        if (argument.equals(BEHIND)) {
            add(instrumentation, name -> !name.startsWith("dev/weft/"), DrivenBridges::in);
            return;
        }
        String[] prefixes = argument.substring(BEFORE.length())
                .replace('.', '/')
                .replace("**", "")
                .split(",");
        add(
                instrumentation,
                name -> {
                    for (String prefix : prefixes) {
                        if (name.startsWith(prefix)) {
                            return true;
                        }
                    }
                    return false;
                },
                classFile -> isRewritable(classFile) ? LeafCalls.into(classFile).classFile() : null);
    }

    // Older ones stay as they are.
    private static boolean isRewritable(byte[] classFile) {
        return classFile[7] >= 52;
    }

    private static void add(
            Instrumentation instrumentation, Predicate<String> wanted, Function<byte[], byte @Nullable []> change) {
        instrumentation.addTransformer(new ClassFileTransformer() {
            @Override
            public byte @Nullable [] transform(
                    @Nullable ClassLoader loader,
                    @Nullable String name,
                    @Nullable Class<?> redefined,
                    @Nullable ProtectionDomain domain,
                    byte[] classFile) {
                if (loader == null || name == null || !wanted.test(name)) {
                    return null;
                }
                try {
                    return change.apply(classFile);
                } catch (Throwable e) {
                    System.err.println("harness: " + name);
                    e.printStackTrace();
                    Runtime.getRuntime().halt(3);
                    throw e;
                }
            }
        });
    }

    /** Writes the jar that the command line wants; the classes themselves are on the class path. */
    static Path writeJar(Path folder) {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", ForcedSuspensions.class.getName());
        Path jar = folder.resolve("forced-suspensions.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream ignored = new JarOutputStream(out, manifest)) {
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return jar;
    }
}
