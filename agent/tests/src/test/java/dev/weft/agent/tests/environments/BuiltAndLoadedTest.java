package dev.weft.agent.tests.environments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Coroutine;
import dev.weft.agent.tests.ChildJvm;
import dev.weft.agent.tests.journey.Journey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Class files that were rewritten when they were built, with and without the agent: shape 67. */
class BuiltAndLoadedTest {
    @TempDir
    Path folder;

    private String classPath;

    @BeforeEach
    void rewriteAtBuild() throws IOException {
        Path runtime = Packing.location(Coroutine.class);
        Path classes = Packing.journeyInFolder(folder.resolve("classes"));
        String agent = ChildJvm.agentOption("").substring("-javaagent:".length());
        ChildJvm build = ChildJvm.tool(
                folder, "java", List.of("-jar", agent, classes.toString(), runtime.toString(), classes.toString()));
        assertThat(build.status()).as(build.output()).isZero();
        classPath = Packing.path(runtime, classes);
    }

    @Test
    void theyNeedNoAgent() {
        ChildJvm child = ChildJvm.tool(folder, "java", List.of("-cp", classPath, Journey.class.getName()));

        assertThat(child.output().strip()).isEqualTo(Journey.ARRIVED);
    }

    @Test
    void theAgentLeavesThemAsTheyAre() throws IOException {
        Path report = folder.resolve("report.txt");

        ChildJvm child = ChildJvm.tool(
                folder,
                "java",
                List.of(
                        ChildJvm.agentOption("verify=true;report=" + report),
                        "-cp",
                        classPath,
                        Journey.class.getName()));

        assertThat(child.output().strip()).isEqualTo(Journey.ARRIVED);
        assertThat(Files.readString(report)).isEmpty();
    }
}
