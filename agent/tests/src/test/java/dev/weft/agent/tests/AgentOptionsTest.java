package dev.weft.agent.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the options of the agent do, and what it leaves alone. */
class AgentOptionsTest {
    private static final String UNANNOTATED = "async=dev.weft.agent.tests.AgentOptionsPrograms$Unannotated";

    @TempDir
    Path folder;

    @Test
    void reportListsRewrittenMethodsWithTheirLinesAndRefusedOnesWithTheReason() throws IOException {
        Path report = folder.resolve("report.txt");

        ChildJvm child = run(UNANNOTATED + ";report=" + report);

        assertThat(child.output()).contains("slept 2");
        assertThat(Files.readAllLines(report))
                .anyMatch(
                        line -> line.matches(
                                "rewritten dev\\.weft\\.agent\\.tests\\.AgentOptionsPrograms\\$Unannotated\\.twice\\(\\)I lines \\d+,\\d+"))
                .anyMatch(line -> line.startsWith("refused ")
                        && line.contains("Unannotated.locked(AgentOptionsPrograms.java:")
                        && line.contains("synchronized"));
    }

    @Test
    void aSelectedMethodThatIsRefusedStaysAsItWas() {
        ChildJvm child = run(UNANNOTATED);

        assertThat(child.output())
                .contains("locked without suspending: 1", "locked and suspending: IllegalStateException");
    }

    @Test
    void withoutTheOptionTheMethodsArePlain() {
        assertThat(run("").output()).contains("twice: IllegalStateException");
    }

    @Test
    void anUnknownOptionEndsTheJvmAndNamesTheKnownOnes() {
        ChildJvm child = run("verfy=true");

        assertThat(child.status()).isNotZero();
        assertThat(child.output()).contains("verfy", "async=", "report=", "verify=");
    }

    @Test
    void rewritingLoadsNoClassOfTheProgram() {
        ChildJvm child = ChildJvm.withAgentOptions(AgentOptionsPrograms.class, UNANNOTATED, "-Xlog:class+load");

        // what comes later is the runtime's search for the culprit of an error
        String untilRun = child.output().substring(0, child.output().indexOf("slept 2"));
        assertThat(untilRun)
                .contains("$Unannotated source:")
                .doesNotContain("$NeverUsed source:", "$NeverUsedBase source:");
    }

    @Test
    void withoutTheAgentNothingRuns() {
        ChildJvm child = ChildJvm.withoutAgent(BadUsePrograms.class);

        assertThat(child.status()).isNotZero();
        assertThat(child.output().lines().filter(line -> line.startsWith("Exception")))
                .singleElement()
                .asString()
                .contains("IllegalStateException", "-javaagent:weft-agent.jar")
                .containsPattern("BadUsePrograms\\.main\\(BadUsePrograms\\.java:\\d+\\)");
    }

    private static ChildJvm run(String agentOptions) {
        return ChildJvm.withAgentOptions(AgentOptionsPrograms.class, agentOptions);
    }
}
