package dev.weft.io;

import static dev.weft.io.FedReader.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import java.io.IOException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnixServerTest {
    @TempDir
    Path folder;

    private UnixDomainSocketAddress address;

    @BeforeEach
    void choosePath() {
        address = UnixDomainSocketAddress.of(folder.resolve("s"));
    }

    @Test
    void sendsAndReceives() {
        Loopback.run(() -> {
            try (Server server = Server.listen(address, ConnectionTest::echo);
                    Connection connection = Connection.open(address)) {
                assertThat(server.addresses()).containsExactly(address);
                assertThat(connection.remoteAddress()).isEqualTo(address);
                connection.writer().write("x");
                connection.writer().writeEof();
                assertThat(text(connection.reader().readAll())).isEqualTo("x");
                try {
                    server.port();
                    throw new AssertionError("a port");
                } catch (IllegalStateException e) {
                    assertThat(e).hasMessageContaining("Unix-domain sockets have no ports");
                }
            }
        });
    }

    @Test
    void unixServerCleanup() {
        Loopback.run(() -> {
            Server server = Server.listen(address, ConnectionTest::echo);
            assertThat(address.getPath()).exists();
            server.close();
            assertThat(address.getPath()).doesNotExist();
        });
    }

    @Test
    void unixServerCleanupGone() {
        Loopback.run(() -> {
            Server server = Server.listen(address, ConnectionTest::echo);
            Files.delete(address.getPath());
            server.close();
            assertThat(address.getPath()).doesNotExist();
        });
    }

    @Test
    void unixServerCleanupReplaced() {
        Loopback.run(() -> {
            Server server = Server.listen(address, ConnectionTest::echo);
            Server next = Server.listen(address, ConnectionTest::echo);
            server.close();
            assertThat(address.getPath()).exists();
            Connection.open(address).close();
            next.close();
            assertThat(address.getPath()).doesNotExist();
        });
    }

    @Test
    void unixServerCleanupPrevented() {
        Loopback.run(() -> {
            Server server = Server.builder().cleanUpSocketFile(false).listen(address, ConnectionTest::echo);
            server.close();
            assertThat(address.getPath()).exists();
        });
    }

    @Test
    void whatAKilledServerHasLeftBehindIsReplaced() throws IOException {
        ServerSocketChannel killed =
                ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(address);
        killed.close();
        assertThat(address.getPath()).exists();
        Loopback.run(() -> {
            try (Server server = Server.listen(address, ConnectionTest::echo)) {
                assertThat(server.isServing()).isTrue();
                Connection.open(address).close();
            }
        });
    }

    @Test
    void aFileThatIsNoSocketStays() throws IOException {
        Files.writeString(address.getPath(), "precious");
        Loopback.run(() -> assertThat(failureOfListening()).hasMessageContaining(address.toString()));
        assertThat(address.getPath()).hasContent("precious");
    }

    @Test
    void aMissingServerIsNamed() {
        Loopback.run(() -> {
            try {
                Connection.open(address);
                throw new AssertionError("connected");
            } catch (SocketException e) {
                assertThat(e).hasMessage("No such file or directory: " + address);
            }
        });
    }

    @Test
    void aFullQueueIsTold() {
        Loopback.run(() -> {
            ServerBuilder options = Server.builder().startServing(false).backlog(1);
            try (Server server = options.listen(address, ConnectionTest::echo)) {
                Connection first = Connection.open(address);
                Connection second = Connection.open(address);
                try {
                    Connection third = Connection.open(address);
                    throw new AssertionError("connected: " + third);
                } catch (SocketException e) {
                    assertThat(e).hasMessageContaining(address.toString());
                }
                server.startServing();
                first.close();
                second.close();
            }
        });
    }

    @Async
    private IOException failureOfListening() {
        try {
            Server.listen(address, ConnectionTest::echo);
            throw new AssertionError("listens");
        } catch (IOException e) {
            return e;
        }
    }
}
