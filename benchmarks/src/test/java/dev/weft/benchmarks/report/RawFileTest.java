package dev.weft.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RawFileTest {
    @TempDir
    Path folder;

    @Test
    void figuresAreReadAsTheyWereWritten() throws IOException {
        List<Measured> figures = new Sample()
                .cpu(1, 17, Sample.WEFT, 12.25)
                .heap(1, 25, Sample.PARKED, 129)
                .cpu(1, 25, new Cell("PingPong", "", Contender.EA_ASYNC), 1e9)
                .figures();
        RawFile raw = new RawFile(folder.resolve("new/raw.tsv"));
        for (Measured measured : figures) {
            raw.add(measured);
        }
        raw.fact("run", "machine", "two\tcores");

        RawFile.Content content = RawFile.read(List.of(raw.path()));

        assertThat(content.figures()).isEqualTo(figures);
        assertThat(content.runs().get("run")).containsEntry("machine", "two cores");
    }

    @Test
    void aFailureIsOneLine() {
        Measured failed =
                new Sample().failed(1, 17, Sample.KOTLIN, "a\n\tb").figures().get(0);
        assertThat(Measured.parse(failed.toLine()).failure()).isEqualTo("a b");
        assertThat(Measured.parse(failed.toLine()).hasFailed()).isTrue();
    }

    @Test
    void severalFilesAreJoined() throws IOException {
        Path one = folder.resolve("one.tsv");
        Path two = folder.resolve("two.tsv");
        for (Path file : List.of(one, two)) {
            RawFile raw = new RawFile(file);
            raw.fact(file.getFileName().toString(), "commit", "c");
            raw.add(new Sample().cpu(1, 17, Sample.WEFT, 1).figures().get(0));
            new RawFile(file); // a file that exists goes on
        }

        RawFile.Content content = RawFile.read(List.of(one, two));

        assertThat(content.figures()).hasSize(2);
        assertThat(content.runs()).containsOnlyKeys("one.tsv", "two.tsv");
    }

    @Test
    void aBrokenLineIsShown() throws IOException {
        Path file = Files.writeString(folder.resolve("broken.tsv"), "run\t1\t17\n");
        assertThatThrownBy(() -> RawFile.read(List.of(file))).hasMessageContaining("12 fields, this one 3");
    }

    @Test
    void linesOfPythonAreFigures() {
        Measured time = Python.parse("run", 2, "Switch\ttasks=1\t3000.5\t2500.5");
        assertThat(time.cell().value(time.figures())).isEqualTo(2500.5);
        assertThat(time.jdk()).isZero();

        Measured heap = Python.parse("run", 2, "ParkedTasks\tdepth=5\t2400\tNaN");
        assertThat(heap.cell().value(heap.figures())).isEqualTo(2400);
    }

    @Test
    void bytesOfAParkedTaskAreFoundInWhatItsProgramPrints() {
        assertThat(Parked.bytes("WARNING: something 5\nweft 1 129.5\n")).isEqualTo(129.5);
        assertThatThrownBy(() -> Parked.bytes("nothing")).hasMessage("No bytes in: nothing");
    }

    @Test
    void reasonOfAFailureIsTheInnermostCause() {
        String printed = "# Fork: 1 of 1\nException in thread \"main\" java.lang.Error: out\n\tat a.B.c(B.java:1)\n"
                + "Caused by: java.lang.UnsupportedOperationException: needs JDK 21\n\t... 3 more\n";
        assertThat(Child.reason(printed, "?")).isEqualTo("java.lang.UnsupportedOperationException: needs JDK 21");
        assertThat(Child.reason("killed", "exit code 137")).isEqualTo("exit code 137");
    }
}
