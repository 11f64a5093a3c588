package dev.weft.examples.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.examples.Output;
import dev.weft.examples.Redis;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our client talks to a real Redis. */
class RedisTest {
    @Test
    void talksToARealServer(@TempDir Path folder) throws Exception {
        Peer.assumeInstalled("redis-server");
        try (Peer redis = Peer.startAtFreePort(
                "Ready to accept connections",
                port -> List.of(
                        "redis-server",
                        "--bind",
                        "127.0.0.1",
                        "--port",
                        "" + port,
                        "--save",
                        "",
                        "--dir",
                        "" + folder))) {
            String[] address = {"127.0.0.1", Integer.toString(redis.port())};
            assertThat(Output.of(nothing -> Redis.main(address))).isEqualTo("""
                            greeting: Grüße
                            nothing: null
                            a thousand calls at once: 1 to 1000
                            refused: ERR value is not an integer or out of range
                            deleted: 2
                            news: one
                            news: two
                            news: end
                            """);
        }
    }

    @Test
    void saysThatThereIsNone() throws Exception {
        String[] address = {"127.0.0.1", Integer.toString(FreePort.any())};
        assertThat(Output.of(nothing -> Redis.main(address)))
                .startsWith("there is no Redis: Connection refused: ")
                .contains("127.0.0.1:" + address[1]);
    }
}
