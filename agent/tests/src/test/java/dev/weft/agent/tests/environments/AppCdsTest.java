package dev.weft.agent.tests.environments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.agent.tests.ChildJvm;
import dev.weft.agent.tests.journey.Journey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives of application classes, which the JVM maps instead of parsing class files. */
class AppCdsTest {
    private static final List<String> WITH_AGENT =
            List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:+AllowArchivingWithJavaAgent", ChildJvm.agentOption());

    @TempDir
    Path folder;

    private Path archive;
    private String classPath;

    @BeforeEach
    void pack() throws IOException {
        archive = folder.resolve("journey.jsa");
        classPath = Packing.path(
                Packing.runtimeInJar(folder.resolve("runtime.jar")),
                Packing.journeyInJar(folder.resolve("journey.jar")));
    }

    @Test
    void anArchiveThatWasMadeWithoutTheAgentIsUsedWithIt() {
        ChildJvm dump = java(List.of("-XX:ArchiveClassesAtExit=" + archive));
        assertThat(dump.output()).contains("The Weft agent is not attached");
        assertThat(archive).exists();

        ChildJvm child = java(List.of("-XX:SharedArchiveFile=" + archive, ChildJvm.agentOption()));

        assertThat(child.output()).contains(Journey.ARRIVED);
        assertThat(child.status()).isZero();
    }

    @Test
    void theJvmMakesNoArchiveWithTheAgentUnlessAllowedTo() {
        ChildJvm dump = java(List.of("-XX:ArchiveClassesAtExit=" + archive, ChildJvm.agentOption()));

        assertThat(dump.status()).isNotZero();
        assertThat(dump.output()).contains("AllowArchivingWithJavaAgent");
        assertThat(archive).doesNotExist();
    }

    @Test
    void anArchiveThatWasMadeWithTheAgentIsUsedWithItOrNotAtAll() {
        List<String> dumping = new ArrayList<>(WITH_AGENT);
        dumping.add("-XX:ArchiveClassesAtExit=" + archive);
        assertThat(java(dumping).output()).contains(Journey.ARRIVED);
        assertThat(archive).exists();

        List<String> using = new ArrayList<>(WITH_AGENT);
        using.add("-XX:SharedArchiveFile=" + archive);
        assertThat(java(using).output()).contains(Journey.ARRIVED);
        assertThat(java(List.of("-XX:SharedArchiveFile=" + archive, ChildJvm.agentOption()))
                        .output())
                .contains(Journey.ARRIVED);
    }

    @Test
    void anArchiveOfClassesThatWereRewrittenWhenTheyWereBuiltNeedsNoAgent() {
        String jar = folder.resolve("journey.jar").toString();
        String option = ChildJvm.agentOption("");
        ChildJvm built = ChildJvm.tool(
                folder,
                "java",
                List.of("-jar", option.substring("-javaagent:".length()), "--class-path", classPath, jar));
        assertThat(built.status()).as(built.output()).isZero();
        assertThat(java(List.of("-XX:ArchiveClassesAtExit=" + archive)).output())
                .contains(Journey.ARRIVED);

        ChildJvm child = java(List.of("-XX:SharedArchiveFile=" + archive, "-Xshare:on", "-Xlog:class+load"));

        assertThat(child.output()).contains(Journey.ARRIVED);
        assertThat(child.output().lines())
                .anyMatch(line -> line.contains(Journey.class.getName() + " source: shared objects file (top)"))
                .anyMatch(line -> line.contains("dev.weft.Task source: shared objects file (top)"));
    }

    private ChildJvm java(List<String> options) {
        List<String> arguments = new ArrayList<>(options);
        arguments.addAll(List.of("-cp", classPath, Journey.class.getName()));
        return ChildJvm.tool(folder, "java", arguments);
    }
}
