package dev.weft.agent.tests.environments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.agent.tests.ChildJvm;
import dev.weft.agent.tests.journey.Journey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Agents that instrument the same classes, before ours and after it: shape 69. */
class OtherAgentsTest {
    @TempDir
    Path folder;

    @Test
    void adviceBeforeUsIsPartOfWhatSuspends() throws IOException {
        run(advice(AdviceAgent.LOADING), ChildJvm.agentOption(""));
    }

    @Test
    void adviceAfterUsGoesAroundWhatWeAdded() throws IOException {
        run(ChildJvm.agentOption(), advice(AdviceAgent.RETRANSFORMING));
    }

    @Test
    void adviceThatRetransformsLoadedClassesKeepsWhatWeAdded() throws IOException {
        run(ChildJvm.agentOption(""), advice(AdviceAgent.LATE));
    }

    private void run(String... agents) {
        ChildJvm child = ChildJvm.withOptions(AdvisedJourney.class, List.of(agents));
        assertThat(child.output().lines().filter(Journey.ARRIVED::equals)).hasSize(2);
        assertThat(child.output())
                .contains("entered, left as often: true, failed: true")
                .doesNotContain("[Byte Buddy] ERROR");
    }

    private String advice(String kind) throws IOException {
        Path jar = Packing.agentJar(folder.resolve("advice.jar"), AdviceAgent.class);
        return "-javaagent:" + jar + "=" + kind + Journey.class.getPackageName();
    }
}
