package dev.weft.io;

import static dev.weft.Asyncio.await;
import static dev.weft.Asyncio.sleep;
import static dev.weft.io.FedReader.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.AsyncFuture;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Other implementations of TLS. */
class TlsPeersTest {
    private static final String PYTHON_CLIENT = """
            import asyncio, ssl, sys
            async def main():
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
                context.load_verify_locations(sys.argv[2])
                reader, writer = await asyncio.open_connection('localhost', int(sys.argv[1]), ssl=context)
                for i in range(1000):
                    writer.write(b'%d\\n' % i)
                await writer.drain()
                for i in range(1000):
                    assert await reader.readline() == b'%d\\n' % i
                writer.write(b'x' * 3000000)
                assert await reader.readexactly(3000000) == b'x' * 3000000
                writer.close()
                await writer.wait_closed()
                print('done')
            asyncio.run(main())
            """;
    private static final String PYTHON_SERVER = """
            import asyncio, ssl, sys
            async def echo(reader, writer):
                while data := await reader.read(100000):
                    writer.write(data)
                    await writer.drain()
                print('ended', flush=True)
                writer.close()
            async def main():
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                context.load_cert_chain(sys.argv[1], sys.argv[2])
                server = await asyncio.start_server(echo, '127.0.0.1', 0, ssl=context)
                print('port', server.sockets[0].getsockname()[1], flush=True)
                await asyncio.sleep(3600)
            asyncio.run(main())
            """;

    @Test
    void opensslTalksToOurServer() {
        OtherProgram.needs("openssl");
        Loopback.run(() -> {
            AsyncFuture<Boolean> truncated = Loopback.event();
            try (Server server = Server.builder().tls(Certificates.server()).listen(Loopback.HOST, 0, peer -> {
                        ConnectionTest.echo(peer);
                        truncated.setResult(peer.isTruncated());
                    });
                    OtherProgram client = client(server, "-quiet", "-no_ign_eof")) {
                client.say("hello\n");
                assertThat(client.lineWith("hello")).isEqualTo("hello");
                client.sayNoMore();
                client.rest();
                assertThat(await(truncated)).isFalse();
            }
        });
    }

    @Test
    void newKeysInTheMiddle() {
        OtherProgram.needs("openssl");
        Loopback.run(() -> {
            try (Server server =
                            Server.builder().tls(Certificates.server()).listen(Loopback.HOST, 0, ConnectionTest::echo);
                    OtherProgram client = client(server, "-tls1_3", "-msg")) {
                client.say("before\n");
                client.lineWith("before");
                for (int i = 0; i < 3; i++) {
                    client.say("K\n"); // new keys for both directions
                    client.lineWith("KeyUpdate");
                    client.say("after " + i + "\n");
                    client.lineWith("after " + i);
                }
                client.say("Q\n");
                client.rest();
            }
        });
    }

    @Test
    void anotherHandshakeInTheMiddle() {
        OtherProgram.needs("openssl");
        Loopback.run(() -> {
            try (Server server =
                            Server.builder().tls(Certificates.server()).listen(Loopback.HOST, 0, ConnectionTest::echo);
                    OtherProgram client = client(server, "-tls1_2", "-msg")) {
                client.say("before\n");
                client.lineWith("before");
                client.say("R\n");
                client.lineWith("RENEGOTIATING");
                client.lineWith("Finished");
                client.lineWith("Finished");
                client.say("after\n");
                client.lineWith("after");
                client.say("Q\n");
                client.rest();
            }
        });
    }

    private static OtherProgram client(Server server, String... options) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("openssl", "s_client", "-connect", "127.0.0.1:" + server.port()));
        command.addAll(List.of("-servername", "localhost", "-verify_hostname", "localhost", "-verify_return_error"));
        command.addAll(List.of("-CAfile", Certificates.SERVER.certificateFile().toString()));
        command.addAll(Arrays.asList(options));
        return new OtherProgram(command.toArray(String[]::new));
    }

    @Test
    void ourClientTalksToOpenssl() {
        OtherProgram.needs("openssl");
        Loopback.run(() -> {
            int port = ConnectionTest.freePort();
            String certificate = Certificates.SERVER.certificateFile().toString();
            String key = Certificates.SERVER.keyFile().toString();
            String[] command = {
                "openssl",
                "s_server",
                "-accept",
                "127.0.0.1:" + port,
                "-cert",
                certificate,
                "-key",
                key,
                "-rev",
                "-alpn",
                "reverse"
            };
            try (OtherProgram server = new OtherProgram(command)) {
                server.lineWith("ACCEPT");
                TlsOptions options = TlsOptions.of(Certificates.client())
                        .parameters(tls -> tls.setApplicationProtocols(new String[] {"other", "reverse"}));
                for (int i = 0; i < 2; i++) { // the second one goes on with the session of the first
                    try (Connection connection =
                            Connection.builder().tls(options).open(Loopback.HOST, port)) {
                        assertThat(connection.applicationProtocol()).isEqualTo("reverse");
                        connection.writer().write("hello\n");
                        assertThat(connection.reader().readLine()).isEqualTo("olleh");
                    }
                }
            }
        });
    }

    @Test
    void pythonTalksToOurServer(@TempDir Path folder) {
        OtherProgram.needs("python3");
        Loopback.run(() -> {
            Path script = Files.writeString(folder.resolve("client.py"), PYTHON_CLIENT);
            String certificate = Certificates.SERVER.certificateFile().toString();
            try (Server server =
                            Server.builder().tls(Certificates.server()).listen("localhost", 0, ConnectionTest::echo);
                    OtherProgram client =
                            new OtherProgram("python3", script.toString(), "" + server.port(), certificate)) {
                assertThat(client.rest()).isEqualTo("done\n");
            }
        });
    }

    @Test
    void ourClientTalksToPython(@TempDir Path folder) {
        OtherProgram.needs("python3");
        Loopback.run(() -> {
            Path script = Files.writeString(folder.resolve("server.py"), PYTHON_SERVER);
            String certificate = Certificates.SERVER.certificateFile().toString();
            String key = Certificates.SERVER.keyFile().toString();
            try (OtherProgram server = new OtherProgram("python3", script.toString(), certificate, key)) {
                int port = Integer.parseInt(server.lineWith("port ").substring(5));
                try (Connection connection =
                        Connection.builder().tls(Certificates.client()).open(Loopback.HOST, port)) {
                    for (int i = 0; i < 1000; i++) {
                        connection.writer().write(i + "\n");
                    }
                    for (int i = 0; i < 1000; i++) {
                        assertThat(connection.reader().readLine()).isEqualTo("" + i);
                    }
                }
                server.lineWith("ended");
            }
        });
    }

    @Test
    void theHttpClientOfTheJdkTalksToOurServer() {
        Loopback.run(() -> {
            HttpClient client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .sslContext(Certificates.client())
                    .build();
            List<Connection> served = new ArrayList<>();
            try (Server server = Server.builder().tls(Certificates.server()).listen("localhost", 0, peer -> {
                served.add(peer);
                hello(peer);
            })) {
                HttpRequest request = HttpRequest.newBuilder(URI.create("https://localhost:" + server.port() + "/"))
                        .build();
                for (int i = 0; i < 3; i++) {
                    HttpResponse<String> response = await(client.sendAsync(request, BodyHandlers.ofString()));
                    assertThat(response.body()).isEqualTo("hello over TLSv1.3");
                }
                assertThat(served).hasSize(1);
                server.closeClients();
            }
        });
    }

    @Async
    private static void hello(Connection peer) throws IOException {
        String line;
        while ((line = peer.reader().readLine()) != null) {
            if (line.isEmpty()) {
                String body = "hello over " + peer.tlsSession().getProtocol();
                peer.writer().write("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
            }
        }
    }

    @Test
    void ourClientTalksToNginx(@TempDir Path folder) {
        OtherProgram.needs("nginx");
        Loopback.run(() -> {
            int port = ConnectionTest.freePort();
            Path configuration = Files.writeString(folder.resolve("nginx.conf"), """
                    daemon off; master_process off; pid %1$s/pid; error_log stderr;
                    events {}
                    http {
                        access_log off;
                        client_body_temp_path %1$s/a; proxy_temp_path %1$s/b; fastcgi_temp_path %1$s/c;
                        uwsgi_temp_path %1$s/d; scgi_temp_path %1$s/e;
                        server {
                            listen 127.0.0.1:%2$d ssl;
                            ssl_certificate %3$s;
                            ssl_certificate_key %4$s;
                            location / { return 200 "request $connection_requests for $ssl_server_name"; }
                        }
                    }
                    """.formatted(
                            folder, port, Certificates.SERVER.certificateFile(), Certificates.SERVER.keyFile()));
            TlsOptions options = TlsOptions.of(Certificates.client()).serverName("localhost");
            try (OtherProgram nginx = new OtherProgram("nginx", "-c", configuration.toString());
                    Connection connection = openWhenItListens(options, port)) {
                for (int i = 1; i <= 3; i++) {
                    connection.writer().write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
                    int length = -1;
                    String line;
                    while (!(line = connection.reader().readLine()).isEmpty()) {
                        if (line.startsWith("Content-Length: ")) {
                            length = Integer.parseInt(line.substring(16));
                        }
                    }
                    assertThat(text(connection.reader().readExactly(length)))
                            .isEqualTo("request " + i + " for localhost");
                }
                connection.writer().write("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
                assertThat(text(connection.reader().readAll())).endsWith("request 4 for localhost");
            }
        });
    }

    /** It does not say when it has begun. */
    @Async
    private static Connection openWhenItListens(TlsOptions options, int port) throws IOException {
        while (true) {
            try {
                return Connection.builder().tls(options).open(Loopback.HOST, port);
            } catch (ConnectException e) {
                sleep(Duration.ofMillis(10));
            }
        }
    }
}
