package dev.weft.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The layers of the agent. */
class ArchitectureTest {
    private static final Path COMPILER = Path.of("src/main/java/dev/weft/agent/compiler");
    private static final String PACKAGE_OF_THE_RUNTIME = "dev/weft/";

    private static final JavaClasses AGENT = new ClassFileImporter()
            .importUrl(Agent.class.getProtectionDomain().getCodeSource().getLocation());

    @Test
    void compilerKnowsNothingOfTheJvmAndOfTheGlue() {
        noClasses()
                .that()
                .resideInAPackage("dev.weft.agent.compiler")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.lang.instrument", "java.lang.management", "dev.weft.agent", "net.bytebuddy..")
                .check(AGENT);
    }

    @Test
    void onlyTheCompilerSeesAsm() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.weft.agent.compiler")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.objectweb.asm..")
                .check(AGENT);
    }

    @Test
    void agentDoesNotLinkWithTheRuntime() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.jspecify.annotations",
                        "org.objectweb.asm..",
                        "net.bytebuddy..",
                        "dev.weft.agent..")
                .check(AGENT);
    }

    @Test
    void namesOfTheRuntimeStandInOneFile() throws IOException {
        List<String> elsewhere = new ArrayList<>();
        try (Stream<Path> files = Files.list(COMPILER)) {
            for (Path file : files.sorted().toList()) {
                if (file.endsWith("RuntimeNames.java")) {
                    continue;
                }
                for (String line : Files.readAllLines(file)) {
                    if (line.contains(PACKAGE_OF_THE_RUNTIME)) {
                        elsewhere.add(file.getFileName() + ": " + line.strip());
                    }
                }
            }
        }
        assertThat(elsewhere).isEmpty();
    }
}
