package dev.weft.agent.tests.libraries;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Libraries' own tests, library and tests rewritten by the agent and suspended behind their calls: what passes untouched
 * passes then too.
 */
@Timeout(value = 2, unit = TimeUnit.HOURS)
class SuiteRun {
    private static final Path TABLE =
            Path.of("target", "libraries", "suites-" + Runtime.version().feature() + ".md");

    static List<Suite> suites() {
        return List.of(
                Suite.of("commons-csv", "org.apache.commons.csv.**")
                        .without(".*PerformanceTest.*")
                        .explained(Map.of("testEqualsHash", "calls each method that reflection shows it")),
                Suite.of("commons-codec", "org.apache.commons.codec.**").every(7),
                Suite.of("commons-text", "org.apache.commons.text.**").every(29),
                Suite.of("commons-collections4", "org.apache.commons.collections4.**")
                        .every(29),
                Suite.of("commons-lang3", "org.apache.commons.lang3.**")
                        .every(101)
                        .without(".*(DurationFormatUtils|FastDateParser_TimeZone|RandomUtils|RandomStringUtils).*")
                        .explained(Map.of(
                                "testStringUtilsCharSequenceContract", "judges each method that reflection shows it")),
                Suite.of("commons-jexl3", "org.apache.commons.jexl3.**")
                        .every(7)
                        .explained(Map.of(
                                "CacheTest", "looks for its caller in the stack trace",
                                "test301a", "looks for an x in a message, and finds it in the name of its caller",
                                "AnnotationTest]/[method:testSynchronized()", "fails now and then untouched",
                                "ScriptCallableTest]/[method:testTimeout()", "measures time, and fails untouched")));
    }

    @BeforeAll
    static void beginTable() throws IOException {
        Files.writeString(TABLE, """
                | suite | a suspension every | tests | pass untouched | pass rewritten | differ | suspensions |
                |---|---|---|---|---|---|---|
                """);
    }

    @ParameterizedTest
    @MethodSource("suites")
    void testsPassAsTheyDoUntouched(Suite suite) throws Exception {
        SuiteJvm untouched = SuiteJvm.untouched(suite);
        SuiteJvm rewritten = SuiteJvm.rewritten(suite);
        Map<String, String> different = new TreeMap<>(untouched.outcomes());
        rewritten.outcomes().forEach((test, outcome) -> different.merge(test, outcome, SuiteRun::difference));
        different.values().removeIf(String::isEmpty);
        Files.writeString(
                TABLE,
                "| %s | %d | %,d | %,d | %,d | %,d | %,d |%n"
                        .formatted(
                                suite,
                                suite.every(),
                                untouched.outcomes().size(),
                                successes(untouched),
                                successes(rewritten),
                                different.size(),
                                rewritten.suspensions()),
                StandardOpenOption.APPEND);
        different.keySet().removeIf(suite::isExplained);
        assertThat(different).isEmpty();
        assertThat(rewritten.suspensions()).isGreaterThan(1_000);
    }

    private static String difference(String untouched, String rewritten) {
        return untouched.equals(rewritten) ? "" : "untouched " + untouched + ", rewritten " + rewritten;
    }

    private static long successes(SuiteJvm run) {
        return run.outcomes().values().stream().filter("SUCCESSFUL"::equals).count();
    }
}
