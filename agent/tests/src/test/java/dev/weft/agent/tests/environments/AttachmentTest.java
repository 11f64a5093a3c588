package dev.weft.agent.tests.environments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.agent.tests.ChildJvm;
import dev.weft.agent.tests.journey.Journey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent on the command line twice, or attached to a program that runs already: shape 67. */
class AttachmentTest {
    @TempDir
    Path folder;

    @Test
    void theFirstOfTwoAgentsCountsAndTheSecondSaysThatItsOptionsDoNot() throws IOException {
        Path report = folder.resolve("report.txt");

        ChildJvm child = ChildJvm.withOptions(
                Journey.class,
                List.of(
                        ChildJvm.agentOption("verify=true;report=" + report),
                        ChildJvm.agentOption("async=org.example.**")));

        assertThat(child.output())
                .contains(Journey.ARRIVED)
                .contains("attached already; its second options are ignored: async=org.example.**");
        assertThat(Files.readAllLines(report))
                .filteredOn(line -> line.contains("Journey.slow("))
                .hasSize(1);
    }

    @Test
    void theSameAgentTwiceIsNoMatter() {
        ChildJvm child =
                ChildJvm.withOptions(Journey.class, List.of(ChildJvm.agentOption(""), ChildJvm.agentOption("")));

        assertThat(child.output().strip()).isEqualTo(Journey.ARRIVED);
    }

    @Test
    void anAgentThatComesLateRewritesWhatIsLoadedLater() {
        String option = ChildJvm.agentOption("");
        String jar = option.substring("-javaagent:".length());

        ChildJvm child = ChildJvm.withOptions(
                LateProgram.class, List.of("-Djdk.attach.allowAttachSelf=true", "-XX:+EnableDynamicAgentLoading"), jar);

        List<String> lines = child.output().strip().lines().toList();
        assertThat(lines.get(0)).contains("The Weft agent is not attached");
        assertThat(lines).contains(Journey.ARRIVED);
        assertThat(lines.get(lines.size() - 1))
                .contains("LateProgram.early(LateProgram.java:")
                .contains("Its class was loaded before the agent was attached");
    }
}
