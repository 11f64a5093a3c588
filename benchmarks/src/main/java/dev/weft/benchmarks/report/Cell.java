package dev.weft.benchmarks.report;

import java.util.Set;

/** One figure of the comparison: a workload in one variant ({@code depth=5 inlined=true}, or empty) by one contender. */
record Cell(String workload, String variant, Contender contender) {
    /** The workload whose figures are bytes of heap for each parked task, and whose programs are no benchmarks of JMH. */
    static final String PARKED = "ParkedTasks";

    private static final Set<String> OF_THE_WHOLE_PROCESS = Set.of("Skynet", "Sleeps", "Submit");

    /** The figure that counts: nanoseconds of processor time, or bytes of heap. */
    double value(Figures figures) {
        if (isHeap()) {
            return figures.processBytes();
        }
        return countsProcess() ? figures.processCpu() : figures.threadCpu();
    }

    /** Allocated bytes that belong to that figure. */
    double bytes(Figures figures) {
        return countsProcess() ? figures.processBytes() : figures.threadBytes();
    }

    boolean isHeap() {
        return workload.equals(PARKED);
    }

    /** Whether other threads, the collector's among them, do a good part of the work, whoever contends. */
    boolean usesOtherThreads() {
        return OF_THE_WHOLE_PROCESS.contains(workload);
    }

    /** Whether the processor time of the whole process counts, and not that of the benchmark's thread. */
    boolean countsProcess() {
        return usesOtherThreads() || contender == Contender.VIRTUAL_THREADS || contender == Contender.PYTHON;
    }

    /** Whether one invocation takes seconds. */
    boolean isLong() {
        return workload.equals("Sleeps");
    }

    /** The figure with its unit. */
    String written(double value) {
        return isHeap() ? Amount.bytes(value) : Amount.time(value);
    }

    Cell of(Contender other) {
        return new Cell(workload, variant, other);
    }

    @Override
    public String toString() {
        return (workload + " " + variant).strip() + " " + contender.id;
    }
}
