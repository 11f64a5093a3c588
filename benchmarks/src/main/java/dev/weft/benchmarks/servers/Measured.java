package dev.weft.benchmarks.servers;

/** What came of one load on one server in one turn of a round. */
record Measured(
        int round,
        int turn,
        int jdk,
        Load load,
        Peer peer,
        long answers,
        long serverNanos,
        long clientNanos,
        long wallNanos) {
    static final String HEADER = String.join(
            "\t", "round", "turn", "jdk", "load", "server", "answers", "server ns", "clients ns", "wall ns");

    /** What the generator has said of it. */
    static Measured parse(int round, int turn, Load load, Peer peer, int jdk, String said) {
        String[] numbers = said.split(" ");
        return new Measured(
                round,
                turn,
                jdk,
                load,
                peer,
                Long.parseLong(numbers[0]),
                Long.parseLong(numbers[1]),
                Long.parseLong(numbers[2]),
                Long.parseLong(numbers[3]));
    }

    /** Processor time of the server for one message. */
    double nanos() {
        return serverNanos / (double) answers;
    }

    /** Which part of the core the two processes had: the rest was somebody else's. */
    double share() {
        return (serverNanos + clientNanos) / (double) wallNanos;
    }

    String toLine() {
        return String.join(
                "\t",
                String.valueOf(round),
                String.valueOf(turn),
                String.valueOf(jdk),
                load.name(),
                peer.id,
                String.valueOf(answers),
                String.valueOf(serverNanos),
                String.valueOf(clientNanos),
                String.valueOf(wallNanos));
    }
}
