package dev.weft.benchmarks.servers;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What clients do to a server: so many connections, each of which sends the next requests when it has the answers to those
 * before. What a load is called names it on the command line too.
 */
record Load(String name, String label, Mode mode, int size, int connections, int inFlight, boolean churn) {
    /** Which of its two programs a server runs. */
    enum Mode {
        /** Sends back each line. */
        LINE,
        /** Greets whoever asks for {@code /} in HTTP/1.1. */
        HTTP
    }

    static final Load LINE_1 = line(1024, 1);
    static final Load LINE_10 = line(1024, 10);
    static final Load LINE_100 = line(1024, 100);
    static final Load PIPELINED = new Load(
            "pipelined",
            "echo of lines of 128 B, 16 in flight on each of 10 connections",
            Mode.LINE,
            128,
            10,
            16,
            false);
    static final Load HTTP = new Load("http", "HTTP hello, 64 connections", Mode.HTTP, 0, 64, 1, false);
    static final Load CHURN =
            new Load("churn", "connect, one line of 64 B, close; 50 at a time", Mode.LINE, 64, 50, 1, true);

    private static Load line(int size, int connections) {
        String sized = size == 1024 ? "1 KiB" : size + " B";
        return new Load(
                "line-" + size + "x" + connections,
                "echo of lines of " + sized + ", " + connections + (connections == 1 ? " connection" : " connections"),
                Mode.LINE,
                size,
                connections,
                1,
                false);
    }

    /** In the order of the tables. */
    static List<Load> all() {
        return List.of(line(128, 1), line(128, 10), line(128, 100), LINE_1, LINE_10, LINE_100, PIPELINED, CHURN, HTTP);
    }

    /** Whether no goal is about it. */
    boolean isOnlyForScale() {
        return mode == Mode.LINE && size == 128 && inFlight == 1;
    }

    static Load of(String name) {
        return all().stream()
                .filter(load -> load.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no load " + name + ", but "
                        + all().stream().map(Load::name).toList()));
    }

    /** One request. */
    byte[] request() {
        if (mode == Mode.HTTP) {
            return String.join(
                            "\r\n",
                            "GET / HTTP/1.1",
                            "Host: localhost",
                            "User-Agent: benchmark",
                            "Accept: text/plain, text/html;q=0.5, */*;q=0.1",
                            "Accept-Encoding: gzip",
                            "",
                            "")
                    .getBytes(StandardCharsets.US_ASCII);
        }
        byte[] line = new byte[size];
        for (int i = 0; i < size - 1; i++) {
            line[i] = (byte) ('a' + i % 26);
        }
        line[size - 1] = '\n';
        return line;
    }
}
