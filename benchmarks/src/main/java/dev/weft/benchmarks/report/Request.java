package dev.weft.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is asked for on the command line: how many rounds, of which workloads, contenders and JDKs. Empty means all. */
record Request(boolean brief, int rounds, List<String> workloads, List<Contender> contenders, List<Integer> jdks) {
    private static final int ROUNDS = 5;

    /** Reads {@code rounds=3 contenders=weft,kotlin jdks=25 Switch PingPong}. */
    static Request parse(boolean brief, List<String> words) {
        int rounds = Integer.getInteger("rounds", brief ? 1 : ROUNDS);
        List<String> workloads = new ArrayList<>();
        List<Contender> contenders = List.of();
        List<Integer> jdks = List.of();
        for (String word : words) {
            String[] option = word.split("=", 2);
            if (option.length == 1) {
                workloads.add(word.toLowerCase(Locale.ROOT));
                continue;
            }
            List<String> values = List.of(option[1].split(","));
            switch (option[0]) {
                case "rounds" -> rounds = Integer.parseInt(option[1]);
                case "contenders" ->
                    contenders = values.stream().map(Contender::of).toList();
                case "jdks" -> jdks = values.stream().map(Integer::valueOf).toList();
                default ->
                    throw new IllegalArgumentException(
                            word + ": only rounds=N, contenders=A,B and jdks=17,25 are options; words name workloads");
            }
        }
        return new Request(brief, rounds, workloads, contenders, jdks);
    }

    boolean wants(Cell cell) {
        return wants(cell.workload()) && wants(cell.contender());
    }

    boolean wants(String workload) {
        return workloads.isEmpty() || workloads.contains(workload.toLowerCase(Locale.ROOT));
    }

    boolean wants(Contender contender) {
        return contenders.isEmpty() || contenders.contains(contender);
    }

    boolean wants(Jdk jdk) {
        return jdks.isEmpty() || jdks.contains(jdk.feature());
    }

    /** Whether what comes of it may take the place of earlier results. */
    boolean isWhole() {
        return !brief && workloads.isEmpty() && contenders.isEmpty() && jdks.isEmpty();
    }
}
