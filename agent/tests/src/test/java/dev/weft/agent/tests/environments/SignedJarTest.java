package dev.weft.agent.tests.environments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.agent.tests.journey.Journey;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classes from a signed jar keep their signers, whatever was added to them. */
class SignedJarTest {
    @TempDir
    Path folder;

    @Test
    void signedClassesAreRewrittenAndKeepTheirSigners() throws Exception {
        Path jar = Packing.journeyInJar(folder.resolve("journey.jar"));
        Packing.sign(jar);

        ClassLoader parent = new RuntimeOnly();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, parent)) {
            Class<?> journey = loader.loadClass(Journey.class.getName());
            assertThat(journey.getDeclaredMethod("travel").invoke(null)).isEqualTo(Journey.ARRIVED);
            assertThat(journey.getSigners()).hasSize(1);
            assertThat(journey.getProtectionDomain().getCodeSource().getCodeSigners())
                    .hasSize(1);
            assertThat(Arrays.stream(journey.getDeclaredMethods()))
                    .anyMatch(method -> method.getName().equals("stations$async"));
        }
    }
}
