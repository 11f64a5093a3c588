package dev.weft.agent.tests.debugging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.weft.agent.tests.debugging.DebuggedJvm.Stop;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.MapAssert;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What people see who debug rewritten code. */
class DebuggingTest {
    private static List<Stop> stops;

    @BeforeAll
    static void runUnderADebugger() throws Exception {
        stops = stops("verify=true");
    }

    private static List<Stop> stops(String agentOptions) throws Exception {
        try (DebuggedJvm jvm = DebuggedJvm.start(DebuggedPrograms.class, agentOptions)) {
            return jvm.stops();
        }
    }

    @Test
    void eachBreakpointIsHitOnceForEachExecutionOfItsLine() {
        Map<String, Integer> hits = new HashMap<>();
        stops.forEach(stop -> hits.merge(stop.mark(), 1, Integer::sum));

        assertThat(hits)
                .containsEntry("suspends in a loop", 3)
                .containsEntry("in a loop", 3)
                .hasSize(22)
                .allSatisfy((mark, count) -> assertThat(count).isEqualTo(mark.endsWith("in a loop") ? 3 : 1));
    }

    @Test
    void allVariablesAreThereBeforeASuspension() {
        variables("before").containsOnly(EVERY_KIND);
        variables("suspends").containsOnly(EVERY_KIND);
    }

    @Test
    void allVariablesAreThereAfterASuspension() {
        variables("after").containsOnly(EVERY_KIND);
        variables("two lines after").containsOnly(EVERY_KIND);
        assertThat(stop("after").method()).isEqualTo("everyKindOfVariable$resume");
    }

    @Test
    void thisIsThereAfterASuspension() {
        assertThat(stop("before").self()).isEqualTo("a name");
        assertThat(stop("after").self()).isEqualTo("a name");
        assertThat(stop("in a lambda").self()).isEqualTo("a name");
        assertThat(stop("in an interface").self()).isNotNull();
        assertThat(stop("in a block").self()).isNull();
    }

    @Test
    void variableMayBeginWithTheResultOfASuspension() {
        variables("in a block")
                .containsOnly(
                        entry("int outer", "1"),
                        entry("String inner", "inner"),
                        entry("String reply", "reply to inner"));
    }

    @Test
    void variableEndsWithItsBlock() {
        variables("behind a block").containsOnly(entry("int outer", "1"), entry("long other", "2"));
    }

    @Test
    void lambdasHaveTheirParametersAndCaptures() {
        variables("in a lambda")
                .containsOnly(
                        entry("String captured", "captured"),
                        entry("Integer number", "java.lang.Integer"),
                        entry("String reply", "reply to captured"));
    }

    @Test
    void handlersHaveTheirExceptionAfterAFailedSuspension() {
        variables("in a handler")
                .containsOnly(
                        entry("IllegalStateException e", "java.lang.IllegalStateException"),
                        entry("String before", "before"));
        variables("in a finally block").containsOnly(entry("String before", "before"));
    }

    @Test
    void loopsHaveTheVariablesOfTheRound() {
        assertThat(stopsAt("in a loop"))
                .extracting(Stop::variables)
                .containsExactly(
                        Map.of("int i", "0", "int sum", "0", "String reply", "reply to x0"),
                        Map.of("int i", "1", "int sum", "11", "String reply", "reply to x1"),
                        Map.of("int i", "2", "int sum", "22", "String reply", "reply to x2"));
    }

    @Test
    void withoutADebuggerVariablesThatNobodyReadsAreNotListed() throws Exception {
        List<Stop> lean = stops("verify=true;debug=false");

        assertThat(stop(lean, "after").variables())
                .containsOnly(
                        entry("String text", "text"),
                        entry("long wide", "12"),
                        entry("boolean flag", "true"),
                        entry("int[] array", "[1, 2]"));
        assertThat(stop(lean, "while a variable is stale").variables()).isEmpty();
        assertThat(stop(lean, "stored again").variables()).containsOnly(entry("String text", "second"));
        for (Stop stop : stops) { // there may be less, but nothing else
            assertThat(lean).anySatisfy(other -> {
                assertThat(other.mark()).isEqualTo(stop.mark());
                assertThat(stop.variables()).containsAllEntriesOf(other.variables());
            });
        }
    }

    @Test
    void stepOverACallThatDoesNotSuspendLeadsToTheNextLine() throws Exception {
        try (DebuggedJvm jvm = DebuggedJvm.start(DebuggedPrograms.class, "verify=true")) {
            int line = jvm.nextAt("step from here").line();

            assertThat(jvm.stepOver().line()).isEqualTo(line + 1);
            assertThat(jvm.stepOver().mark()).isEqualTo("suspends after steps");
        }
    }

    /** The method returns, and its caller too; the thread then runs other tasks. So the way over is a breakpoint. */
    @Test
    void stepOverASuspensionLeadsToTheCaller() throws Exception {
        try (DebuggedJvm jvm = DebuggedJvm.start(DebuggedPrograms.class, "verify=true")) {
            jvm.nextAt("suspends after steps");

            assertThat(jvm.stepOver().method()).isEqualTo("all$resume");
            assertThat(jvm.next().mark()).isEqualTo("after the steps");
            assertThat(jvm.stepOver().method()).isEqualTo("steps$resume");
        }
    }

    @Test
    void stepIntoLeadsToTheSourceOfTheCallee() throws Exception {
        try (DebuggedJvm jvm = DebuggedJvm.start(DebuggedPrograms.class, "verify=true")) {
            jvm.nextAt("step from here");
            jvm.stepOver();

            assertThat(jvm.stepInto().method()).isEqualTo("answer");
            jvm.nextAt("suspends after steps");
            Stop into = jvm.stepInto();
            assertThat(into.method()).isEqualTo("send$async");
            assertThat(into.variables()).containsOnly(entry("String text", "text"));
        }
    }

    // without verify=true, which leaves copies of classes behind
    @Test
    void aMethodMayBeEditedSoThatItSuspends() throws Exception {
        try (DebuggedJvm jvm = DebuggedJvm.start(DebuggedPrograms.class, "")) {
            Stop before = jvm.nextAt("before the edit");
            assertThat(before.variables()).contains(entry("String before", "as it was"));
            jvm.edit("Edited", "return \"as it was\";", "String reply = send(name); return name + reply;");

            assertThat(jvm.nextAt("after the edit").variables())
                    .contains(entry("String after", "someonereply to someone"));
        }
    }

    private static final Map.Entry<String, String>[] EVERY_KIND = entries(
            entry("String text", "text"),
            entry("long wide", "12"),
            entry("byte small", "1"),
            entry("short little", "2"),
            entry("char letter", "c"),
            entry("boolean flag", "true"),
            entry("int number", "5"),
            entry("float single", "1.5"),
            entry("double twice", "2.5"),
            entry("int[] array", "[1, 2]"),
            entry("String unread", "unread"));

    @SafeVarargs
    private static Map.Entry<String, String>[] entries(Map.Entry<String, String>... entries) {
        return entries;
    }

    private static MapAssert<String, String> variables(String mark) {
        return assertThat(stop(mark).variables()).as(mark);
    }

    private static Stop stop(String mark) {
        return stop(stops, mark);
    }

    private static Stop stop(List<Stop> stops, String mark) {
        return stops.stream()
                .filter(stop -> stop.mark().equals(mark))
                .findFirst()
                .orElseThrow(() -> new AssertionError("never at: " + mark));
    }

    private static List<Stop> stopsAt(String mark) {
        return stops.stream().filter(stop -> stop.mark().equals(mark)).toList();
    }
}
