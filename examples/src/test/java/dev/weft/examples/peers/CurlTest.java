package dev.weft.examples.peers;

import static dev.weft.Asyncio.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.AsyncConsumer;
import dev.weft.AsyncRunnable;
import dev.weft.examples.http.HttpHello;
import dev.weft.examples.http.HttpServer;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code curl} visits our HTTP server. */
class CurlTest {
    @BeforeEach
    void needsCurl() {
        Peer.assumeInstalled("curl");
    }

    private static void withServer(AsyncConsumer<String> test) {
        run(() -> waitFor(
                (AsyncRunnable) () -> {
                    try (HttpServer server = HttpServer.listen("127.0.0.1", 0, HttpHello::answer)) {
                        test.accept("http://127.0.0.1:" + server.port());
                    }
                },
                Duration.ofSeconds(40)));
    }

    @Test
    void keepsTheConnection() {
        withServer(site -> {
            String printed = toThread(() -> Peer.run(
                    "curl", "-sS", "-w", "%{http_code} %{num_connects}\\n", site + "/", site + "/count", site + "/x"));
            assertThat(printed).isEqualTo("""
                            Hello, world!
                            200 1
                            3 2 1 200 0
                            There is no page /x
                            404 0
                            """);
        });
    }

    @Test
    void asksForTheHeadOnly() {
        withServer(site -> {
            String head = toThread(() -> Peer.run("curl", "-sSI", site + "/"));
            assertThat(head)
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .contains("Content-Length: 14\r\n")
                    .endsWith("\r\n\r\n");
        });
    }

    @Test
    void uploadsInChunks() {
        withServer(site -> {
            byte[] data = random(3_000_000);
            byte[] echo = toThread(
                    () -> Peer.run(data, "curl", "-sS", "-X", "POST", "-H", "Expect:", "-T", "-", site + "/echo"));
            assertThat(echo).isEqualTo(data);
        });
    }

    @Test
    void uploadsWhatIsAskedFor() {
        withServer(site -> {
            byte[] data = random(9_000_000);
            byte[] echo = toThread(() ->
                    Peer.run(data, "curl", "-sS", "-H", "Expect: 100-continue", "--data-binary", "@-", site + "/echo"));
            assertThat(echo).isEqualTo(data);
        });
    }

    @Test
    void hearsThatAnUploadIsTooLarge() {
        withServer(site -> {
            byte[] data = random(11_000_000);
            for (String expect : new String[] {"Expect: 100-continue", "Expect:"}) {
                String status = new String(toThread(() -> Peer.run(
                        data,
                        "curl",
                        "-sS",
                        "-o",
                        "/dev/null",
                        "-w",
                        "%{http_code}",
                        "-H",
                        expect,
                        "--data-binary",
                        "@-",
                        site + "/echo")));
                assertThat(status).isEqualTo("413");
            }
        });
    }

    private static byte[] random(int length) {
        byte[] data = new byte[length];
        new Random(length).nextBytes(data);
        return data;
    }
}
