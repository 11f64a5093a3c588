package dev.weft.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.examples.chat.Chat;
import dev.weft.examples.http.HttpHello;
import org.junit.jupiter.api.Test;

/** Servers, clients, processes and clusters, in real time on this machine. */
class NetworkExamplesTest {
    @Test
    void echo() throws Exception {
        assertThat(Output.of(Echo::main)).isEqualTo("""
                        Anna hears: Hello, Anna; and goodbye;
                        Bob hears: Hello, Bob; and goodbye;
                        Cleo hears: Hello, Cleo; and goodbye;
                        """);
    }

    @Test
    void chat() throws Exception {
        assertThat(Output.of(Chat::main)).isEqualTo("""
                           Anna | Welcome, Anna. Here are: []
                           Bob | Welcome, Bob. Here are: [Anna]
                           Bob | Anna: Hello, is anybody there?
                           Anna | * Bob comes in
                           Anna | Anna: Hello, is anybody there?
                           Anna | Bob: I am
                           Anna | * Bob goes
                           Bob | Bob: I am
                           Bob | (the end)
                           Anna | * the server ends
                           Anna | (the end)
                        """);
    }

    @Test
    void fetchPages() throws Exception {
        assertThat(Output.of(FetchPages::main)).isEqualTo("""
                        weft /page/1 200, 1000 bytes
                        weft /page/2 200, 2000 bytes
                        weft /page/3 200, 3000 bytes
                        weft /page/4 200, 4000 bytes
                        weft /page/5 200, 5000 bytes
                        jdk  /page/1 200, 1000 bytes
                        jdk  /page/2 200, 2000 bytes
                        jdk  /page/3 200, 3000 bytes
                        jdk  /page/4 200, 4000 bytes
                        jdk  /page/5 200, 5000 bytes
                        """);
    }

    @Test
    void httpHello() throws Exception {
        assertThat(Output.of(HttpHello::main)).isEqualTo("""
                        / 200 Hello, world!
                        /count 200 3 2 1
                        /nowhere 404 There is no page /nowhere
                        connections: 1
                        """);
    }

    @Test
    void portScanner() throws Exception {
        assertThat(Output.of(PortScanner::main)).isEqualTo("found both: true\n");
    }

    @Test
    void pipeline() throws Exception {
        assertThat(Output.of(Pipeline::main)).isEqualTo("""
                        3 ANNA
                        1 BOB
                        2 CLEO
                        ended with 0 and 0
                        """);
    }

    @Test
    void fanOut() throws Exception {
        assertThat(Output.of(FanOut::main)).isEqualTo("""
                        members: 2
                        17326 primes below 192000, counted by [first, second]
                        """);
    }
}
