package dev.weft.io;

import static dev.weft.Asyncio.await;
import static dev.weft.Asyncio.createTask;
import static dev.weft.Asyncio.yieldNow;
import static dev.weft.io.FedReader.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.AsyncFuture;
import dev.weft.Task;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
    @Test
    void sendsAndReceives() {
        Loopback.run(() -> {
            try (Server server =
                            Server.builder().tls(Certificates.server()).listen(Loopback.HOST, 0, ConnectionTest::echo);
                    Connection connection =
                            Connection.builder().tls(Certificates.client()).open(Loopback.HOST, server.port())) {
                connection.writer().write("Grüße\n");
                assertThat(connection.reader().readLine()).isEqualTo("Grüße");
                connection.writer().write("second\n");
                assertThat(connection.reader().readLine()).isEqualTo("second");
            }
        });
    }

    @Test
    void knowsWhatBothSidesHaveAgreedOn() {
        Loopback.run(() -> {
            try (Server server =
                            Server.builder().tls(Certificates.server()).listen("localhost", 0, ConnectionTest::echo);
                    Connection connection =
                            Connection.builder().tls(Certificates.client()).open("localhost", server.port())) {
                assertThat(connection.tlsSession().getProtocol()).isEqualTo("TLSv1.3");
                assertThat(connection.tlsSession().getCipherSuite()).startsWith("TLS_");
                assertThat(connection.tlsSession().getPeerHost()).isEqualTo("localhost");
                X509Certificate certificate =
                        (X509Certificate) connection.tlsSession().getPeerCertificates()[0];
                assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=localhost");
                assertThat(connection.applicationProtocol()).isNull();
                assertThat(connection.isTruncated()).isFalse();
            }
            try (Server server = Server.listen(Loopback.HOST, 0, ConnectionTest::echo);
                    Connection plain = Connection.open(Loopback.HOST, server.port())) {
                assertThat(plain.tlsSession()).isNull();
                assertThat(plain.applicationProtocol()).isNull();
                assertThat(plain.isTruncated()).isFalse();
                assertThat(plain.writer().canWriteEof()).isTrue();
            }
        });
    }

    @Test
    void agreesOnAnApplicationProtocol() {
        Loopback.run(() -> {
            AsyncFuture<String> served = Loopback.event();
            TlsOptions options = TlsOptions.of(Certificates.server())
                    .parameters(tls -> tls.setApplicationProtocols(new String[] {"second", "first"}));
            TlsOptions wanted = TlsOptions.of(Certificates.client())
                    .parameters(tls -> tls.setApplicationProtocols(new String[] {"third", "second"}));
            try (Server server = Server.builder()
                            .tls(options)
                            .listen(Loopback.HOST, 0, peer -> served.setResult(peer.applicationProtocol()));
                    Connection connection = Connection.builder().tls(wanted).open(Loopback.HOST, server.port())) {
                assertThat(connection.applicationProtocol()).isEqualTo("second");
                assertThat(await(served)).isEqualTo("second");
            }
        });
    }

    @Test
    void speaksTheOlderProtocolToo() {
        Loopback.run(() -> {
            TlsOptions older =
                    TlsOptions.of(Certificates.client()).parameters(tls -> tls.setProtocols(new String[] {"TLSv1.2"}));
            try (Server server =
                            Server.builder().tls(Certificates.server()).listen(Loopback.HOST, 0, ConnectionTest::echo);
                    Connection connection = Connection.builder().tls(older).open(Loopback.HOST, server.port())) {
                assertThat(connection.tlsSession().getProtocol()).isEqualTo("TLSv1.2");
                connection.writer().write("x\n");
                assertThat(connection.reader().readLine()).isEqualTo("x");
            }
        });
    }

    @Test
    void largeAmountsComeThroughUnchanged() {
        Loopback.run(() -> {
            byte[] data = new byte[5_000_000];
            new Random(1).nextBytes(data);
            try (Server server =
                            Server.builder().tls(Certificates.server()).listen(Loopback.HOST, 0, ConnectionTest::echo);
                    Connection connection =
                            Connection.builder().tls(Certificates.client()).open(Loopback.HOST, server.port())) {
                Task<Void> writing = createTask(() -> {
                    connection.writer().write(data, 0, 3_000_000);
                    connection.writer().drain();
                    for (int i = 3_000_000; i < 5_000_000; i += 1000) {
                        connection.writer().write(data, i, 1000);
                    }
                    connection.writer().drain();
                });
                assertThat(connection.reader().readExactly(1)[0]).isEqualTo(data[0]);
                byte[] rest = connection.reader().readExactly(data.length - 1);
                assertThat(rest).isEqualTo(Arrays.copyOfRange(data, 1, data.length));
                await(writing);
            }
        });
    }

    @Test
    void whoDoesNotReadHoldsUpWhoWrites() {
        Loopback.run(() -> {
            AsyncFuture<Void> reads = Loopback.event();
            AsyncFuture<Integer> received = Loopback.event();
            try (Server server = Server.builder().tls(Certificates.server()).listen(Loopback.HOST, 0, peer -> {
                        await(reads);
                        received.setResult(peer.reader().readAll().length);
                    });
                    Connection connection =
                            Connection.builder().tls(Certificates.client()).open(Loopback.HOST, server.port())) {
                StreamWriter writer = connection.writer();
                int written = fill(writer);
                Task<Void> draining = createTask(writer::drain);
                yieldNow();
                assertThat(draining.isDone()).isFalse();
                assertThat(writer.bufferSize()).isLessThan(250_000);
                reads.setResult(null);
                await(draining);
                assertThat(writer.bufferSize()).isLessThanOrEqualTo(writer.lowWater());
                connection.close();
                assertThat(await(received)).isEqualTo(written);
            }
        });
    }

    /** Writes zeros until neither side's system takes more, and tells how many. */
    @Async
    static int fill(StreamWriter writer) {
        int written = 0;
        while (writer.bufferSize() <= writer.highWater()) {
            writer.write(new byte[50_000]);
            written += 50_000;
            yieldNow();
        }
        return written;
    }

    @Test
    void aServerMayAskForTheCertificateOfTheClient() {
        Loopback.run(() -> {
            AsyncFuture<String> served = Loopback.event();
            TlsOptions options = TlsOptions.of(Certificates.context(Certificates.SERVER, Certificates.CLIENT))
                    .parameters(tls -> tls.setNeedClientAuth(true));
            try (Server server = Server.builder()
                    .tls(options)
                    .listen(
                            Loopback.HOST,
                            0,
                            peer -> served.setResult(
                                    peer.tlsSession().getPeerPrincipal().getName()))) {
                try (Connection known = Connection.builder()
                        .tls(Certificates.context(Certificates.CLIENT, Certificates.SERVER))
                        .open(Loopback.HOST, server.port())) {
                    assertThat(await(served)).isEqualTo("CN=client");
                    assertThat(known.reader().readAll()).isEmpty();
                }
                try (Connection unknown =
                        Connection.builder().tls(Certificates.client()).open(Loopback.HOST, server.port())) {
                    unknown.reader().readAll(); // with TLS 1.3 a client learns of it only here
                    throw new AssertionError("taken");
                } catch (SSLHandshakeException e) {
                    assertThat(e).hasMessageContaining("certificate");
                }
            }
        });
    }

    @Test
    void aServerDoesNotAskByItself() {
        Loopback.run(() -> {
            AsyncFuture<Throwable> served = Loopback.event();
            try (Server server = Server.builder().tls(Certificates.server()).listen(Loopback.HOST, 0, peer -> {
                        try {
                            peer.tlsSession().getPeerCertificates();
                        } catch (SSLPeerUnverifiedException e) {
                            served.setResult(e);
                        }
                    });
                    Connection connection =
                            Connection.builder().tls(Certificates.client()).open(Loopback.HOST, server.port())) {
                assertThat(await(served)).isInstanceOf(SSLPeerUnverifiedException.class);
            }
        });
    }

    @Test
    void unixSocketsNeedAName(@TempDir Path folder) {
        Loopback.run(() -> {
            var address = UnixDomainSocketAddress.of(folder.resolve("socket"));
            TlsOptions options = TlsOptions.of(Certificates.client());
            try (Server server = Server.builder().tls(Certificates.server()).listen(address, ConnectionTest::echo)) {
                try {
                    Connection.builder().tls(options).open(address);
                    throw new AssertionError("opened");
                } catch (IllegalArgumentException e) {
                    assertThat(e).hasMessageContaining("TlsOptions.serverName");
                }
                try (Connection connection = Connection.builder()
                        .tls(options.serverName("localhost"))
                        .open(address)) {
                    connection.writer().write("x\n");
                    assertThat(connection.reader().readLine()).isEqualTo("x");
                }
                try (Connection unverified = Connection.builder()
                        .tls(options.parameters(tls -> tls.setEndpointIdentificationAlgorithm(null)))
                        .open(address)) {
                    unverified.writer().write("x");
                    assertThat(text(unverified.reader().read(1))).isEqualTo("x");
                }
            }
        });
    }

    @Test
    void thereIsNoHalfClose() {
        Loopback.run(() -> {
            try (Server server =
                            Server.builder().tls(Certificates.server()).listen(Loopback.HOST, 0, ConnectionTest::echo);
                    Connection connection =
                            Connection.builder().tls(Certificates.client()).open(Loopback.HOST, server.port())) {
                assertThat(connection.writer().canWriteEof()).isFalse();
                try {
                    connection.writer().writeEof();
                    throw new AssertionError("ended");
                } catch (UnsupportedOperationException e) {
                    assertThat(e).hasMessageContaining("TLS");
                }
            }
        });
    }

    @Test
    void timeoutsArePositive() {
        for (Duration limit : new Duration[] {Duration.ZERO, Duration.ofSeconds(-1)}) {
            org.assertj.core.api.Assertions.assertThatIllegalArgumentException()
                    .isThrownBy(() -> TlsOptions.DEFAULT.handshakeTimeout(limit))
                    .withMessageContaining("handshakeTimeout should be a positive duration, got " + limit);
            org.assertj.core.api.Assertions.assertThatIllegalArgumentException()
                    .isThrownBy(() -> TlsOptions.DEFAULT.shutdownTimeout(limit))
                    .withMessageContaining("shutdownTimeout");
        }
        assertThat(TlsOptions.DEFAULT.handshakeTimeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(TlsOptions.DEFAULT.shutdownTimeout()).isEqualTo(Duration.ofSeconds(30));
    }
}
