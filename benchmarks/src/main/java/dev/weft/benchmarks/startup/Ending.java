package dev.weft.benchmarks.startup;

/** The end of a measured program. */
final class Ending {
    private Ending() {}

    /** Prints how many milliseconds processors have worked for this JVM, and ends it. */
    static void print() {
        System.out.println("cpu "
                + ProcessHandle.current()
                        .info()
                        .totalCpuDuration()
                        .orElseThrow()
                        .toMillis());
        System.exit(0);
    }
}
