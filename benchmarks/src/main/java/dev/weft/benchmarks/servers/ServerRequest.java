package dev.weft.benchmarks.servers;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What is asked for on the command line: how many rounds, which loads, servers and JDKs. Empty means all. */
record ServerRequest(boolean brief, int rounds, List<Load> loads, List<Peer> peers, List<Integer> jdks) {
    private static final int ROUNDS = 3;

    /** How often each load is measured in a round. */
    static final int TURNS = 4;

    /** Reads {@code rounds=3 peers=weft,nio jdks=25 line-1024x10 http}. */
    static ServerRequest parse(boolean brief, List<String> words) {
        int rounds = brief ? 1 : ROUNDS;
        List<Peer> peers = List.of(Peer.values());
        List<Integer> jdks = List.of();
        List<Load> loads = List.of();
        for (String word : words) {
            String[] option = word.split("=", 2);
            if (option.length == 1) {
                loads = Stream.concat(loads.stream(), Stream.of(Load.of(word))).toList();
                continue;
            }
            Stream<String> values = Arrays.stream(option[1].split(","));
            switch (option[0]) {
                case "rounds" -> rounds = Integer.parseInt(option[1]);
                case "peers" -> peers = values.map(Peer::of).sorted().toList();
                case "jdks" -> jdks = values.map(Integer::valueOf).toList();
                default ->
                    throw new IllegalArgumentException(
                            word + ": only rounds=N, peers=A,B and jdks=17,25 are options; words name loads");
            }
        }
        return new ServerRequest(brief, rounds, loads, peers, jdks);
    }

    boolean wants(Load load) {
        return loads.isEmpty() ? !(brief && load.isOnlyForScale()) : loads.contains(load);
    }

    boolean wants(int jdk) {
        return jdks.isEmpty() || jdks.contains(jdk);
    }

    /** Whether what comes of it may take the place of earlier results. */
    boolean isWhole() {
        return !brief && loads.isEmpty() && jdks.isEmpty() && peers.size() == Peer.values().length;
    }

    /** How many messages of each load a server gets that has just started. */
    int warmups(Load load) {
        int whole = load.churn() ? 30_000 : load.mode() == Load.Mode.HTTP ? 400_000 : 100_000;
        return brief ? whole / 4 : whole;
    }

    /** Before each window. */
    int settleMillis() {
        return brief ? 50 : 80;
    }

    int windowMillis() {
        return brief ? 100 : 250;
    }
}
