package dev.weft.benchmarks.servers;

import dev.weft.benchmarks.report.Jdk;
import dev.weft.benchmarks.report.Machine;
import dev.weft.benchmarks.report.Places;
import dev.weft.benchmarks.report.Python;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The command that measures servers: round by round, load by load, one server after the other. */
public final class Servers {
    private final ServerRequest request;
    private final Bench bench;
    private final List<Jdk> jdks;
    private final List<Measured> figures = new ArrayList<>();
    private final Path raw;
    private final Instant started = Instant.now();

    private Servers(ServerRequest request, Bench bench) {
        this.request = request;
        this.bench = bench;
        jdks = Jdk.both().stream().filter(jdk -> request.wants(jdk.feature())).toList();
        raw = bench.places().target().resolve("servers-" + started.getEpochSecond() + ".tsv");
    }

    /** Measures what the words ask for, and shows what came of it. Only a whole run leaves it in the results. */
    public static void run(Places places, Path ownJar, boolean brief, List<String> words)
            throws IOException, InterruptedException {
        ServerRequest request = ServerRequest.parse(brief, words);
        Bench bench = new Bench(places, ownJar, places.target().resolve("servers.log"));
        Files.deleteIfExists(bench.log());
        new Servers(request, bench).run();
    }

    private void run() throws IOException, InterruptedException {
        Map<String, String> facts = facts();
        Files.writeString(raw, Measured.HEADER + "\n");
        System.out.println("Figures: " + raw);
        try (Talker generator = bench.generator(jdks.get(jdks.size() - 1))) {
            for (int round = 1; round <= request.rounds(); round++) {
                for (Load.Mode mode : Load.Mode.values()) {
                    List<Load> loads = Load.all().stream()
                            .filter(load -> load.mode() == mode && request.wants(load))
                            .toList();
                    if (!loads.isEmpty()) {
                        measure(generator, round, mode, loads);
                    }
                }
            }
        }
        Results results = new Results(figures);
        facts.put("Rounds", String.valueOf(results.rounds()));
        facts.put("Part of the core that server and clients had", results.shares());
        facts.put("Load of the machine before and after", facts.remove("load") + ", " + Machine.load());
        ServerReport report = new ServerReport(results);
        Path page =
                (request.isWhole() ? bench.places().results() : bench.places().target()).resolve("servers.md");
        Files.writeString(page, String.join("\n", report.page(facts)) + "\n");
        for (int jdk : results.jdks()) {
            System.out.println("\nJDK " + jdk);
            report.table(jdk).forEach(System.out::println);
        }
        System.out.println();
        report.goals().forEach(System.out::println);
        System.out.println("Tables: " + page);
    }

    private void measure(Talker generator, int round, Load.Mode mode, List<Load> loads)
            throws IOException, InterruptedException {
        Map<Jdk, List<Bench.Running>> servers = new LinkedHashMap<>();
        try {
            for (Jdk jdk : jdks) {
                List<Bench.Running> ofJdk = new ArrayList<>();
                servers.put(jdk, ofJdk);
                for (Peer peer : request.peers()) {
                    if (peer.runsOn(jdk.feature()) && peer.serves(mode)) {
                        Bench.Running server = bench.server(peer, jdk, mode);
                        ofJdk.add(server);
                        for (Load load : loads) {
                            server.warm(generator, load, request.warmups(load));
                        }
                        Bench.collect(server);
                        Bench.pin(server.process().pid());
                    }
                }
            }
            for (Load load : loads) {
                for (int turn = 1; turn <= ServerRequest.TURNS; turn++) {
                    int rotation = round + turn;
                    List<Jdk> order = new ArrayList<>(jdks);
                    Collections.rotate(order, rotation);
                    for (Jdk jdk : order) {
                        List<Bench.Running> ofJdk = new ArrayList<>(servers.getOrDefault(jdk, List.of()));
                        Collections.rotate(ofJdk, rotation);
                        for (Bench.Running server : ofJdk) {
                            String said = ask(generator, server, load);
                            note(Measured.parse(round, turn, load, server.peer(), jdk.feature(), said));
                        }
                    }
                }
            }
        } finally {
            servers.values().forEach(ofJdk -> ofJdk.forEach(Bench.Running::close));
        }
    }

    private String ask(Talker generator, Bench.Running server, Load load) throws IOException {
        return generator.ask(String.join(
                " ",
                "measure",
                load.name(),
                String.valueOf(server.port()),
                String.valueOf(server.process().pid()),
                String.valueOf(request.settleMillis()),
                String.valueOf(request.windowMillis())));
    }

    private void note(Measured measured) throws IOException {
        figures.add(measured);
        Files.writeString(raw, measured.toLine() + "\n", StandardOpenOption.APPEND);
        System.out.printf(
                Locale.ROOT,
                "%5d s  round %d of %d, turn %d  %d  %-12s %-14s %8.2f us  (%.2f of the core)%n",
                Duration.between(started, Instant.now()).toSeconds(),
                measured.round(),
                request.rounds(),
                measured.turn(),
                measured.jdk(),
                measured.load().name(),
                measured.peer().id,
                measured.nanos() / 1000,
                measured.share());
    }

    private Map<String, String> facts() throws IOException, InterruptedException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("Date", started.truncatedTo(ChronoUnit.MINUTES).toString());
        facts.put("Machine", Machine.description());
        facts.put("Processes", Bench.conditions());
        for (Jdk jdk : jdks) {
            facts.put("JDK " + jdk.feature(), jdk.description());
        }
        facts.put("Libraries", Machine.libraries());
        facts.put("Python", Python.version().orElse("none: install python3 for its column"));
        facts.put("Flags", "`" + String.join(" ", Peer.JVM) + "`");
        int latest = jdks.get(jdks.size() - 1).feature();
        for (Peer peer : request.peers()) {
            if (!peer.jvmArguments(latest).isEmpty()) {
                facts.put("Flags of " + peer.label, "`" + String.join(" ", peer.jvmArguments(latest)) + "`");
            }
        }
        facts.put("Commit", Machine.commit(bench.places().project()));
        facts.put(
                "Windows",
                ServerRequest.TURNS + " turns in each round, " + request.windowMillis() + " ms after "
                        + request.settleMillis() + " ms; warm-up of " + request.warmups(Load.LINE_1)
                        + " messages of each load, " + request.warmups(Load.CHURN) + " of churn, "
                        + request.warmups(Load.HTTP) + " of HTTP, and until compilers have nothing to do; then a full"
                        + " collection");
        facts.put("load", Machine.load());
        return facts;
    }
}
