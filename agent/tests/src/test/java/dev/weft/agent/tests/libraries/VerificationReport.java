package dev.weft.agent.tests.libraries;

import dev.weft.agent.tests.libraries.Verification.Reason;

/** What {@link Verification} has found, as a table and as a list of what should not be. */
final class VerificationReport {
    static final String HEADER = """
            | jar | classes | of them older than Java 8 | methods with code | rewritten | suspension points \
            | postponed `new` | refused: synchronized method | synchronized block | too large | anything else \
            | classes refused | link failures | of the untouched jar |
            |---|---|---|---|---|---|---|---|---|---|---|---|---|---|
            """;

    private VerificationReport() {}

    static String row(Verification of) {
        return "| %s | %,d | %,d | %,d | %,d | %,d | %,d | %,d | %,d | %,d | %,d | %,d | %,d | %,d |%n"
                .formatted(
                        of.jar.name(),
                        of.jar.classFiles().size(),
                        of.old,
                        of.methods,
                        of.rewritten,
                        of.points,
                        of.postponed,
                        of.refused.getOrDefault(Reason.SYNCHRONIZED_METHOD, 0),
                        of.refused.getOrDefault(Reason.SYNCHRONIZED_BLOCK, 0),
                        of.refused.getOrDefault(Reason.TOO_LARGE, 0),
                        of.refused.getOrDefault(Reason.OTHER, 0),
                        of.compilerFailures.size(),
                        of.linkFailures.size(),
                        of.linkFailuresUntouched.size());
    }

    static String complaints(Verification of) {
        StringBuilder text = new StringBuilder();
        of.compilerFailures.forEach(
                failure -> text.append("class refused: ").append(failure).append('\n'));
        of.strangeRefusals.forEach(
                refusal -> text.append("refused: ").append(refusal).append('\n'));
        of.newLinkFailures()
                .forEach((name, failure) -> text.append("does not link: ")
                        .append(name)
                        .append(": ")
                        .append(failure)
                        .append('\n'));
        return text.toString();
    }
}
