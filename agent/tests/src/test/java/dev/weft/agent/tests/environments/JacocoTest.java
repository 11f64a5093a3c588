package dev.weft.agent.tests.environments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.agent.tests.ChildJvm;
import dev.weft.agent.tests.journey.Journey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.jacoco.agent.AgentJar;
import org.jacoco.core.analysis.Analyzer;
import org.jacoco.core.analysis.CoverageBuilder;
import org.jacoco.core.analysis.IClassCoverage;
import org.jacoco.core.analysis.ICounter;
import org.jacoco.core.analysis.IMethodCoverage;
import org.jacoco.core.tools.ExecFileLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Code coverage by JaCoCo's agent, before ours on the command line and after it: shape 69. */
class JacocoTest {
    @TempDir
    Path folder;

    @Test
    void jacocoFirstTellsWhichLinesOfCoroutinesHaveRun() throws IOException {
        run(jacoco(), ChildJvm.agentOption());

        CoverageBuilder coverage = coverage();
        assertThat(coverage.getNoMatchClasses()).isEmpty();
        assertThat(method(coverage, "Journey", "slow").getLineCounter().getStatus())
                .isEqualTo(ICounter.FULLY_COVERED);
        assertThat(method(coverage, "Vehicle", "ride").getLineCounter().getStatus())
                .isEqualTo(ICounter.FULLY_COVERED);
        assertThat(method(coverage, "Journey", "failing").getLineCounter().getStatus())
                .isEqualTo(ICounter.FULLY_COVERED);
        // the call that throws, which JaCoCo never counts, and the line behind it
        assertThat(uncoveredLines(method(coverage, "Journey", "stations"))).hasSize(2);
    }

    @Test
    void jacocoSecondSeesClassesThatAreNoLongerThoseOnDisk() throws IOException {
        run(ChildJvm.agentOption(), jacoco());

        assertThat(coverage().getNoMatchClasses())
                .extracting(IClassCoverage::getName)
                .contains(Packing.JOURNEY + "/Journey");
    }

    private void run(String... agents) {
        ChildJvm child = ChildJvm.withOptions(Journey.class, List.of(agents));
        assertThat(child.output().strip()).isEqualTo(Journey.ARRIVED);
        assertThat(child.status()).isZero();
    }

    private String jacoco() throws IOException {
        Path jar = folder.resolve("jacocoagent.jar");
        AgentJar.extractTo(jar.toFile());
        return "-javaagent:" + jar + "=destfile=" + folder.resolve("jacoco.exec") + ",includes="
                + Journey.class.getPackageName() + ".*";
    }

    private CoverageBuilder coverage() throws IOException {
        ExecFileLoader data = new ExecFileLoader();
        data.load(folder.resolve("jacoco.exec").toFile());
        CoverageBuilder coverage = new CoverageBuilder();
        Analyzer analyzer = new Analyzer(data.getExecutionDataStore(), coverage);
        Path root = Packing.location(Journey.class);
        for (Path file : Packing.classFiles(root, Packing.JOURNEY)) {
            analyzer.analyzeClass(Files.readAllBytes(root.resolve(file)), file.toString());
        }
        return coverage;
    }

    private static IMethodCoverage method(CoverageBuilder coverage, String type, String name) {
        return coverage.getClasses().stream()
                .filter(known -> known.getName().equals(Packing.JOURNEY + "/" + type))
                .flatMap(known -> known.getMethods().stream())
                .filter(method -> method.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<Integer> uncoveredLines(IMethodCoverage method) {
        return IntStream.rangeClosed(method.getFirstLine(), method.getLastLine())
                .filter(line -> method.getLine(line).getStatus() == ICounter.NOT_COVERED)
                .boxed()
                .toList();
    }
}
