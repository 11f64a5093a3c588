package dev.weft.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdkTest {
    @TempDir
    Path home;

    @Test
    void theOneThatRunsThisIsAmongThem() {
        assertThat(Jdk.both().stream().map(Jdk::feature))
                .contains(Runtime.version().feature())
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void releaseFileTellsMakerAndVersion() throws IOException {
        Files.createDirectory(home.resolve("bin"));
        assertThat(Files.createFile(home.resolve("bin/java")).toFile().setExecutable(true))
                .isTrue();
        Files.writeString(
                home.resolve("release"),
                "IMPLEMENTOR=\"Somebody\"\nJAVA_RUNTIME_VERSION=\"25.0.3+9\"\nJAVA_VERSION=\"25.0.3\"\n");
        assertThat(Jdk.at(home)).hasValue(new Jdk(home, 25, "Somebody 25.0.3+9"));
    }

    @Test
    void aFolderWithoutOneIsNone() {
        assertThat(Jdk.at(home)).isEmpty();
    }
}
