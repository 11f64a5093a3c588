package dev.weft.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ResultsTest {
    @Test
    void medianIsTheMiddleFigure() {
        assertThat(Median.of(List.of(9.0, 1.0, 2.0))).isEqualTo(2);
        assertThat(Median.of(List.of(4.0, 1.0, 2.0, 9.0))).isEqualTo(3);
        assertThat(Median.of(List.of())).isNaN();
    }

    @Test
    void fastestIterationCountsAndTheUsualAllocation() {
        assertThat(Figures.fastest(List.of(
                        new Figures(9, 8, 30, 16, 17), new Figures(12, 7, 31, 24, 25), new Figures(11, 9, 29, 24, 90))))
                .isEqualTo(new Figures(9, 7, 29, 24, 25));
    }

    @Test
    void ratiosAreTakenWithinARound() {
        Results results = new Sample()
                .cpu(1, 17, Sample.WEFT, 10)
                .cpu(1, 17, Sample.KOTLIN, 40)
                .cpu(2, 17, Sample.WEFT, 100) // a round in which everything is slow
                .cpu(2, 17, Sample.KOTLIN, 500)
                .cpu(3, 17, Sample.WEFT, 12)
                .cpu(3, 17, Sample.KOTLIN, 36)
                .results();

        assertThat(results.value(17, Sample.WEFT)).isEqualTo(12);
        assertThat(results.value(17, Sample.KOTLIN)).isEqualTo(40);
        assertThat(results.ratio(17, Sample.KOTLIN, Sample.WEFT)).isEqualTo(4);
        assertThat(results.difference(17, Sample.KOTLIN, Sample.WEFT)).isEqualTo(30);
    }

    @Test
    void roundsOfOtherRunsAreOtherRounds() {
        Results results = new Sample()
                .add("a", 1, 17, Sample.WEFT, taken(10))
                .add("b", 1, 17, Sample.KOTLIN, taken(20))
                .results();

        assertThat(results.ratio(17, Sample.KOTLIN, Sample.WEFT)).isNaN();
        assertThat(results.value(17, Sample.KOTLIN)).isEqualTo(20);
    }

    @Test
    void aRoundWithoutOneOfTheTwoHasNoRatio() {
        Results results = new Sample()
                .cpu(1, 17, Sample.WEFT, 10)
                .cpu(1, 17, Sample.KOTLIN, 40)
                .cpu(2, 17, Sample.KOTLIN, 900)
                .results();

        assertThat(results.ratio(17, Sample.KOTLIN, Sample.WEFT)).isEqualTo(4);
    }

    @Test
    void theWholeProcessCountsForVirtualThreads() {
        Results results = new Sample()
                .cpu(1, 25, Sample.WEFT, 10)
                .cpu(1, 25, Sample.THREADS, 40)
                .results();

        assertThat(results.value(25, Sample.THREADS)).isEqualTo(80);
        assertThat(results.bytes(25, Sample.THREADS)).isEqualTo(24);
        assertThat(results.value(25, Sample.WEFT)).isEqualTo(10);
        assertThat(results.bytes(25, Sample.WEFT)).isEqualTo(16);
        assertThat(results.ratio(25, Sample.THREADS, Sample.WEFT)).isEqualTo(8, within(1e-9));
    }

    @Test
    void theWholeProcessCountsForSkynetSleepsAndSubmit() {
        for (String workload : List.of("Skynet", "Sleeps", "Submit")) {
            Cell cell = new Cell(workload, "", Contender.WEFT);
            assertThat(new Sample().cpu(1, 17, cell, 10).results().value(17, cell))
                    .isEqualTo(20);
        }
    }

    @Test
    void pythonIsComparedOnEachJdk() {
        Cell python = Sample.WEFT.of(Contender.PYTHON);
        Results results = new Sample()
                .cpu(1, 17, Sample.WEFT, 10)
                .cpu(1, 25, Sample.WEFT, 20)
                .cpu(1, 0, python, 500)
                .results();

        assertThat(results.ratio(17, python, Sample.WEFT)).isEqualTo(100);
        assertThat(results.ratio(25, python, Sample.WEFT)).isEqualTo(50);
        assertThat(results.jdks()).containsExactly(17, 25);
    }

    @Test
    void aFailureIsKeptUntilThereIsAFigure() {
        Sample sample = new Sample().failed(1, 25, Sample.KOTLIN, "no");
        assertThat(sample.results().failure(25, Sample.KOTLIN)).hasValue("no");
        assertThat(sample.cpu(2, 25, Sample.KOTLIN, 1).results().failure(25, Sample.KOTLIN))
                .isEmpty();
    }

    @Test
    void rowsStandInTheOrderOfTheirWorkloadsAndParameters() {
        Results results = new Sample()
                .heap(1, 17, Sample.PARKED, 100)
                .cpu(1, 17, Sample.WEFT, 1)
                .cpu(1, 17, new Cell("Switch", "tasks=1", Contender.KOTLIN), 1)
                .cpu(1, 17, new Cell("Switch", "tasks=10", Contender.WEFT), 1)
                .results();

        assertThat(results.rows().stream().map(Rows::label))
                .containsExactly(
                        "switch, 1 task",
                        "switch, 10 tasks",
                        "switch, 1,000 tasks",
                        "heap of a parked task, 1 call deep");
    }

    private static Figures taken(double nanos) {
        return new Figures(nanos, nanos, nanos, 0, 0);
    }
}
