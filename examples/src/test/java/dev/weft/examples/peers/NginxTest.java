package dev.weft.examples.peers;

import static dev.weft.Asyncio.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.*;
import dev.weft.examples.http.Page;
import dev.weft.examples.http.PageReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our client of HTTP fetches pages of nginx. */
class NginxTest {
    private static final String CONFIGURATION = """
            daemon off;
            master_process off;
            pid PREFIX/pid;
            error_log stderr notice;
            events {}
            http {
                access_log off;
                client_body_temp_path PREFIX/t1; proxy_temp_path PREFIX/t2; fastcgi_temp_path PREFIX/t3;
                uwsgi_temp_path PREFIX/t4; scgi_temp_path PREFIX/t5;
                server {
                    listen 127.0.0.1:PORT;
                    keepalive_requests 4;
                    root PREFIX;
                    location /which { return 200 $connection_requests; }
                    location /included { ssi on; ssi_types *; }
                    location /empty { return 204; }
                }
            }
            """;

    private final byte[] large = new byte[3_000_000];

    @Test
    void keepsConnectionsAsLongAsTheServerDoes(@TempDir Path folder) throws Exception {
        Peer.assumeInstalled("nginx");
        new Random(1).nextBytes(large);
        Files.write(folder.resolve("large"), large);
        Files.writeString(folder.resolve("included"), "<!--#echo var=\"uri\" -->, included");
        Path configuration = folder.resolve("nginx.conf");
        try (Peer nginx = Peer.startAtFreePort("using the \"epoll\" event method", port -> {
            Files.writeString(
                    configuration, CONFIGURATION.replace("PREFIX", "" + folder).replace("PORT", "" + port));
            return List.of("nginx", "-p", "" + folder, "-e", "stderr", "-c", "" + configuration);
        })) {
            run(() -> waitFor((AsyncRunnable) () -> visit(nginx.port()), Duration.ofSeconds(40)));
        }
    }

    @Async
    private void visit(int port) throws Exception {
        try (PageReader reader = new PageReader("127.0.0.1", port)) {
            assertThat(reader.get("/which").text()).isEqualTo("1");
            assertThat(reader.get("/large").content()).isEqualTo(large);
            assertThat(reader.get("/empty").status()).isEqualTo(204);
            Page included = reader.get("/included");
            assertThat(included.headers().value("Transfer-Encoding")).isEqualTo("chunked");
            assertThat(included.text()).isEqualTo("/included, included");
            assertThat(reader.connections()).isEqualTo(1);
            assertThat(reader.get("/which").text()).isEqualTo("1"); // nginx takes four on each connection
            assertThat(reader.get("/nowhere").status()).isEqualTo(404);
            assertThat(reader.connections()).isEqualTo(2);
        }
        gather(Collections.nCopies(20, (Coroutine<Void>) () -> {
            fetchLarge(port);
            return null;
        }));
    }

    @Async
    private void fetchLarge(int port) throws Exception {
        try (PageReader reader = new PageReader("127.0.0.1", port)) {
            assertThat(reader.get("/large").content()).isEqualTo(large);
        }
    }
}
