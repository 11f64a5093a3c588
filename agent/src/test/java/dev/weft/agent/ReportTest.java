package dev.weft.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.agent.compiler.CompiledClass;
import dev.weft.agent.compiler.CompiledClass.RewrittenMethod;
import dev.weft.agent.compiler.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    private static final CompiledClass COMPILED = new CompiledClass(
            "com/acme/Foo",
            null,
            List.of(new RewrittenMethod("work", "(I)V", List.of(3, 5)), new RewrittenMethod("tail", "()V", List.of())),
            List.of(new Refusal("com/acme/Foo", "bad", "()V", "Foo.java", 9, "it is bad", "Be good.")),
            List.of());

    @TempDir
    Path folder;

    @Test
    void everyMethodHasALine() throws IOException {
        Path file = folder.resolve("report.txt");

        new Report(file).add(COMPILED);

        assertThat(file).hasContent("""
                        rewritten com.acme.Foo.work(I)V lines 3,5
                        rewritten com.acme.Foo.tail()V lines\s
                        refused com.acme.Foo.bad(Foo.java:9) cannot be rewritten: it is bad. Be good.
                        """);
    }

    @Test
    void reportBeginsAnewWithEachJvm() throws IOException {
        Path file = Files.writeString(folder.resolve("report.txt"), "of the last run");

        new Report(file);

        assertThat(file).isEmptyFile();
    }

    @Test
    void fileThatCannotBeWrittenIsReportedAtTheStart() {
        assertThatThrownBy(() -> new Report(folder))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("report=" + folder + " cannot be written");
    }

    @Test
    void fileThatCannotBeWrittenAnyLongerKeepsNoClassFromBeingRewritten() throws IOException {
        Path file = folder.resolve("report.txt");
        Report report = new Report(file);
        Files.delete(file);
        Files.createDirectory(file);

        assertThat(logged(() -> report.add(COMPILED))).containsExactly("report=" + file + " cannot be written");
    }

    private static List<String> logged(Runnable action) {
        List<String> messages = new ArrayList<>();
        Logger logger = Logger.getLogger("dev.weft.agent");
        logger.setFilter(entry -> {
            messages.add(entry.getMessage());
            return false;
        });
        try {
            action.run();
        } finally {
            logger.setFilter(null);
        }
        return messages;
    }
}
