package dev.weft.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    @TempDir
    Path folder;

    private final Sample sample = new Sample()
            .cpu(1, 17, Sample.WEFT, 15)
            .cpu(1, 17, Sample.KOTLIN, 45)
            .failed(1, 17, Sample.WEFT.of(Contender.EA_ASYNC), "a.B: no | way")
            .cpu(1, 25, Sample.WEFT, 10)
            .cpu(1, 25, Sample.KOTLIN, 50)
            .cpu(1, 25, Sample.THREADS, 6000)
            .heap(1, 25, Sample.PARKED, 129.25);

    @Test
    void figuresHaveUnitsBytesAndRatios() {
        assertThat(new FigureTable(sample.results(), 25).lines())
                .containsExactly(
                        "| | Weft | Kotlin coroutines | virtual threads |",
                        "|---|---|---|---|",
                        "| switch, 1,000 tasks | 10.0 ns (16.0 B) | 50.0 ns (16.0 B), 5.00x | 12.0 us (24.0 B), 1,200x |",
                        "| heap of a parked task, 1 call deep | 129 B |  |  |");
    }

    @Test
    void failuresAreExplainedBelow() {
        assertThat(new FigureTable(sample.results(), 17).lines())
                .containsExactly(
                        "| | Weft | Kotlin coroutines | ea-async |",
                        "|---|---|---|---|",
                        "| switch, 1,000 tasks | 15.0 ns (16.0 B) | 45.0 ns (16.0 B), 3.00x | fails (1) |",
                        "",
                        "(1) a.B: no / way");
    }

    @Test
    void goalsTellWhereTheyAreMissed() {
        assertThat(new GoalTable(sample.results()).lines())
                .containsExactly(
                        "| measure | goal | aim | JDK 17 | JDK 25 | met |",
                        "|---|---|---|---|---|---|",
                        "| switch, 1,000 tasks, against Kotlin coroutines | at least 4x | 5x | 3.00x | 5.00x | **no** on 17 |",
                        "| switch, 1,000 tasks, against virtual threads | at least 15x | 20x |  | 1,200x | yes |",
                        "| heap of a parked task, 1 call deep | at most 150 B | 110 B |  | 129 B | yes |");
    }

    @Test
    void goalsMayDifferByJdk() {
        Cell recursion = new Cell("Recursion", "", Contender.WEFT);
        Results results = new Sample()
                .cpu(1, 17, recursion, 10)
                .cpu(1, 17, recursion.of(Contender.KOTLIN), 15)
                .cpu(1, 25, recursion, 10)
                .cpu(1, 25, recursion.of(Contender.KOTLIN), 15)
                .results();

        assertThat(new GoalTable(results).lines())
                .contains("| recursion 100 deep and unwind, against Kotlin coroutines | at least 2x / 1.3x | 3x / 1.7x"
                        + " | 1.50x | 1.50x | **no** on 17 |");
    }

    @Test
    void shortTableStandsBetweenTheMarksOfTheReadme() throws IOException {
        Path readme = Files.writeString(
                folder.resolve("README.md"), "before\n<!-- comparison -->\nold\n<!-- /comparison -->\nafter\n");

        assertThat(new ReadmeTable(sample.results()).putInto(readme)).isTrue();
        assertThat(Files.readAllLines(readme))
                .containsExactly(
                        "before",
                        "<!-- comparison -->",
                        "| JDK 25 | Weft | Kotlin coroutines | virtual threads |",
                        "|---|---|---|---|",
                        "| switch, 1,000 tasks | 10.0 ns | 50.0 ns, 5.00x | 12.0 us, 1,200x |",
                        "| heap of a parked task, 1 call deep | 129 B |  |  |",
                        "<!-- /comparison -->",
                        "after");
    }

    @Test
    void aReadmeWithoutMarksStaysAsItIs() throws IOException {
        Path readme = Files.writeString(folder.resolve("README.md"), "text\n");
        assertThat(new ReadmeTable(sample.results()).putInto(readme)).isFalse();
        assertThat(readme).hasContent("text");
    }

    @Test
    void reportNamesItsPlotsAndTheMachine() throws Exception {
        Map<String, Map<String, String>> runs = Map.of("run", Map.of("machine", "two cores", "flags", "-Xmx1g"));
        new Report(new RawFile.Content(runs, sample.figures())).write(folder);

        assertThat(folder.resolve("comparison.md"))
                .content()
                .contains("## JDK 17", "## JDK 25", "## Goals", "(comparison-switch.svg)", "- Rounds: 1.")
                .contains("- Machine: two cores", "- Flags: `-Xmx1g`");
        assertThat(Files.list(folder).map(path -> path.getFileName().toString()))
                .containsExactlyInAnyOrder("comparison.md", "comparison-switch.svg", "comparison-heap.svg");
    }

    @Test
    void plotsAreWellFormedAndCarryLabelsAndFigures() throws Exception {
        List<Plot> plots = Plot.all(sample.results());
        assertThat(plots.stream().map(Plot::file)).containsExactly("comparison-switch.svg", "comparison-heap.svg");
        for (Plot plot : plots) {
            DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(plot.svg().getBytes(StandardCharsets.UTF_8)));
        }
        assertThat(plots.get(0).svg())
                .contains(">switch, 1,000 tasks<", ">Kotlin coroutines<", ">45.0 ns / 50.0 ns<", ">10 us<")
                .contains("prefers-color-scheme:dark");
    }

    @Test
    void eachPowerOfTenTakesTheSameRoom() {
        LogScale scale = LogScale.of(List.of(2.0, 1000.0), 100, 400);
        assertThat(scale.ticks()).containsExactly(1.0, 10.0, 100.0, 1000.0);
        assertThat(scale.place(1)).isEqualTo(100);
        assertThat(scale.place(10)).isEqualTo(200);
        assertThat(scale.place(1000)).isEqualTo(400);
    }

    @Test
    void amountsHaveThreeDigitsThatCount() {
        assertThat(List.of(0.254, 9.996, 14.26, 123.4, 9876.0).stream().map(Amount::digits))
                .containsExactly("0.25", "10.0", "14.3", "123", "9,876");
        assertThat(List.of(9_999.0, 12_345.0, 2.5e6, 3.2e9).stream().map(Amount::time))
                .containsExactly("9,999 ns", "12.3 us", "2.50 ms", "3.20 s");
        assertThat(List.of(4.0, 1.6, 1.25, 160.0).stream().map(Amount::plain))
                .containsExactly("4", "1.6", "1.25", "160");
    }
}
