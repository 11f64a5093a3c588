package dev.weft.agent.build;

import dev.weft.agent.compiler.ClassFiles;
import dev.weft.agent.compiler.Hierarchy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** The class files of a build: those that are rewritten, what stands on the class path, and the JDK's. */
final class ClassPath implements AutoCloseable {
    // Of the class, by the version of Java from which on it counts.
    private final Map<String, NavigableMap<Integer, byte[]>> built = new HashMap<>();
    private final List<Path> elements;
    private final Map<Map.Entry<Path, Integer>, JarFile> jars = new HashMap<>();
    private final SortedSet<String> missing = new TreeSet<>();

    ClassPath(List<Path> elements) {
        this.elements = elements.stream().filter(Files::exists).toList(); // as java does
    }

    /** Adds a class that is rewritten; such classes come first, and the first of a name counts. */
    void add(String internalName, int version, byte[] classFile) {
        built.computeIfAbsent(internalName, name -> new TreeMap<>()).putIfAbsent(version, classFile);
    }

    /** What a JVM of this version would see, multi-release jars included. */
    ClassFiles at(int version) {
        return name -> {
            try {
                byte[] classFile = read(name, version);
                if (classFile == null && !Hierarchy.isPlatform(name)) {
                    missing.add(name);
                }
                return classFile;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    /** The names that were asked for and not found, since they were last forgotten. */
    SortedSet<String> missing() {
        return missing;
    }

    private byte @Nullable [] read(String name, int version) throws IOException {
        NavigableMap<Integer, byte[]> own = built.getOrDefault(name, new TreeMap<>());
        if (own.floorEntry(version) != null) {
            return own.floorEntry(version).getValue();
        }
        String resource = name + ".class";
        for (Path element : elements) {
            byte[] classFile = Files.isDirectory(element)
                    ? readFolder(element.resolve(resource))
                    : readJar(element, version, resource);
            if (classFile != null) {
                return classFile;
            }
        }
        try (InputStream in = ClassLoader.getPlatformClassLoader().getResourceAsStream(resource)) {
            return in == null ? null : in.readAllBytes();
        }
    }

    private static byte @Nullable [] readFolder(Path file) throws IOException {
        return Files.isRegularFile(file) ? Files.readAllBytes(file) : null;
    }

    private byte @Nullable [] readJar(Path path, int version, String resource) throws IOException {
        JarFile jar = jars.get(Map.entry(path, version));
        if (jar == null) {
            jar = open(path, version);
            jars.put(Map.entry(path, version), jar);
        }
        ZipEntry entry = jar.getEntry(resource);
        if (entry == null) {
            return null;
        }
        try (InputStream in = jar.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }

    private static JarFile open(Path path, int version) throws IOException {
        try {
            return new JarFile(
                    path.toFile(), false, ZipFile.OPEN_READ, Runtime.Version.parse(Integer.toString(version)));
        } catch (IOException e) {
            throw new IOException("cannot read " + path + " on the class path: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        for (JarFile jar : jars.values()) {
            jar.close();
        }
    }
}
