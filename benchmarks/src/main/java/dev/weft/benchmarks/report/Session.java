package dev.weft.benchmarks.report;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** One run of the comparison: round by round, each figure written down as it comes. */
final class Session {
    /** The short mode leaves out what it cannot begin in this time. */
    private static final Duration SHORT = Duration.ofSeconds(280);

    private final Request request;
    private final Places places;
    private final Plan plan;
    private final RawFile raw;
    private final Fork fork;
    private final Parked parked;
    private final Instant started = Instant.now();
    private final String name;
    private final Set<Plan.Step> failed = new HashSet<>(); // not tried again

    Session(Request request, Places places) throws IOException {
        this.request = request;
        this.places = places;
        name = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT)
                .withZone(ZoneOffset.UTC)
                .format(started);
        List<Jdk> jdks = Jdk.both().stream().filter(request::wants).toList();
        List<Program> programs =
                Stream.concat(Program.all().stream(), Parked.all().stream()).toList();
        checkWorkloads(programs);
        plan = Plan.of(programs, jdks, request);
        raw = new RawFile(places.target().resolve("comparison-" + name + ".tsv"));
        fork = new Fork(places.agent(), places.target().resolve("comparison-" + name + ".log"));
        parked = new Parked(places.agent());
    }

    private void checkWorkloads(List<Program> programs) {
        List<String> known = programs.stream()
                .map(program -> program.cell().workload())
                .distinct()
                .toList();
        for (String asked : request.workloads()) {
            if (known.stream().noneMatch(asked::equalsIgnoreCase)) {
                throw new IllegalArgumentException("There is no workload " + asked + ", but " + known + ".");
            }
        }
    }

    /** Runs all rounds. */
    Path run() throws IOException, InterruptedException {
        System.out.println("Figures: " + raw.path() + " (to show those of a run that was broken off: report FILE)");
        facts();
        for (int round = 1; round <= request.rounds(); round++) {
            for (Plan.Step step : plan.round(round)) {
                if (isOverdue()) {
                    System.out.println(
                            "Left out, as the time is over: " + step.program().cell());
                } else if (!failed.contains(step)) {
                    measure(round, step);
                }
            }
            python(round);
        }
        raw.fact(name, "load after", Machine.load());
        raw.fact(name, "took", Duration.between(started, Instant.now()).toMinutes() + " minutes");
        return raw.path();
    }

    private boolean isOverdue() {
        return request.brief() && Duration.between(started, Instant.now()).compareTo(SHORT) > 0;
    }

    private void measure(int round, Plan.Step step) throws IOException, InterruptedException {
        Program program = step.program();
        Cell cell = program.cell();
        int jdk = step.jdk().feature();
        Measured measured;
        try {
            Figures figures = cell.isHeap()
                    ? parked.run(program, step.jdk())
                    : fork.run(program, step.jdk(), Effort.of(cell, request.brief()));
            measured = new Measured(name, round, jdk, cell, figures, "");
        } catch (RuntimeException e) { // the others go on
            failed.add(step);
            measured = new Measured(name, round, jdk, cell, Figures.NONE, String.valueOf(e.getMessage()));
        }
        note(measured);
    }

    private void python(int round) throws IOException, InterruptedException {
        List<Cell> rows = plan.rows();
        if (!request.wants(Contender.PYTHON)
                || rows.isEmpty()
                || isOverdue()
                || Python.version().isEmpty()) {
            return;
        }
        try {
            for (Measured measured :
                    new Python(places.python("asyncio_workloads.py")).run(name, round, request.brief(), rows)) {
                note(measured);
            }
        } catch (IllegalStateException e) {
            System.out.println("Python: " + e.getMessage());
            raw.fact(name, "Python failed", String.valueOf(e.getMessage()));
        }
    }

    private void note(Measured measured) throws IOException {
        raw.add(measured);
        Cell cell = measured.cell();
        double bytes = cell.bytes(measured.figures());
        String amount = cell.written(cell.value(measured.figures()));
        String shown = measured.hasFailed()
                ? "failed: " + measured.failure()
                : cell.isHeap() || Double.isNaN(bytes) ? amount : amount + " (" + Amount.bytes(bytes) + ")";
        System.out.printf(
                Locale.ROOT,
                "%5d s  round %d of %d  %2d  %-50s %s%n",
                Duration.between(started, Instant.now()).toSeconds(),
                measured.round(),
                request.rounds(),
                measured.jdk(),
                cell,
                shown);
    }

    private void facts() throws IOException, InterruptedException {
        raw.fact(name, "date", started.truncatedTo(ChronoUnit.MINUTES).toString());
        raw.fact(name, "machine", Machine.description());
        raw.fact(name, "load before", Machine.load());
        for (Jdk jdk : plan.jdks()) {
            raw.fact(name, "JDK " + jdk.feature(), jdk.description());
        }
        raw.fact(name, "libraries", Machine.libraries());
        raw.fact(name, "Python", Python.version().orElse("none: install python3 for its column"));
        raw.fact(name, "flags", String.join(" ", Compare.HEAP));
        for (Map.Entry<String, String> flags : plan.jvmArguments().entrySet()) {
            raw.fact(name, "flags of " + flags.getKey(), flags.getValue());
        }
        raw.fact(name, "commit", Machine.commit(places.project()));
        raw.fact(name, request.brief() ? "short mode" : "iterations", Effort.description(request.brief()));
    }
}
