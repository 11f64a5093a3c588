package dev.weft.benchmarks.report;

import java.util.Arrays;

/** Who takes part. Order is that of the columns; the constant's id is the name of the benchmark methods. */
enum Contender {
    WEFT("weft", "Weft"),
    CALLBACKS("callbacks", "callbacks"),
    PLAIN("plain", "plain Java"),
    KOTLIN("kotlin", "Kotlin coroutines"),
    VIRTUAL_THREADS("virtualThreads", "virtual threads"),
    COMPLETABLE_FUTURE("completableFuture", "CompletableFuture"),
    EA_ASYNC("eaAsync", "ea-async"),
    PYTHON("python", "Python asyncio");

    final String id;
    final String label;

    Contender(String id, String label) {
        this.id = id;
        this.label = label;
    }

    static Contender of(String id) {
        return Arrays.stream(values())
                .filter(contender -> contender.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "No contender is called " + id + ": a benchmark method of the comparison is named as one of "
                                + Arrays.stream(values()).map(each -> each.id).toList()));
    }

    /** Whether its program needs the agent, or is what Weft is held against and so runs under the same conditions. */
    boolean runsWithAgent() {
        return this == WEFT || this == CALLBACKS || this == PLAIN;
    }

    /** Whether it exists on a JDK of this feature version. */
    boolean runsOn(int jdk) {
        return this != VIRTUAL_THREADS || jdk >= 21;
    }
}
