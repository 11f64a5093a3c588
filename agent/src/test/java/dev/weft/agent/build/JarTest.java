package dev.weft.agent.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jars are copied entry by entry. */
class JarTest {
    private static final LocalDateTime TIME = LocalDateTime.of(2020, 2, 29, 12, 34, 56);

    @TempDir
    Path folder;

    private static final class Entries {
        private final ZipOutputStream out;

        Entries(OutputStream out) {
            this.out = new ZipOutputStream(out);
        }

        Entries add(String name, String content) throws IOException {
            ZipEntry entry = new ZipEntry(name);
            entry.setTimeLocal(TIME);
            entry.setComment("about " + name);
            return add(entry, content);
        }

        Entries add(ZipEntry entry, String content) throws IOException {
            out.putNextEntry(entry);
            out.write(content.getBytes());
            out.closeEntry();
            return this;
        }

        void close() throws IOException {
            out.setComment("an archive");
            out.close();
        }
    }

    private Path jar() throws IOException {
        Path jar = folder.resolve("some.jar");
        ZipEntry stored = new ZipEntry("z/stored.class");
        CRC32 checksum = new CRC32();
        checksum.update("stored".getBytes());
        stored.setMethod(ZipEntry.STORED);
        stored.setSize(6);
        stored.setCrc(checksum.getValue());
        stored.setLastModifiedTime(FileTime.from(Instant.ofEpochSecond(1_600_000_001)));
        new Entries(Files.newOutputStream(jar))
                .add("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\n\n")
                .add("b/", "")
                .add("b/B.class", "bbb")
                .add(stored, "stored")
                .add("a/text.txt", "text")
                .close();
        return jar;
    }

    private static Map<String, String> contents(Path jar) throws IOException {
        Map<String, String> contents = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                try (InputStream in = zip.getInputStream(entry)) {
                    contents.put(entry.getName(), new String(in.readAllBytes()));
                }
            }
        }
        return contents;
    }

    @Test
    void classFilesComeInTheirOrder() throws IOException {
        assertThat(new Jar(jar()).classFiles()).containsOnlyKeys("b/B.class", "z/stored.class");
    }

    @Test
    void allButTheChangedStaysAsItWas() throws IOException {
        Path jar = jar();
        Map<String, String> expected = contents(jar);
        expected.put("b/B.class", "longer");
        expected.put("z/stored.class", "stored too");
        Path target = folder.resolve("target.jar");

        new Jar(jar).write(Map.of("b/B.class", "longer".getBytes(), "z/stored.class", "stored too".getBytes()), target);

        assertThat(contents(target)).containsExactlyEntriesOf(expected);
        try (ZipFile zip = new ZipFile(target.toFile())) {
            assertThat(zip.getComment()).isEqualTo("an archive");
            assertThat(zip.getEntry("b/B.class").getTimeLocal()).isEqualTo(TIME);
            assertThat(zip.getEntry("b/B.class").getComment()).isEqualTo("about b/B.class");
            assertThat(zip.getEntry("z/stored.class").getMethod()).isEqualTo(ZipEntry.STORED);
            assertThat(zip.getEntry("z/stored.class").getLastModifiedTime().toInstant())
                    .isEqualTo(Instant.ofEpochSecond(1_600_000_001));
        }
    }

    @Test
    void theSameChangeGivesTheSameFile() throws IOException {
        Path jar = jar();
        Path first = folder.resolve("1.jar");
        Path second = folder.resolve("2.jar");
        new Jar(jar).write(Map.of("b/B.class", "new".getBytes()), first);
        new Jar(jar).write(Map.of("b/B.class", "new".getBytes()), second);
        assertThat(second).hasSameBinaryContentAs(first);
        new Jar(jar).write(Map.of("b/B.class", "new".getBytes()), jar);
        assertThat(jar).hasSameBinaryContentAs(first);
        assertThat(folder).isDirectoryNotContaining("glob:**.weft");
    }

    @Test
    void signaturesGoWithAChangeOnly() throws IOException {
        Path jar = folder.resolve("signed.jar");
        new Entries(Files.newOutputStream(jar))
                .add("META-INF/MANIFEST.MF", "")
                .add("META-INF/ME.SF", "")
                .add("META-INF/me.rsa", "")
                .add("META-INF/SIG-X", "")
                .add("META-INF/services/A.SF", "")
                .add("A.class", "a")
                .close();
        Path copy = folder.resolve("copy.jar");
        assertThat(new Jar(jar).isSigned()).isTrue();
        new Jar(jar).write(Map.of(), copy);
        assertThat(contents(copy)).isEqualTo(contents(jar));
        new Jar(jar).write(Map.of("A.class", "b".getBytes()), copy);
        assertThat(contents(copy)).containsOnlyKeys("META-INF/MANIFEST.MF", "META-INF/services/A.SF", "A.class");
        assertThat(new Jar(copy).isSigned()).isFalse();
    }

    @Test
    void whatIsNoJarIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("text.jar"), "text");
        assertThatThrownBy(() -> new Jar(file).classFiles()).hasMessageContaining("cannot read jar " + file);
    }
}
