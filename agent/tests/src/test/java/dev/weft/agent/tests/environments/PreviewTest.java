package dev.weft.agent.tests.environments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Coroutine;
import dev.weft.agent.tests.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Class files with the mark of preview features: shape 68. */
class PreviewTest {
    @TempDir
    Path folder;

    @Test
    void classesOfPreviewsAreRewritten() throws IOException {
        Path source = Files.writeString(folder.resolve("Preview.java"), """
                import dev.weft.*;

                class Preview {
                    public static void main(String[] args) {
                        System.out.println(Asyncio.run(() -> previewed()));
                    }
                    @Async static String previewed() {
                        Asyncio.sleep(java.time.Duration.ZERO);
                        return "previewed";
                    }
                }
                """);
        Path runtime = Packing.location(Coroutine.class);
        String release = String.valueOf(Runtime.version().feature());
        Packing.javac("--release", release, "-cp", runtime.toString(), "-d", folder.toString(), source.toString());
        markAsPreview(folder.resolve("Preview.class"));

        ChildJvm child = ChildJvm.tool(
                folder,
                "java",
                List.of("--enable-preview", ChildJvm.agentOption(), "-cp", Packing.path(runtime, folder), "Preview"));

        assertThat(child.output().strip()).isEqualTo("previewed");
    }

    // javac does where a preview feature is used, which no two releases have in common
    private static void markAsPreview(Path classFile) throws IOException {
        byte[] bytes = Files.readAllBytes(classFile);
        bytes[4] = (byte) 0xFF; // minor version
        bytes[5] = (byte) 0xFF;
        Files.write(classFile, bytes);
    }
}
