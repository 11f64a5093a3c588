package dev.weft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LayersTest {
    private static final Pattern PUBLIC_TYPE = Pattern.compile("dev/weft/[A-Z]\\w*");
    private static final Pattern MACHINERY_BUT_WAITS =
            Pattern.compile("dev\\.weft\\.internal\\.(?!Continuation;|Wait;)");

    @Test
    void theMachineryDoesNotKnowThePublicApi() throws Exception {
        Path classes = Path.of(EventLoop.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (Stream<Path> files = Files.list(classes.resolve("dev/weft/internal"))) {
            List<Path> machinery =
                    files.filter(file -> file.toString().endsWith(".class")).toList();
            assertThat(machinery)
                    .isNotEmpty()
                    .noneMatch(file -> PUBLIC_TYPE.matcher(names(file)).find());
        }
    }

    @Test
    void ofTheMachineryThatWhichWaitsKnowsOnlyHowToWait() throws Exception {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java/dev/weft/sync"))) {
            List<Path> sources = files.filter(Files::isRegularFile).toList();
            assertThat(sources)
                    .isNotEmpty()
                    .noneMatch(file -> MACHINERY_BUT_WAITS.matcher(names(file)).find());
        }
    }

    private static String names(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
