package dev.weft.io;

import static dev.weft.Asyncio.await;
import static dev.weft.Asyncio.createTask;
import static dev.weft.Asyncio.yieldNow;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.AsyncFuture;
import dev.weft.Task;
import java.io.IOException;
import java.util.Random;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.Test;

class StartTlsTest {
    @Test
    void startTlsBufferedData() {
        Loopback.run(() -> {
            try (Server server = Server.listen(Loopback.HOST, 0, peer -> {
                        assertThat(peer.reader().readLine()).isEqualTo("PROXY TCP4");
                        while (peer.reader().available() == 0) {
                            yieldNow(); // until the client has begun
                        }
                        peer.startTls(Certificates.server());
                        ConnectionTest.echo(peer);
                    });
                    Connection connection = Connection.open(Loopback.HOST, server.port())) {
                connection.writer().write("PROXY TCP4\r\n");
                connection.startTls(Certificates.client());
                connection.writer().write("secret\n");
                assertThat(connection.reader().readLine()).isEqualTo("secret");
            }
        });
    }

    @Test
    void aConnectionGoesOnWithTls() {
        Loopback.run(() -> {
            try (Server server = Server.listen(Loopback.HOST, 0, peer -> {
                        peer.writer().write("220 ready\n");
                        assertThat(peer.reader().readLine()).isEqualTo("STARTTLS");
                        peer.writer().write("220 go ahead\n");
                        peer.startTls(Certificates.server());
                        ConnectionTest.echo(peer);
                    });
                    Connection connection = Connection.open(Loopback.HOST, server.port())) {
                StreamReader reader = connection.reader();
                StreamWriter writer = connection.writer();
                assertThat(reader.readLine()).isEqualTo("220 ready");
                writer.write("STARTTLS\n");
                assertThat(reader.readLine()).isEqualTo("220 go ahead");
                assertThat(connection.tlsSession()).isNull();
                connection.startTls(Certificates.client());
                assertThat(connection.tlsSession()).isNotNull();
                assertThat(connection.reader()).isSameAs(reader);
                assertThat(connection.writer()).isSameAs(writer);
                writer.write("secret\n");
                assertThat(reader.readLine()).isEqualTo("secret");
            }
        });
    }

    @Test
    void whatWasWrittenBeforeGoesFirst() {
        Loopback.run(() -> {
            AsyncFuture<Integer> written = Loopback.event();
            try (Server server = Server.listen(Loopback.HOST, 0, peer -> {
                        peer.reader().readExactly(await(written));
                        peer.startTls(Certificates.server());
                        ConnectionTest.echo(peer);
                    });
                    Connection connection = Connection.open(Loopback.HOST, server.port())) {
                int before = TlsTest.fill(connection.writer());
                Task<Void> starting = createTask(() -> connection.startTls(Certificates.client()));
                yieldNow();
                connection.writer().write("early\n"); // encrypted when it can be
                yieldNow();
                written.setResult(before);
                await(starting);
                assertThat(connection.reader().readLine()).isEqualTo("early");
                connection.writer().drain();
                assertThat(connection.writer().bufferSize()).isZero();
            }
        });
    }

    @Test
    void sslOverSsl() {
        Loopback.run(() -> {
            byte[] data = new byte[2_000_000];
            new Random(3).nextBytes(data);
            try (Server server = Server.builder().tls(Certificates.server()).listen(Loopback.HOST, 0, peer -> {
                        assertThat(peer.reader().readLine()).isEqualTo("CONNECT");
                        peer.writer().write("OK\n");
                        peer.startTls(Certificates.server());
                        ConnectionTest.echo(peer);
                    });
                    Connection connection =
                            Connection.builder().tls(Certificates.client()).open(Loopback.HOST, server.port())) {
                SSLSession outer = connection.tlsSession();
                connection.writer().write("CONNECT\n");
                assertThat(connection.reader().readLine()).isEqualTo("OK");
                connection.startTls(TlsOptions.of(Certificates.client()).serverName("localhost"));
                assertThat(connection.tlsSession()).isNotSameAs(outer);
                Task<Void> writing = createTask(() -> {
                    connection.writer().write(data);
                    connection.writer().drain();
                });
                assertThat(connection.reader().readExactly(data.length)).isEqualTo(data);
                await(writing);
                connection.close();
                assertThat(connection.isTruncated()).isFalse();
            }
        });
    }

    @Test
    void whatSomebodyHasPutBeforeTheHandshakeIsNotRead() {
        Loopback.run(() -> {
            try (Server server = Server.listen(Loopback.HOST, 0, peer -> {
                        peer.writer().write("go ahead\nput in\n");
                        try {
                            peer.startTls(Certificates.server());
                        } catch (IOException e) {
                            // the client has gone
                        }
                    });
                    Connection connection = Connection.open(Loopback.HOST, server.port())) {
                assertThat(connection.reader().readLine()).isEqualTo("go ahead");
                try {
                    connection.startTls(Certificates.client());
                    throw new AssertionError("started");
                } catch (SSLHandshakeException e) {
                    assertThat(e).hasMessageContaining("127.0.0.1:" + server.port());
                    assertThat(connection.isClosing()).isTrue();
                }
            }
        });
    }

    @Test
    void onlyOneHandshakeAtATimeAndNoneAtTheEnd() {
        Loopback.run(() -> {
            try (Server server =
                    Server.listen(Loopback.HOST, 0, peer -> peer.reader().readAll())) {
                Connection connection = Connection.open(Loopback.HOST, server.port());
                Task<Void> first = createTask(() -> connection.startTls(Certificates.client()));
                while (connection.transport().tls() == null) {
                    yieldNow();
                }
                try {
                    connection.startTls(Certificates.client());
                    throw new AssertionError("started");
                } catch (IllegalStateException e) {
                    assertThat(e).hasMessageContaining("Another handshake is going on");
                }
                connection.abort();
                try {
                    await(first);
                    throw new AssertionError("agreed");
                } catch (java.util.concurrent.CompletionException e) {
                    assertThat(e.getCause()).hasMessageContaining("closed during the handshake");
                }
                try (Connection ended = Connection.open(Loopback.HOST, server.port())) {
                    ended.writer().writeEof();
                    ended.startTls(Certificates.client());
                    throw new AssertionError("started");
                } catch (IllegalStateException e) {
                    assertThat(e).hasMessageContaining("Cannot start TLS after writeEof()");
                }
            }
        });
    }
}
