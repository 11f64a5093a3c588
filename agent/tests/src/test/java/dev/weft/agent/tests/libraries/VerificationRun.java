package dev.weft.agent.tests.libraries;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All jars that the profile {@code libraries} has fetched; the table goes to {@code target/libraries}. */
@Timeout(value = 1, unit = TimeUnit.HOURS)
class VerificationRun {
    private static final Path FOLDER = Path.of("target", "libraries", "jars");
    private static final Path TABLE =
            Path.of("target", "libraries", "verification-" + Runtime.version().feature() + ".md");

    @BeforeAll
    static void beginTable() throws IOException {
        Files.writeString(TABLE, VerificationReport.HEADER);
    }

    static List<Path> jars() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("jars")
    void everyCallOfALibraryMaySuspend(Path jar) throws IOException {
        URL[] dependencies = jars().stream().map(VerificationRun::url).toArray(URL[]::new);
        try (URLClassLoader loader = new URLClassLoader(dependencies, getClass().getClassLoader())) {
            Verification verification = Verification.of(Jar.read(jar), loader);
            Files.writeString(TABLE, VerificationReport.row(verification), StandardOpenOption.APPEND);
            assertThat(VerificationReport.complaints(verification)).isEmpty();
        }
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new AssertionError(e);
        }
    }
}
