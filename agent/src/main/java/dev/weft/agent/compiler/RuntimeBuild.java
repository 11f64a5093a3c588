package dev.weft.agent.compiler;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the build of the runtime needs beyond rewriting: the classes of its frames. */
public final class RuntimeBuild {
    private RuntimeBuild() {}

    /** Writes the class file of every {@link FrameShape} below the folder. */
    public static void writeFrameShapes(Path folder) throws IOException {
        for (FrameShape shape : FrameShape.all()) {
            Path file = folder.resolve(shape.className() + ".class");
            Files.createDirectories(file.getParent());
            Files.write(file, shape.classFile());
        }
    }
}
