package dev.weft.agent.tests.libraries;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A library.
 *
 * @param classFiles by internal name, those for newer JDKs and module declarations left out
 */
record Jar(String name, Map<String, byte[]> classFiles) {
    private static final String SUFFIX = ".class";

    static Jar read(Path file) {
        Map<String, byte[]> classFiles = new TreeMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                String name = entry.getName();
                if (name.endsWith(SUFFIX) && !name.startsWith("META-INF/") && !name.endsWith("module-info.class")) {
                    try (InputStream in = zip.getInputStream(entry)) {
                        classFiles.put(name.substring(0, name.length() - SUFFIX.length()), in.readAllBytes());
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String name = file.getFileName().toString();
        return new Jar(name.substring(0, name.length() - ".jar".length()), classFiles);
    }

    /** Patterns that select its classes and as few others as few patterns can. */
    List<String> patterns() {
        Map<String, String> prefixes = new LinkedHashMap<>();
        for (String name : classFiles.keySet()) {
            int end = name.lastIndexOf('/');
            if (end < 0) {
                prefixes.put(name, name);
                continue;
            }
            String[] folders = name.substring(0, end).split("/");
            String start = folders[0] + (folders.length > 1 ? "/" + folders[1] : "");
            prefixes.merge(start, name.substring(0, end + 1), Jar::commonFolder);
        }
        return prefixes.values().stream()
                .map(prefix -> prefix.endsWith("/") ? prefix + "**" : prefix)
                .map(prefix -> prefix.replace('/', '.'))
                .toList();
    }

    private static String commonFolder(String first, String second) {
        int end = 0;
        for (int i = 0; i < Math.min(first.length(), second.length()) && first.charAt(i) == second.charAt(i); i++) {
            if (first.charAt(i) == '/') {
                end = i + 1;
            }
        }
        return first.substring(0, end);
    }
}
