package dev.weft.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoaderClassFilesTest {
    private static final byte[] BYTES = {1, 2, 3};

    @TempDir
    Path folder;

    private final List<String> asked = new ArrayList<>();
    private final ClassLoader loader = new ClassLoader(null) {
        @Override
        public InputStream getResourceAsStream(String name) {
            asked.add(name);
            return name.equals("test/Loaded.class") ? new ByteArrayInputStream(BYTES) : null;
        }
    };
    private final LoaderClassFiles files = new LoaderClassFiles(loader);

    @BeforeEach
    void writeClass() throws IOException {
        Files.createDirectory(folder.resolve("test"));
        Files.write(folder.resolve("test/Foo.class"), BYTES);
    }

    @Test
    void folderThatClassesCameFromIsReadDirectly() throws IOException {
        files.remember(folder.toUri().toURL());

        assertThat(files.read("test/Foo")).isEqualTo(BYTES);
        assertThat(asked).isEmpty();
    }

    @Test
    void jarThatClassesCameFromIsReadDirectly() throws IOException {
        Path jar = folder.resolve("a library.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out)) {
            entries.putNextEntry(new JarEntry("test/Packed.class"));
            entries.write(BYTES);
        }
        files.remember(jar.toUri().toURL());

        assertThat(files.read("test/Packed")).isEqualTo(BYTES);
        assertThat(files.read("test/Packed")).isEqualTo(BYTES);
        assertThat(asked).isEmpty();
    }

    @Test
    void loaderIsAskedForTheRest() throws IOException {
        files.remember(folder.toUri().toURL());

        assertThat(files.read("test/Loaded")).isEqualTo(BYTES);
        assertThat(files.read("test/Missing")).isNull();
        assertThat(asked).containsExactly("test/Loaded.class", "test/Missing.class");
    }

    @Test
    void locationsThatAreNoFilesAreIgnored() throws IOException {
        files.remember(null);
        files.remember(URI.create("http://localhost/library.jar").toURL());
        files.remember(new URL("file:" + folder + "/not there.jar"));
        files.remember(URI.create("file:///not/there.jar").toURL());

        assertThat(files.read("test/Loaded")).isEqualTo(BYTES);
    }
}
