package dev.weft.agent;

import dev.weft.agent.compiler.ClassFiles;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/**
 * The class files that a loader would find, read from the jars and folders that its classes have come from and only then
 * through the loader, which takes several times as long.
 */
final class LoaderClassFiles implements ClassFiles {
    private final WeakReference<ClassLoader> loader;
    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final Map<Path, JarFile> jars = new ConcurrentHashMap<>(); // closed by the collector, with the loader
    private final List<Path> locations = new CopyOnWriteArrayList<>();

    LoaderClassFiles(ClassLoader loader) {
        this.loader = new WeakReference<>(loader);
    }

    /** Notes where a class of the loader has come from. */
    void remember(@Nullable URL location) {
        if (location == null
                || !seen.add(location.toString())
                || !location.getProtocol().equals("file")) {
            return;
        }
        try {
            locations.add(new File(location.toURI()).toPath());
        } catch (URISyntaxException | IllegalArgumentException e) {
            // a location that only its own loader can read
        }
    }

    @Override
    public byte @Nullable [] read(String internalName) {
        String resource = internalName + ".class";
        try {
            for (Path location : locations) {
                byte[] classFile = Files.isDirectory(location)
                        ? readFolder(location.resolve(resource))
                        : readJar(location, resource);
                if (classFile != null) {
                    return classFile;
                }
            }
            return readThroughLoader(resource);
        } catch (IOException e) {
            return null;
        }
    }

    private static byte @Nullable [] readFolder(Path file) throws IOException {
        return Files.exists(file) ? Files.readAllBytes(file) : null;
    }

    private byte @Nullable [] readJar(Path location, String resource) throws IOException {
        JarFile jar = jars.get(location);
        if (jar == null) {
            if (!Files.isRegularFile(location)) {
                return null;
            }
            jar = new JarFile(location.toFile(), false, JarFile.OPEN_READ, JarFile.runtimeVersion());
            jars.put(location, jar);
        }
        ZipEntry entry = jar.getEntry(resource);
        if (entry == null) {
            return null;
        }
        try (InputStream in = jar.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }

    private byte @Nullable [] readThroughLoader(String resource) throws IOException {
        ClassLoader target = loader.get();
        if (target == null) {
            return null;
        }
        try (InputStream in = target.getResourceAsStream(resource)) {
            return in == null ? null : in.readAllBytes();
        }
    }
}
