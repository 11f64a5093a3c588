package dev.weft.agent.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Where class files are: a folder or a jar. Their paths within it have slashes, as in jars. */
sealed interface Place permits Folder, Jar {
    static Place of(Path path) throws BuildException {
        if (Files.isDirectory(path)) {
            return new Folder(path);
        }
        if (!Files.isRegularFile(path)) {
            throw new BuildException("there is no folder or jar " + path);
        }
        return new Jar(path);
    }

    Path path();

    /** All class files, by their paths, in the order that they have there. */
    Map<String, byte[]> classFiles() throws IOException;

    /** Whether it is signed, so that no class may be changed. */
    boolean isSigned() throws IOException;

    /**
     * Copies the place to the target, which may be the place itself, with other contents of some files; if there are
     * any, signatures are left out.
     */
    void write(Map<String, byte[]> changed, Path target) throws IOException;
}
