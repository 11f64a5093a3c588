package dev.weft.examples.peers;

import static dev.weft.Asyncio.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.*;
import dev.weft.examples.http.HttpHello;
import dev.weft.examples.http.HttpServer;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Collections;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The JDK's HTTP client visits our server. */
class JdkClientTest {
    private final HttpClient client = HttpClient.newHttpClient();

    private static void withServer(AsyncConsumer<URI> test) {
        run(() -> waitFor(
                (AsyncRunnable) () -> {
                    try (HttpServer server = HttpServer.listen("127.0.0.1", 0, HttpHello::answer)) {
                        test.accept(URI.create("http://127.0.0.1:" + server.port()));
                    }
                },
                Duration.ofSeconds(40)));
    }

    @Test
    void manyAtTheSameTime() {
        withServer(site -> {
            HttpRequest request = HttpRequest.newBuilder(site.resolve("/count")).build();
            Coroutine<String> fetch = () ->
                    await(client.sendAsync(request, BodyHandlers.ofString())).body();
            assertThat(gather(Collections.nCopies(50, fetch))).hasSize(50).containsOnly("3 2 1 ");
        });
    }

    @Test
    void sendsBodiesOfKnownAndOfUnknownLength() {
        withServer(site -> {
            byte[] data = new byte[2_000_000];
            new Random(1).nextBytes(data);
            HttpRequest.Builder request = HttpRequest.newBuilder(site.resolve("/echo"));
            HttpRequest known =
                    request.copy().POST(BodyPublishers.ofByteArray(data)).build();
            HttpRequest unknown = request.copy()
                    .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(data)))
                    .build();
            HttpRequest asked = request.copy()
                    .POST(BodyPublishers.ofByteArray(data))
                    .expectContinue(true)
                    .build();
            for (HttpRequest one : new HttpRequest[] {known, unknown, asked}) {
                HttpResponse<byte[]> response = await(client.sendAsync(one, BodyHandlers.ofByteArray()));
                assertThat(response.body()).isEqualTo(data);
            }
        });
    }

    @Test
    void asksForTheHeadOnly() {
        withServer(site -> {
            HttpRequest request = HttpRequest.newBuilder(site)
                    .method("HEAD", BodyPublishers.noBody())
                    .build();
            HttpResponse<String> response = await(client.sendAsync(request, BodyHandlers.ofString()));
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Length")).hasValue("14");
            assertThat(response.body()).isEmpty();
        });
    }
}
