package dev.weft.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Figures as they come, one line for each program and round, and what is to be known of the run: lines that begin with
 * {@code #}. A run that was broken off can be reported, and files of several runs be joined.
 */
final class RawFile {
    private final Path file;

    RawFile(Path file) throws IOException {
        this.file = file;
        Files.createDirectories(file.toAbsolutePath().getParent());
        if (!Files.exists(file)) {
            append(Measured.HEADER);
        }
    }

    /** What a file says: facts of each run by the run's name, and figures. */
    record Content(Map<String, Map<String, String>> runs, List<Measured> figures) {}

    void fact(String run, String name, String value) throws IOException {
        append("#\t" + run + "\t" + name + "\t" + value.replaceAll("\\s+", " "));
    }

    void add(Measured measured) throws IOException {
        append(measured.toLine());
    }

    Path path() {
        return file;
    }

    private void append(String line) throws IOException {
        Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    static Content read(List<Path> files) throws IOException {
        Map<String, Map<String, String>> runs = new LinkedHashMap<>();
        List<Measured> figures = new ArrayList<>();
        for (Path file : files) {
            for (String line : Files.readAllLines(file)) {
                if (line.startsWith("#")) {
                    String[] fields = line.split("\t", 4);
                    runs.computeIfAbsent(fields[1], key -> new LinkedHashMap<>())
                            .put(fields[2], fields[3]);
                } else if (!line.isBlank() && !line.equals(Measured.HEADER)) {
                    figures.add(Measured.parse(line));
                }
            }
        }
        return new Content(runs, figures);
    }
}
