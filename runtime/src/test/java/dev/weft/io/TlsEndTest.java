package dev.weft.io;

import static dev.weft.Asyncio.await;
import static dev.weft.Asyncio.createTask;
import static dev.weft.Asyncio.toThread;
import static dev.weft.Asyncio.yieldNow;
import static dev.weft.io.FedReader.bytes;
import static dev.weft.io.FedReader.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.AsyncFuture;
import dev.weft.CancelledError;
import dev.weft.Task;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

class TlsEndTest {
    @Test
    void flushBeforeShutdown() {
        Loopback.run(() -> {
            AsyncFuture<Void> reads = Loopback.event();
            AsyncFuture<Integer> received = Loopback.event();
            AsyncFuture<Boolean> truncated = Loopback.event();
            try (Server server = Server.builder().tls(Certificates.server()).listen(Loopback.HOST, 0, peer -> {
                peer.writer().write(peer.reader().readExactly(4));
                await(reads);
                received.setResult(peer.reader().readAll().length);
                truncated.setResult(peer.isTruncated());
            })) {
                Connection connection =
                        Connection.builder().tls(Certificates.client()).open(Loopback.HOST, server.port());
                connection.writer().write("ping");
                assertThat(text(connection.reader().readExactly(4))).isEqualTo("ping");
                int written = TlsTest.fill(connection.writer());
                connection.writer().close();
                reads.setResult(null);
                connection.writer().waitClosed();
                assertThat(connection.reader().readAll()).isEmpty();
                assertThat(await(received)).isEqualTo(written);
                assertThat(await(truncated)).isFalse();
            }
        });
    }

    private static Task<Integer> peer(ServerSocket listening, CountDownLatch goesOn, boolean saysSo) throws Exception {
        return peer(listening, goesOn, saysSo, new CountDownLatch(0));
    }

    /** Reads "ping", says "pong", waits, ends its stream in some way, waits, and counts what comes until the end. */
    private static Task<Integer> peer(
            ServerSocket listening, CountDownLatch goesOn, boolean saysSo, CountDownLatch reads) throws Exception {
        var factory = Certificates.server().getSocketFactory();
        return createTask(() -> toThread(() -> {
            try (Socket plain = listening.accept();
                    SSLSocket socket = (SSLSocket) factory.createSocket(plain, null, 0, true)) {
                socket.setUseClientMode(false);
                InputStream in = socket.getInputStream();
                assertThat(text(in.readNBytes(4))).isEqualTo("ping");
                socket.getOutputStream().write(bytes("pong"));
                goesOn.await();
                if (saysSo) {
                    socket.shutdownOutput();
                } else {
                    plain.shutdownOutput();
                }
                reads.await();
                return in.readAllBytes().length;
            }
        }));
    }

    private static void receivesTrailingData(boolean saysSo) {
        Loopback.run(() -> {
            try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getByName(Loopback.HOST))) {
                CountDownLatch goesOn = new CountDownLatch(1);
                Task<Integer> peer = peer(listening, goesOn, saysSo);
                Connection connection =
                        Connection.builder().tls(Certificates.client()).open(Loopback.HOST, listening.getLocalPort());
                connection.writer().write("ping");
                assertThat(text(connection.reader().readExactly(4))).isEqualTo("pong");
                int written = TlsTest.fill(connection.writer());
                goesOn.countDown();
                assertThat(connection.reader().readAll()).isEmpty();
                assertThat(connection.isTruncated()).isEqualTo(!saysSo);
                assertThat(connection.isClosing()).isTrue();
                assertThat(await(peer)).isEqualTo(written);
                connection.close();
            }
        });
    }

    @Test
    void remoteShutdownReceivesTrailingData() {
        receivesTrailingData(true);
    }

    @Test
    void remoteEofReceivesTrailingData() {
        receivesTrailingData(false);
    }

    @Test
    void theOlderProtocolCannotSendTheRest() {
        Loopback.run(() -> {
            try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getByName(Loopback.HOST))) {
                CountDownLatch goesOn = new CountDownLatch(1);
                CountDownLatch reads = new CountDownLatch(1);
                Task<Integer> peer = peer(listening, goesOn, true, reads);
                TlsOptions older = TlsOptions.of(Certificates.client())
                        .parameters(tls -> tls.setProtocols(new String[] {"TLSv1.2"}));
                Connection connection = Connection.builder().tls(older).open(Loopback.HOST, listening.getLocalPort());
                connection.writer().write("ping");
                assertThat(text(connection.reader().readExactly(4))).isEqualTo("pong");
                connection.writer().write(new byte[20_000_000]); // more than the systems of both sides keep
                goesOn.countDown();
                try {
                    connection.reader().readAll(); // else the rest might be sent before the end comes
                    reads.countDown();
                    connection.writer().waitClosed();
                    throw new AssertionError("all was sent");
                } catch (SSLException e) {
                    assertThat(e).hasMessageContaining("has ended the connection before all was sent");
                } finally {
                    reads.countDown();
                }
                try {
                    await(peer);
                } catch (CompletionException e) {
                    assertThat(e).hasCauseInstanceOf(IOException.class);
                }
            }
        });
    }

    @Test
    void shutdownTimeout() {
        Loopback.run(() -> {
            try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getByName(Loopback.HOST))) {
                CountDownLatch goesOn = new CountDownLatch(1);
                Task<Integer> peer = peer(listening, goesOn, true);
                TlsOptions options = TlsOptions.of(Certificates.client()).shutdownTimeout(Duration.ofMillis(20));
                Connection connection = Connection.builder().tls(options).open(Loopback.HOST, listening.getLocalPort());
                connection.writer().write("ping");
                assertThat(text(connection.reader().readExactly(4))).isEqualTo("pong");
                connection.close(); // all was sent, so that nobody has to know
                try {
                    connection.writer().waitClosed();
                    throw new AssertionError("answered");
                } catch (SocketTimeoutException e) {
                    assertThat(e)
                            .hasMessageContaining("TLS shutdown with 127.0.0.1:")
                            .hasMessageContaining("0.02");
                }
                goesOn.countDown();
                assertThat(await(peer)).isZero();
            }
        });
    }

    @Test
    void handshakeTimeout() {
        Loopback.run(() -> {
            try (Server server =
                    Server.listen(Loopback.HOST, 0, peer -> peer.reader().readAll())) {
                TlsOptions options = TlsOptions.of(Certificates.client()).handshakeTimeout(Duration.ofMillis(20));
                try {
                    Connection.builder().tls(options).open(Loopback.HOST, server.port());
                    throw new AssertionError("agreed");
                } catch (SocketTimeoutException e) {
                    assertThat(e)
                            .hasMessage("TLS handshake with 127.0.0.1:" + server.port()
                                    + " is taking longer than 0.02 seconds: aborting the connection");
                }
            }
        });
    }

    @Test
    void aServerDoesNotWaitForTheHandshakeForEver() {
        Loopback.run(() -> {
            TlsOptions options = TlsOptions.of(Certificates.server()).handshakeTimeout(Duration.ofMillis(20));
            try (Server server = Server.builder().tls(options).listen(Loopback.HOST, 0, ConnectionTest::echo);
                    Connection silent = Connection.open(Loopback.HOST, server.port())) {
                assertThat(silent.reader().readAll()).isEmpty();
            }
        });
    }

    @Test
    void handshakeConnectionLost() {
        Loopback.run(() -> {
            try (Server server =
                    Server.listen(Loopback.HOST, 0, peer -> peer.reader().read(100_000))) {
                try {
                    Connection.builder().tls(Certificates.client()).open(Loopback.HOST, server.port());
                    throw new AssertionError("agreed");
                } catch (SSLHandshakeException e) {
                    assertThat(e)
                            .hasMessage("TLS handshake with 127.0.0.1:" + server.port()
                                    + " failed: the other side has closed the connection");
                }
            }
        });
    }

    @Test
    void startTlsSlowClientCancel() {
        Loopback.run(() -> {
            AsyncFuture<Void> begun = Loopback.event();
            AsyncFuture<Void> ended = Loopback.event();
            try (Server server = Server.listen(Loopback.HOST, 0, peer -> {
                peer.reader().read(100_000);
                begun.setResult(null);
                peer.reader().readAll();
                ended.setResult(null);
            })) {
                Task<Connection> opening = createTask(
                        () -> Connection.builder().tls(Certificates.client()).open(Loopback.HOST, server.port()));
                await(begun);
                opening.cancel();
                try {
                    await(opening);
                    throw new AssertionError("opened");
                } catch (CancelledError e) {
                    assertThat(opening.isCancelled()).isTrue();
                }
                await(ended);
            }
        });
    }

    @Test
    void aServerThatIsShutDownEndsHandshakes() {
        Loopback.run(() -> {
            Server server = Server.builder().tls(Certificates.server()).listen(Loopback.HOST, 0, ConnectionTest::echo);
            try (Connection silent = Connection.open(Loopback.HOST, server.port())) {
                while (server.connections() == 0) {
                    yieldNow();
                }
                server.shutdown(Duration.ZERO);
                assertThat(silent.reader().readAll()).isEmpty();
            }
        });
    }

    @Test
    void whoDoesNotSpeakTlsIsToldSoAndClosed() {
        Loopback.run(() -> {
            try (Server server = Server.builder().tls(Certificates.server()).listen(Loopback.HOST, 0, peer -> {
                        throw new AssertionError("handled");
                    });
                    Connection plain = Connection.open(Loopback.HOST, server.port())) {
                plain.writer().write("GET / HTTP/1.0\r\n\r\n");
                assertThat(plain.reader().readAll()).startsWith(21); // an alert
            }
        });
    }

    @Test
    void whatIsCutOffIsKnownToBe() {
        Loopback.run(() -> {
            AsyncFuture<String> received = Loopback.event();
            AsyncFuture<Boolean> truncated = Loopback.event();
            try (Server server = Server.builder().tls(Certificates.server()).listen(Loopback.HOST, 0, peer -> {
                peer.writer().write("x");
                received.setResult(text(peer.reader().readAll()));
                truncated.setResult(peer.isTruncated());
            })) {
                Connection connection =
                        Connection.builder().tls(Certificates.client()).open(Loopback.HOST, server.port());
                connection.reader().readExactly(1);
                connection.writer().write("all that ca");
                yieldNow();
                while (connection.writer().bufferSize() > 0) {
                    yieldNow();
                }
                connection.abort();
                assertThat(await(received)).isEqualTo("all that ca");
                assertThat(await(truncated)).isTrue();
            }
        });
    }

    @Test
    void startTlsClientCorruptedSsl() {
        Loopback.run(() -> {
            AsyncFuture<Throwable> failure = Loopback.event();
            try (Server server = Server.builder().tls(Certificates.server()).listen(Loopback.HOST, 0, peer -> {
                        try {
                            peer.reader().readAll();
                        } catch (SSLException e) {
                            failure.setResult(e);
                        }
                    });
                    Connection connection =
                            Connection.builder().tls(Certificates.client()).open(Loopback.HOST, server.port())) {
                connection.transport().channel().write(ByteBuffer.wrap(bytes("this is not encrypted at all")));
                assertThat(await(failure)).isInstanceOf(SSLException.class);
                try {
                    connection.reader().readAll();
                    throw new AssertionError("ended well");
                } catch (IOException e) {
                    assertThat(e).hasMessageContaining("alert");
                }
            }
        });
    }
}
