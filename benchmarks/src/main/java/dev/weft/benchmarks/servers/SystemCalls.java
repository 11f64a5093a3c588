package dev.weft.benchmarks.servers;

import dev.weft.benchmarks.report.Jdk;
import dev.weft.benchmarks.report.Places;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The command that counts the system calls of Weft's server with {@code strace}, and fails if they are more than those that
 * cannot be done without: one {@code epoll_wait}, one {@code read} and one {@code write} for each request of a single
 * connection, in turn, and one {@code write} for many requests in flight.
 */
public final class SystemCalls {
    private static final int WARM_UP = 100_000; // loops that have gone round 60,000 times are compiled: a futex
    private static final int COUNTED = 2_000;
    private static final int IN_FLIGHT = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    // A compilation that is asked for, or a collection, would be a futex: all is compiled early and by one compiler.
    private static final List<String> QUIET = List.of("-XX:TieredStopAtLevel=1", "-Xmn300m");

    private final Bench bench;
    private final List<String> failures = new ArrayList<>();

    private SystemCalls(Bench bench) {
        this.bench = bench;
    }

    /** Counts on both JDKs, strings and bytes; throws if there are more calls than there should be. */
    public static void run(Places places, Path ownJar) throws IOException, InterruptedException {
        new SystemCalls(new Bench(places, ownJar, places.target().resolve("syscalls.log"))).run();
    }

    private void run() throws IOException, InterruptedException {
        for (Jdk jdk : Jdk.both()) {
            for (Peer peer : List.of(Peer.WEFT, Peer.WEFT_STRINGS)) {
                try (Bench.Running server = bench.server(peer, jdk, Load.Mode.LINE, QUIET);
                        Talker generator = bench.generator(jdk)) {
                    check(server, generator, Load.LINE_1, 1);
                    check(server, generator, Load.PIPELINED, IN_FLIGHT);
                }
            }
        }
        if (!failures.isEmpty()) {
            throw new IllegalStateException(String.join("\n", failures));
        }
        System.out.println("Each request takes one epoll_wait, one read and one write, and nothing else;"
                + " many in flight share them.");
    }

    /** One connection with so many requests in flight. */
    private void check(Bench.Running server, Talker generator, Load load, int inFlight)
            throws IOException, InterruptedException {
        generator.ask("open " + load.name() + " " + server.port() + " 1");
        generator.ask("more " + WARM_UP);
        Path trace = Files.createTempFile("syscalls", ".txt");
        Path said = Files.createTempFile("strace", ".txt");
        try {
            Process strace = new ProcessBuilder(
                            "strace",
                            "-f",
                            "-p",
                            String.valueOf(server.process().pid()),
                            "-o",
                            trace.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            awaitAttached(strace, said);
            generator.ask("more " + COUNTED);
            strace.destroy(); // it lets go of the server
            strace.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            judge(server, load, inFlight, TracedCalls.read(Files.readAllLines(trace, StandardCharsets.UTF_8)));
        } finally {
            generator.ask("close");
            Files.delete(trace);
            Files.delete(said);
        }
    }

    private static void awaitAttached(Process strace, Path said) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.readString(said).contains("attached")) {
            if (!strace.isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException("strace cannot look at the server: "
                        + Files.readString(said).strip());
            }
            Thread.sleep(20);
        }
        Thread.sleep(200); // it says so of each thread
    }

    private void judge(Bench.Running server, Load load, int inFlight, TracedCalls calls) {
        Map<String, Integer> counts = calls.ofLoop();
        String what = "JDK " + server.jdk().feature() + ", " + server.peer().label + ", " + load.name() + ", " + COUNTED
                + " messages: ";
        System.out.println(what + "the loop's thread " + counts + "; other threads' writes " + calls.writesOfOthers());
        if (!counts.keySet().equals(TracedCalls.NEEDED)) {
            failures.add(what + "other calls than " + TracedCalls.NEEDED + ": " + counts);
        }
        if (calls.writesOfOthers() > 0) {
            failures.add(what + calls.writesOfOthers() + " writes of other threads, which wake the loop");
        }
        if (inFlight == 1 && !counts.values().stream().allMatch(count -> count == COUNTED)) {
            failures.add(what + "not one call each for each message: " + counts);
        }
        double perMessage = counts.getOrDefault("write", 0) / (double) COUNTED;
        if (inFlight > 1 && perMessage > 1 / 12.0) {
            failures.add(String.format(Locale.ROOT, "%s%.3f writes for a message", what, perMessage));
        }
    }
}
