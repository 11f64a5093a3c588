package dev.weft.benchmarks.report;

import java.nio.file.Path;

/** Where things are: the project's folder, and the agent's jar. */
public record Places(Path project, Path agent) {
    /** For what need not be kept. */
    public Path target() {
        return project.resolve("benchmarks/target");
    }

    /** For what is kept. */
    public Path results() {
        return project.resolve("benchmarks/results");
    }

    /** A script. */
    public Path python(String file) {
        return project.resolve("benchmarks/src/main/python").resolve(file);
    }

    Path readme() {
        return project.resolve("README.md");
    }
}
