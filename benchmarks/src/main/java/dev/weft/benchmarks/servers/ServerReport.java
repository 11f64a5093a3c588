package dev.weft.benchmarks.servers;

import dev.weft.benchmarks.report.Amount;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What people read, in Markdown. */
final class ServerReport {
    private final Results results;

    ServerReport(Results results) {
        this.results = results;
    }

    /** The whole page; the facts say where and with what it was measured. */
    List<String> page(Map<String, String> facts) {
        List<String> lines = new ArrayList<>();
        lines.add("# Servers");
        lines.add("");
        lines.add("Processor time of the server process for one message, and how many times that of Weft it is."
                + " Below 1 somebody is cheaper than Weft.");
        for (int jdk : results.jdks()) {
            lines.add("");
            lines.add("## JDK " + jdk);
            lines.add("");
            lines.addAll(table(jdk));
        }
        lines.add("");
        lines.add("## Goals");
        lines.add("");
        lines.addAll(goals());
        lines.add("");
        lines.add("## Method");
        lines.add("");
        lines.addAll(METHOD);
        facts.forEach((name, value) -> lines.add("- " + name + ": " + value));
        lines.add("");
        lines.add(
                "To repeat it: `mvn -B -q package -DskipTests`, then `java -jar benchmarks/target/benchmarks.jar servers`"
                        + " (`short servers` for a rough look, `servers jdks=25 peers=weft,nio http` for some of it).");
        return lines;
    }

    private static final List<String> METHOD = List.of(
            "- Clients are one process for all servers: connections that send the next request when they have the answer, and"
                    + " compare every byte. Server and clients share one core, scheduled in batches, so that a server with"
                    + " one connection sleeps between requests and one with many finds as many events as there are clients.",
            "- Processor time is that of all threads of the server process, the collector's included and the compilers' not, over a window of"
                    + " fixed time after a warm-up. All servers of a mode are alive at the same time, one has work. A round"
                    + " starts all of them anew, and goes through loads, and for each several times through JDKs and servers in"
                    + " turn. A turn is measured once others leave server and clients nine tenths of the core, or after five"
                    + " seconds. A figure is the median over all turns, a ratio the median of the ratios within a turn.",
            "- Lines are bytes for Weft (`readUntil`), by hand, Netty and asyncio. Weft's second column reads them with `readLine`"
                    + " and writes strings, and is what churn is judged by, as `readUntil` tells of the end by an exception; so do the"
                    + " virtual threads, with a `BufferedReader`. By hand there is one write for each"
                    + " answer, or, batched, one for all answers to what came at once. The others write as they do by themselves.",
            "- HTTP: a request has four lines of header, which are parsed; the answer has two, and a text.");

    List<String> table(int jdk) {
        List<Peer> columns = Arrays.stream(Peer.values())
                .filter(peer -> Load.all().stream().anyMatch(load -> !Double.isNaN(results.nanos(jdk, load, peer))))
                .toList();
        List<String> lines = new ArrayList<>();
        lines.add("| | "
                + String.join(" | ", columns.stream().map(peer -> peer.label).toList()) + " |");
        lines.add("|---" + "|---".repeat(columns.size()) + "|");
        for (Load load : Load.all()) {
            List<String> cells =
                    columns.stream().map(peer -> cell(jdk, load, peer)).toList();
            if (cells.stream().anyMatch(cell -> !cell.isEmpty())) {
                lines.add("| " + load.label() + " | " + String.join(" | ", cells) + " |");
            }
        }
        return lines;
    }

    private String cell(int jdk, Load load, Peer peer) {
        double nanos = results.nanos(jdk, load, peer);
        if (Double.isNaN(nanos)) {
            return "";
        }
        double ratio = results.ratio(jdk, load, peer, Peer.WEFT);
        return Amount.digits(nanos / 1000) + " us"
                + (peer == Peer.WEFT || Double.isNaN(ratio) ? "" : ", " + Amount.times(ratio));
    }

    /** What was to be reached, and what was. */
    List<String> goals() {
        List<Integer> jdks = results.jdks();
        List<String> lines = new ArrayList<>();
        lines.add("| measure | at most | aim |"
                + String.join("", jdks.stream().map(jdk -> " JDK " + jdk + " |").toList()) + " met |");
        lines.add("|---|---|---|" + "---|".repeat(jdks.size() + 1));
        for (Goal goal : Goal.all()) {
            List<Integer> known = jdks.stream()
                    .filter(jdk -> !Double.isNaN(goal.measured(results, jdk)))
                    .toList();
            List<Integer> missed = known.stream()
                    .filter(jdk -> !goal.isMet(goal.measured(results, jdk)))
                    .toList();
            if (known.isEmpty()) {
                continue; // not part of this run
            }
            StringBuilder line = new StringBuilder("| " + goal.measure() + " | " + Amount.times(goal.bound()) + " | "
                    + Amount.times(goal.aim()) + " |");
            for (int jdk : jdks) {
                line.append(known.contains(jdk) ? " " + Amount.times(goal.measured(results, jdk)) + " |" : " |");
            }
            lines.add(line
                    + (missed.isEmpty()
                            ? " yes |"
                            : missed.size() == known.size() ? " **no** |" : " **no** on " + missed.get(0) + " |"));
        }
        return lines;
    }
}
