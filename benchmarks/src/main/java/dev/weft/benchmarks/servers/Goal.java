package dev.weft.benchmarks.servers;

import java.util.List;

/**
 * How many times the processor time of another server Weft's may take at most, and how many are hoped for.
 *
 * @param weft which of Weft's programs
 */
record Goal(Load load, Peer weft, Peer than, double bound, double aim) {
    private Goal(Load load, Peer than, double bound, double aim) {
        this(load, Peer.WEFT, than, bound, aim);
    }

    static List<Goal> all() {
        return List.of(
                new Goal(Load.LINE_1, Peer.NIO, 1.12, 1.05),
                new Goal(Load.LINE_10, Peer.NIO, 1.10, 1.03),
                new Goal(Load.LINE_100, Peer.NIO, 1.10, 1.03),
                new Goal(Load.LINE_1, Peer.NETTY, 0.95, 0.90),
                new Goal(Load.LINE_10, Peer.NETTY, 0.95, 0.90),
                new Goal(Load.LINE_100, Peer.NETTY, 0.95, 0.90),
                new Goal(Load.LINE_1, Peer.VIRTUAL_THREADS, 0.6, 0.42),
                new Goal(Load.LINE_10, Peer.VIRTUAL_THREADS, 0.8, 0.7),
                new Goal(Load.LINE_100, Peer.VIRTUAL_THREADS, 0.9, 0.82),
                new Goal(Load.LINE_1, Peer.ASYNCIO, 0.65, 0.6),
                new Goal(Load.LINE_10, Peer.ASYNCIO, 0.65, 0.6),
                new Goal(Load.LINE_100, Peer.ASYNCIO, 0.65, 0.6),
                new Goal(Load.PIPELINED, Peer.NETTY, 1.1, 0.75),
                new Goal(Load.PIPELINED, Peer.ASYNCIO, 0.12, 0.075),
                new Goal(Load.HTTP, Peer.NETTY, 1.0, 0.85),
                // Where a connection has one line, the exception that ends readUntil would be most of what is measured.
                new Goal(Load.CHURN, Peer.WEFT_STRINGS, Peer.NIO, 1.15, 1.05));
    }

    String measure() {
        return load.label() + (weft == Peer.WEFT ? "" : " (" + weft.label + ")") + ", against " + than.label;
    }

    /** NaN if it was not measured on that JDK. */
    double measured(Results results, int jdk) {
        return results.ratio(jdk, load, weft, than);
    }

    boolean isMet(double measured) {
        return measured <= bound;
    }
}
