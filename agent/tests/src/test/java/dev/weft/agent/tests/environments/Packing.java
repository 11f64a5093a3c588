package dev.weft.agent.tests.environments;

import dev.weft.Coroutine;
import dev.weft.agent.tests.ChildJvm;
import dev.weft.agent.tests.journey.Journey;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Puts classes where an environment wants them. */
final class Packing {
    /** The folder of a package, below that of all classes. */
    static final String JOURNEY = "dev/weft/agent/tests/journey";

    static final String RUNTIME = "dev/weft";

    private Packing() {}

    /** Where a class has come from: a jar or a folder. */
    static Path location(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /** The class files of a package and of those below it, relative to the folder that they are in. */
    static List<Path> classFiles(Path root, String folder) {
        try (Stream<Path> files = Files.walk(root.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(".class"))
                    .map(root::relativize)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String entryName(Path classFile) {
        return classFile.toString().replace(File.separatorChar, '/');
    }

    /** Copies the classes of the journey into a folder, which is given back. */
    static Path journeyInFolder(Path folder) throws IOException {
        Path root = location(Journey.class);
        for (Path file : classFiles(root, JOURNEY)) {
            Path copy = folder.resolve(file);
            Files.createDirectories(copy.getParent());
            Files.copy(root.resolve(file), copy);
        }
        return folder;
    }

    static Path journeyInJar(Path jar) throws IOException {
        return jar(jar, new Manifest(), location(Journey.class), JOURNEY);
    }

    static Path runtimeInJar(Path jar) throws IOException {
        Path runtime = location(Coroutine.class);
        return Files.isDirectory(runtime) ? jar(jar, new Manifest(), runtime, RUNTIME) : Files.copy(runtime, jar);
    }

    /** A jar of the classes of a package and of those below it. */
    static Path jar(Path jar, Manifest manifest, Path root, String folder) throws IOException {
        manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            for (Path file : classFiles(root, folder)) {
                add(out, entryName(file), Files.readAllBytes(root.resolve(file)));
            }
        }
        return jar;
    }

    /** The jar of an agent whose class is found on the class path, as its manifest alone. */
    static Path agentJar(Path jar, Class<?> agent) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().putValue("Premain-Class", agent.getName());
        manifest.getMainAttributes().putValue("Can-Retransform-Classes", "true");
        manifest.getMainAttributes().putValue("Can-Redefine-Classes", "true");
        return jar(jar, manifest, jar.getParent(), "");
    }

    /** Copies a class with its nested ones into a folder. */
    static void copy(Class<?> type, Path folder) throws IOException {
        Path root = location(type);
        String name = type.getName().replace('.', '/');
        for (Path file : classFiles(root, name.substring(0, name.lastIndexOf('/')))) {
            String path = file.toString().replace(File.separatorChar, '/');
            if (path.equals(name + ".class") || path.startsWith(name + "$")) {
                Files.createDirectories(folder.resolve(file).getParent());
                Files.copy(root.resolve(file), folder.resolve(file));
            }
        }
    }

    /** Signs a jar with a key that is made beside it. */
    static void sign(Path jar) {
        String store = jar.resolveSibling("keys").toString();
        tool(
                jar,
                "keytool",
                "-genkeypair",
                "-keystore",
                store,
                "-storepass",
                "secret",
                "-alias",
                "signer",
                "-dname",
                "CN=signer",
                "-keyalg",
                "EC");
        tool(jar, "jarsigner", "-keystore", store, "-storepass", "secret", jar.toString(), "signer");
    }

    private static void tool(Path jar, String name, String... arguments) {
        ChildJvm child = ChildJvm.tool(jar.getParent(), name, List.of(arguments));
        if (child.status() != 0) {
            throw new AssertionError(child.output());
        }
    }

    private static void add(JarOutputStream out, String name, byte[] content) throws IOException {
        out.putNextEntry(new JarEntry(name));
        out.write(content);
        out.closeEntry();
    }

    /** Compiles with the running JDK's javac. */
    static void javac(String... arguments) {
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        int status = ToolProvider.getSystemJavaCompiler().run(null, messages, messages, arguments);
        if (status != 0) {
            throw new AssertionError(messages.toString(StandardCharsets.UTF_8));
        }
    }

    /** A class path or module path. */
    static String path(Path... entries) {
        return Arrays.stream(entries).map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
}
