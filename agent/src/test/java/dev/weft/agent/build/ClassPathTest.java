package dev.weft.agent.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.agent.compiler.ClassFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where class files of a build are found. */
class ClassPathTest {
    @TempDir
    Path folder;

    private static String text(ClassFiles classFiles, String name) {
        byte[] file = classFiles.read(name);
        return file == null ? null : new String(file);
    }

    private Path jar() throws IOException {
        Path jar = folder.resolve("some.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            add(out, "META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nMulti-Release: true\n\n");
            add(out, "a/A.class", "base");
            add(out, "a/B.class", "jar");
            add(out, "META-INF/versions/11/a/A.class", "eleven");
        }
        return jar;
    }

    private static void add(JarOutputStream out, String name, String content) throws IOException {
        out.putNextEntry(new JarEntry(name));
        out.write(content.getBytes());
        out.closeEntry();
    }

    @Test
    void theFirstElementWins() throws IOException {
        Path classes = Files.createDirectories(folder.resolve("classes/a")).getParent();
        Files.writeString(classes.resolve("a/B.class"), "folder");
        try (ClassPath path = new ClassPath(List.of(folder.resolve("absent"), classes, jar()))) {
            assertThat(text(path.at(8), "a/B")).isEqualTo("folder");
            assertThat(text(path.at(8), "a/A")).isEqualTo("base");
            path.add("a/B", 8, "rewritten".getBytes());
            assertThat(text(path.at(8), "a/B")).isEqualTo("rewritten");
        }
    }

    @Test
    void eachReleaseSeesItsOwnClasses() throws IOException {
        try (ClassPath path = new ClassPath(List.of(jar()))) {
            path.add("a/C", 8, "base".getBytes());
            path.add("a/C", 17, "seventeen".getBytes());
            path.add("a/D", 17, "new".getBytes());
            assertThat(text(path.at(8), "a/A")).isEqualTo("base");
            assertThat(text(path.at(17), "a/A")).isEqualTo("eleven");
            assertThat(text(path.at(11), "a/C")).isEqualTo("base");
            assertThat(text(path.at(21), "a/C")).isEqualTo("seventeen");
            assertThat(text(path.at(11), "a/D")).isNull();
        }
    }

    @Test
    void theJdkIsThereAndTheAgentIsNot() throws IOException {
        try (ClassPath path = new ClassPath(List.of())) {
            assertThat(path.at(8).read("java/util/ArrayList")).isNotNull();
            assertThat(path.at(8).read("dev/weft/agent/Agent")).isNull();
            assertThat(path.missing()).containsExactly("dev/weft/agent/Agent");
        }
    }
}
