package dev.weft.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.AsyncConsumer;
import java.io.IOException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class CertificateErrorsTest {
    private static final AsyncConsumer<Connection> NOBODY = peer -> {
        throw new AssertionError("handled");
    };

    @Test
    void createConnectionSslFailedCertificate() {
        Loopback.run(() -> {
            try (Server server = Server.builder().tls(Certificates.server()).listen(Loopback.HOST, 0, NOBODY)) {
                SSLHandshakeException failure =
                        failure(Connection.builder().tls(), Loopback.HOST, server.port()); // trusts the usual ones only
                assertThat(failure)
                        .hasMessageContaining("TLS handshake with 127.0.0.1:" + server.port() + " failed: ")
                        .hasMessageContaining("unable to find valid certification path");
            }
        });
    }

    @Test
    void aCertificateForAnotherHostIsRefused() {
        Loopback.run(() -> {
            try (Server server = Server.builder().tls(Certificates.server()).listen(Loopback.HOST, 0, NOBODY)) {
                TlsOptions options = TlsOptions.of(Certificates.client()).serverName("other.example");
                assertThat(failure(Connection.builder().tls(options), Loopback.HOST, server.port()))
                        .hasMessageContaining("TLS handshake with other.example at 127.0.0.1:" + server.port())
                        .hasMessageContaining("matching other.example found");
            }
        });
    }

    @Test
    void anExpiredCertificateIsRefused() {
        Loopback.run(() -> {
            SSLContext expired = Certificates.context(Certificates.EXPIRED, null);
            try (Server server = Server.builder().tls(expired).listen("localhost", 0, NOBODY)) {
                SSLContext trusting = Certificates.context(null, Certificates.EXPIRED);
                assertThat(failure(Connection.builder().tls(trusting), "localhost", server.port()))
                        .hasMessageContaining("TLS handshake with localhost:" + server.port())
                        .hasMessageContaining("(NotAfter: ");
            }
        });
    }

    @Test
    void debugModeTellsWhatServersRefuse() {
        Loopback.runWithErrors(loopback -> {
            loopback.loop.setDebug(true);
            loopback.loop.setSlowCallbackDuration(java.time.Duration.ofMinutes(1));
            try (Server server = Server.builder().tls(Certificates.server()).listen(Loopback.HOST, 0, NOBODY)) {
                failure(Connection.builder().tls(), Loopback.HOST, server.port());
            }
            assertThat(loopback.errors).hasSize(1);
            assertThat(loopback.errors.get(0).message()).isEqualTo("TLS handshake of a server failed");
            assertThat(loopback.errors.get(0).exception())
                    .isInstanceOf(SSLHandshakeException.class)
                    .hasMessageContaining("certificate_unknown");
        });
    }

    @Test
    void theRootOfAFailureIsSaidOnce() {
        javax.net.ssl.SSLException outer = new javax.net.ssl.SSLException("it failed: inner");
        outer.initCause(new IOException("inner"));
        assertThat(HandshakeFailure.of("host:1", outer))
                .hasMessage("TLS handshake with host:1 failed: it failed: inner")
                .hasCause(outer);
    }

    @Async
    private static SSLHandshakeException failure(Connection.Builder builder, String host, int port) throws IOException {
        try (Connection connection = builder.open(host, port)) {
            throw new AssertionError("trusted: " + connection);
        } catch (SSLHandshakeException e) {
            return e;
        }
    }
}
