package dev.weft.agent.tests;

import static dev.weft.Asyncio.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.spi.ThreadLocalCarrier;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Carriers of thread-locals that are found on the class path, in a JVM of their own. */
class InstalledCarrierTest {
    private static final ThreadLocal<String> REQUEST = new ThreadLocal<>();

    /** What the class path names. */
    public static final class RequestCarrier implements ThreadLocalCarrier<String> {
        private final ThreadLocalCarrier<String> carrier = ThreadLocalCarrier.of(REQUEST);

        @Override
        public String capture() {
            return carrier.capture();
        }

        @Override
        public Scope enter(String value) {
            return carrier.enter(value);
        }
    }

    public static void main(String[] args) {
        run(() -> {
            REQUEST.set("main");
            gather(
                    () -> {
                        REQUEST.set("a");
                        sleep(Duration.ZERO);
                        System.out.println(REQUEST.get());
                    },
                    () -> System.out.println(REQUEST.get()));
            toThread(() -> System.out.println(REQUEST.get()));
        });
    }

    @Test
    void carriersOnTheClassPathAreInstalled(@TempDir Path folder) throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(ThreadLocalCarrier.class.getName()), RequestCarrier.class.getName());
        assertThat(output(folder + File.pathSeparator)).containsExactly("main", "a", "main");
    }

    @Test
    void withoutThemThreadLocalsAreTheThreads() {
        assertThat(output("")).containsExactly("a", "a", "null");
    }

    @Test
    void carrierThatCannotBeMadeIsReported(@TempDir Path folder) throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(ThreadLocalCarrier.class.getName()), "no.such.Carrier");
        assertThat(output(folder + File.pathSeparator))
                .anyMatch(line -> line.contains("A carrier of thread-locals cannot be made"))
                .endsWith("a", "a", "null");
    }

    private static List<String> output(String classPath) {
        ChildJvm jvm = ChildJvm.tool(
                Path.of(""),
                "java",
                List.of(
                        ChildJvm.agentOption(),
                        "-cp",
                        classPath + System.getProperty("java.class.path"),
                        InstalledCarrierTest.class.getName()));
        return jvm.output().lines().toList();
    }
}
