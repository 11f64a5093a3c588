package dev.weft.agent.tests.libraries;

import java.util.Map;

/**
 * The published tests of a library.
 *
 * @param artifact how the names of its two jars begin
 * @param selected the packages of library and tests, as the agent's option {@code async} wants them
 * @param every how many calls of the leaf it takes to suspend
 * @param leftOut tests that do not run at all, by a regular expression of their unique ids: those that take too long
 * @param explained tests that cannot pass when rewritten, by a part of their unique ids, and why
 */
record Suite(String artifact, String selected, int every, String leftOut, Map<String, String> explained) {
    static Suite of(String artifact, String selected) {
        return new Suite(artifact, selected, 1, "none", Map.of());
    }

    Suite every(int calls) {
        return new Suite(artifact, selected, calls, leftOut, explained);
    }

    Suite without(String uniqueIds) {
        return new Suite(artifact, selected, every, uniqueIds, explained);
    }

    Suite explained(Map<String, String> reasons) {
        return new Suite(artifact, selected, every, leftOut, reasons);
    }

    boolean isExplained(String test) {
        return explained.keySet().stream().anyMatch(test::contains);
    }

    @Override
    public String toString() {
        return artifact;
    }
}
