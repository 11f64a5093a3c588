package dev.weft.agent.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Too many open files, in a JVM that may open few. */
@EnabledOnOs(OS.LINUX)
class OpenFilesTest {
    @Test
    void acceptPausesAndGoesOn() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ChildJvm jvm = ChildJvm.run(
                Path.of(""),
                "sh",
                List.of(
                        "-c",
                        "ulimit -n 300; exec \"$@\"",
                        "sh",
                        java,
                        ChildJvm.agentOption(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OpenFilesPrograms.class.getName()));
        assertThat(jvm.output().lines())
                .containsExactly(
                        "before: ok",
                        "meanwhile: ok",
                        "waited a second: true",
                        "Cannot accept connections at /127.0.0.1:PORT, tries again in 1 s: Too many open files",
                        "open: 1",
                        "afterwards: ok",
                        "open: 2, reports: 2");
        assertThat(jvm.status()).isZero();
    }
}
