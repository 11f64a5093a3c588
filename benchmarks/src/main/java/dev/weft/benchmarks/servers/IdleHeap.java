package dev.weft.benchmarks.servers;

import dev.weft.benchmarks.report.Amount;
import dev.weft.benchmarks.report.Child;
import dev.weft.benchmarks.report.Jdk;
import dev.weft.benchmarks.report.Places;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The command that tells what a connection on which nothing happens holds of the server's heap: by how much all live objects
 * become more when 10,000 connections have had one line each echoed.
 */
public final class IdleHeap {
    private static final int CONNECTIONS = 10_000;
    private static final int WARM_UP = 20_000;
    private static final double MOST = 2000;

    private final Bench bench;

    private IdleHeap(Bench bench) {
        this.bench = bench;
    }

    /** Measures all servers in Java on both JDKs; throws if Weft's connection is larger than it may be. */
    public static void run(Places places, Path ownJar) throws IOException, InterruptedException {
        new IdleHeap(new Bench(places, ownJar, places.target().resolve("idle.log"))).run();
    }

    private void run() throws IOException, InterruptedException {
        for (Jdk jdk : Jdk.both()) {
            for (Peer peer : List.of(Peer.WEFT, Peer.NIO, Peer.NETTY, Peer.VIRTUAL_THREADS)) {
                if (peer.runsOn(jdk.feature())) {
                    double bytes = measure(peer, jdk);
                    System.out.println("JDK " + jdk.feature() + ", " + peer.label + ": " + Amount.bytes(bytes)
                            + " of live heap for an idle connection");
                    if (peer == Peer.WEFT && bytes > MOST) {
                        throw new IllegalStateException("An idle connection holds more than " + Amount.bytes(MOST)
                                + ": " + Amount.bytes(bytes));
                    }
                }
            }
        }
    }

    private double measure(Peer peer, Jdk jdk) throws IOException, InterruptedException {
        try (Bench.Running server = bench.server(peer, jdk, Load.Mode.LINE);
                Talker generator = bench.generator(jdk)) {
            server.warm(generator, Load.LINE_10, WARM_UP);
            long before = live(server);
            generator.ask("open " + Load.LINE_10.name() + " " + server.port() + " " + CONNECTIONS);
            return (live(server) - before) / (double) CONNECTIONS;
        }
    }

    /** Bytes of all objects, after a collection. */
    private static long live(Bench.Running server) throws IOException, InterruptedException {
        Bench.collect(server); // what it finds unreachable, its cleaners free
        String jcmd = server.jdk().java().resolveSibling("jcmd").toString();
        String pid = String.valueOf(server.process().pid());
        String histogram = Child.output(List.of(jcmd, pid, "GC.class_histogram"));
        String total = histogram
                .lines()
                .filter(line -> line.startsWith("Total"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("jcmd shows no histogram: " + histogram));
        return Long.parseLong(total.split("\\s+")[2]);
    }
}
