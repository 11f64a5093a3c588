package dev.weft.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PlanTest {
    private static final Jdk OLD = new Jdk(Path.of("old"), 17, "17");
    private static final Jdk NEW = new Jdk(Path.of("new"), 25, "25");

    @Test
    void contendersOfAVariantFollowEachOther() {
        assertThat(steps(plan("Switch"), 1))
                .containsExactly(
                        "25 tasks=1 weft",
                        "25 tasks=1 kotlin",
                        "25 tasks=1 virtualThreads",
                        "17 tasks=1 weft",
                        "17 tasks=1 kotlin",
                        "17 tasks=1000 weft",
                        "17 tasks=1000 kotlin",
                        "25 tasks=1000 weft",
                        "25 tasks=1000 kotlin",
                        "25 tasks=1000 virtualThreads");
    }

    @Test
    void theNextRoundBeginsWithOthers() {
        assertThat(steps(plan("Switch"), 2))
                .containsExactly(
                        "17 tasks=1 weft",
                        "17 tasks=1 kotlin",
                        "25 tasks=1 virtualThreads",
                        "25 tasks=1 weft",
                        "25 tasks=1 kotlin",
                        "25 tasks=1000 virtualThreads",
                        "25 tasks=1000 weft",
                        "25 tasks=1000 kotlin",
                        "17 tasks=1000 weft",
                        "17 tasks=1000 kotlin");
    }

    @Test
    void wordsChooseWorkloadsAndOptionsTheRest() {
        Request request = Request.parse(false, List.of("rounds=3", "contenders=weft,kotlin", "jdks=25", "pingpong"));

        assertThat(request.rounds()).isEqualTo(3);
        assertThat(request.wants(new Cell("PingPong", "", Contender.KOTLIN))).isTrue();
        assertThat(request.wants(new Cell("Switch", "", Contender.KOTLIN))).isFalse();
        assertThat(request.wants(Contender.EA_ASYNC)).isFalse();
        assertThat(request.wants(NEW)).isTrue();
        assertThat(request.wants(OLD)).isFalse();
        assertThat(request.isWhole()).isFalse();
        assertThat(Request.parse(false, List.of("rounds=2")).isWhole()).isTrue();
        assertThat(Request.parse(true, List.of()).isWhole()).isFalse();
    }

    @Test
    void unknownOptionsAndContendersAreRefused() {
        assertThatThrownBy(() -> Request.parse(false, List.of("round=3"))).hasMessageContaining("round=3: only");
        assertThatThrownBy(() -> Request.parse(false, List.of("contenders=quasar")))
                .hasMessageContaining("No contender is called quasar");
    }

    @Test
    void parametersAreCombined() {
        Map<String, String[]> parameters = new TreeMap<>(Map.of("a", new String[] {"1", "2"}, "b", new String[] {"x"}));
        assertThat(Program.choices(parameters)).containsExactly(Map.of("a", "1", "b", "x"), Map.of("a", "2", "b", "x"));
        assertThat(Program.choices(Map.of())).containsExactly(Map.of());
    }

    @Test
    void flagsAreListedOnce() {
        assertThat(plan("Switch").jvmArguments()).isEqualTo(Map.of("Switch", "-Done"));
    }

    private static Plan plan(String workload) {
        List<Program> programs = List.of("tasks=1000", "tasks=1").stream()
                .flatMap(variant -> List.of(Contender.VIRTUAL_THREADS, Contender.KOTLIN, Contender.WEFT).stream()
                        .map(contender ->
                                new Program(new Cell(workload, variant, contender), "", Map.of(), List.of("-Done"))))
                .toList();
        return Plan.of(programs, List.of(OLD, NEW), Request.parse(false, List.of()));
    }

    private static List<String> steps(Plan plan, int round) {
        return plan.round(round).stream()
                .map(step -> step.jdk().feature() + " " + step.program().cell().variant() + " "
                        + step.program().cell().contender().id)
                .toList();
    }
}
