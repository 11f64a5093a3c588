package dev.weft.agent.build;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A folder of class files, such as a compiler's output. */
record Folder(Path path) implements Place {
    @Override
    public Map<String, byte[]> classFiles() throws IOException {
        Map<String, byte[]> classFiles = new LinkedHashMap<>();
        for (Path file : files()) {
            if (file.toString().endsWith(".class")) {
                classFiles.put(
                        path.relativize(file).toString().replace(File.separatorChar, '/'), Files.readAllBytes(file));
            }
        }
        return classFiles;
    }

    @Override
    public boolean isSigned() {
        return false;
    }

    @Override
    public void write(Map<String, byte[]> changed, Path target) throws IOException {
        Files.createDirectories(target);
        if (!Files.isSameFile(path, target)) {
            for (Path file : files()) {
                Path copy = target.resolve(path.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        for (Map.Entry<String, byte[]> file : changed.entrySet()) {
            Files.write(target.resolve(file.getKey()), file.getValue());
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> walk = Files.walk(path)) {
            return walk.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
