package dev.weft.agent.tests.environments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Coroutine;
import dev.weft.agent.tests.ChildJvm;
import dev.weft.agent.tests.journey.Journey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users' code and the runtime in named modules. No package is exported or opened. */
class NamedModulesTest {
    private static final String MAIN = "journey/" + Journey.class.getName();

    @TempDir
    Path folder;

    @Test
    void aNamedModuleIsRewritten() throws IOException {
        Path module = module();

        ChildJvm child = ChildJvm.tool(
                folder,
                "java",
                List.of(ChildJvm.agentOption(), "--module-path", Packing.path(runtime(), module), "--module", MAIN));

        assertThat(child.output().strip()).isEqualTo(Journey.ARRIVED);
    }

    @Test
    void anImageOfModulesIsRewritten() throws IOException {
        Path image = folder.resolve("image");
        ChildJvm link = ChildJvm.tool(
                folder,
                "jlink",
                List.of(
                        "--module-path",
                        Packing.path(runtime(), module()),
                        "--add-modules",
                        "journey,java.instrument",
                        "--output",
                        image.toString()));
        assertThat(link.status()).as(link.output()).isZero();

        ChildJvm child = ChildJvm.run(
                folder, image.resolve("bin").resolve("java").toString(), List.of(ChildJvm.agentOption(), "-m", MAIN));

        assertThat(child.output().strip()).isEqualTo(Journey.ARRIVED);
    }

    private static Path runtime() {
        return Packing.location(Coroutine.class);
    }

    private Path module() throws IOException {
        Path module = Packing.journeyInFolder(folder.resolve("module"));
        Path source = Files.writeString(folder.resolve("module-info.java"), "module journey { requires dev.weft; }");
        Packing.javac(
                "--release", "17", "--module-path", runtime().toString(), "-d", module.toString(), source.toString());
        return module;
    }
}
