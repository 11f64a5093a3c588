package dev.weft.benchmarks.report;

import java.nio.file.Path;

/** Where things are: the project's folder, and the agent's jar. */
record Places(Path project, Path agent) {
    /** For what need not be kept. */
    Path target() {
        return project.resolve("benchmarks/target");
    }

    Path results() {
        return project.resolve("benchmarks/results");
    }

    Path python() {
        return project.resolve("benchmarks/src/main/python/asyncio_workloads.py");
    }

    Path readme() {
        return project.resolve("README.md");
    }
}
