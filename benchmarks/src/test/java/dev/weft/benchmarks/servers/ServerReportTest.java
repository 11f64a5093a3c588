package dev.weft.benchmarks.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ServerReportTest {
    private static Measured measured(int turn, int jdk, Load load, Peer peer, long nanos) {
        return new Measured(1, turn, jdk, load, peer, 1000, 1000 * nanos, 1000, 2000 * nanos);
    }

    private final Results results = new Results(List.of(
            measured(1, 17, Load.LINE_1, Peer.WEFT, 5000),
            measured(1, 17, Load.LINE_1, Peer.NIO, 5000),
            measured(2, 17, Load.LINE_1, Peer.WEFT, 9000),
            measured(2, 17, Load.LINE_1, Peer.NIO, 10_000),
            measured(3, 17, Load.LINE_1, Peer.WEFT, 6000),
            measured(3, 17, Load.LINE_1, Peer.NIO, 5000),
            measured(1, 25, Load.LINE_1, Peer.WEFT, 6000),
            measured(1, 25, Load.LINE_1, Peer.NIO, 5000)));

    @Test
    void ratiosAreTakenWithinATurn() {
        assertThat(results.nanos(17, Load.LINE_1, Peer.WEFT)).isEqualTo(6000);
        assertThat(results.ratio(17, Load.LINE_1, Peer.WEFT, Peer.NIO)).isEqualTo(1);
        assertThat(results.ratio(17, Load.LINE_1, Peer.WEFT, Peer.NETTY)).isNaN();
    }

    @Test
    void aRowHasWhoWasMeasured() {
        assertThat(new ServerReport(results).table(17))
                .containsExactly(
                        "| | Weft | NIO by hand |",
                        "|---|---|---|",
                        "| echo of lines of 1 KiB, 1 connection | 6.00 us | 5.00 us, 1.00x |");
    }

    @Test
    void goalsTellWhereTheyAreMissed() {
        assertThat(new ServerReport(results).goals())
                .containsExactly(
                        "| measure | at most | aim | JDK 17 | JDK 25 | met |",
                        "|---|---|---|---|---|---|",
                        "| echo of lines of 1 KiB, 1 connection, against NIO by hand | 1.12x | 1.05x | 1.00x | 1.20x |"
                                + " **no** on 25 |");
    }

    @Test
    void everyGoalIsAboutALoadThatTheShortModeHas() {
        ServerRequest brief = ServerRequest.parse(true, List.of());

        assertThat(Goal.all()).allMatch(goal -> brief.wants(goal.load()));
    }

    @Test
    void onlyAWholeRunReplacesWhatIsKept() {
        assertThat(ServerRequest.parse(false, List.of("rounds=5")).isWhole()).isTrue();
        assertThat(ServerRequest.parse(true, List.of()).isWhole()).isFalse();
        assertThat(ServerRequest.parse(false, List.of("http")).isWhole()).isFalse();
        assertThat(ServerRequest.parse(false, List.of("jdks=25")).isWhole()).isFalse();
        assertThat(ServerRequest.parse(false, List.of("peers=weft,nio")).isWhole())
                .isFalse();
    }
}
