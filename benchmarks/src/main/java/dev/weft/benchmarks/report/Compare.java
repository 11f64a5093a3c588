package dev.weft.benchmarks.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The two commands: to run the comparison, and to show the figures of earlier runs. */
public final class Compare {
    /** What benchmarks run in; without the last the first touch of each page is what an allocating one measures. */
    public static final List<String> HEAP = List.of("-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch");

    private Compare() {}

    /** Runs what the words ask for, and shows what came of it. */
    public static void run(Path project, Path agent, boolean brief, List<String> words)
            throws IOException, InterruptedException {
        Request request = Request.parse(brief, words);
        Places places = new Places(project, agent);
        Path raw = new Session(request, places).run();
        // What is rough or only a part must not take the place of what was measured with care.
        show(List.of(raw), places, request.isWhole());
    }

    /** Writes the report of these files of figures, which together are one comparison. */
    public static void report(Path project, Path agent, List<String> files) throws IOException {
        if (files.isEmpty()) {
            throw new IllegalArgumentException("report needs the files that compare has written: report FILE ...");
        }
        show(files.stream().map(Path::of).toList(), new Places(project, agent), true);
    }

    private static void show(List<Path> files, Places places, boolean lasting) throws IOException {
        Report report = new Report(RawFile.read(files));
        Path folder = lasting ? places.results() : places.target().resolve("comparison");
        report.write(folder);
        report.readmeTable().lines().forEach(System.out::println);
        boolean inReadme = lasting && report.readmeTable().putInto(places.readme());
        System.out.println(
                "Tables and plots: " + folder.resolve("comparison.md") + (inReadme ? ", and README.md" : ""));
    }
}
