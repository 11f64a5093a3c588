package dev.weft.io;

import static dev.weft.Asyncio.await;
import static dev.weft.io.FedReader.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Async;
import dev.weft.AsyncFuture;
import dev.weft.Asyncio;
import dev.weft.ContextVar;
import dev.weft.EventLoop;
import dev.weft.TaskFactory;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServerTest {
    @Test
    void listensAtAllAddressesOfAList() {
        Loopback.run(() -> {
            List<InetSocketAddress> addresses = List.of(at("127.0.0.1", 0), at("127.0.0.2", 0), at("127.0.0.1", 0));
            try (Server server = Server.builder().listen(addresses, ConnectionTest::echo)) {
                assertThat(server.addresses()).hasSize(2);
                assertThat(server.addresses().get(0)).isEqualTo(at("127.0.0.1", server.port()));
                for (SocketAddress address : server.addresses()) {
                    assertEchoes(address);
                }
            }
        });
    }

    @Test
    void listensAtAllInterfaces() {
        Loopback.run(() -> {
            for (String host : new String[] {null, ""}) {
                try (Server server = Server.listen(host, 0, ConnectionTest::echo)) {
                    assertEchoes(at("127.0.0.1", server.port()));
                    assertEchoes(at("127.0.0.2", server.port()));
                }
            }
        });
    }

    @Test
    void portZeroIsOneThatIsFree() {
        Loopback.run(() -> {
            try (Server one = Server.listen(Loopback.HOST, 0, ConnectionTest::echo);
                    Server other = Server.listen(Loopback.HOST, 0, ConnectionTest::echo)) {
                assertThat(one.port()).isPositive().isNotEqualTo(other.port());
            }
        });
    }

    @Test
    void aTakenAddressIsNamedAndNoOtherStaysOpen() {
        Loopback.run(() -> {
            int free = ConnectionTest.freePort();
            try (ServerSocket taken = new ServerSocket(0)) {
                List<InetSocketAddress> addresses =
                        List.of(at("127.0.0.1", free), at("127.0.0.1", taken.getLocalPort()));
                try {
                    Server.builder().listen(addresses, ConnectionTest::echo);
                    throw new AssertionError("listens");
                } catch (BindException e) {
                    assertThat(e).hasMessage("Address already in use: /127.0.0.1:" + taken.getLocalPort());
                }
                Server.listen("127.0.0.1", free, ConnectionTest::echo).close();
            }
        });
    }

    @Test
    void addressesThatAreNotThereAreLeftOutAsLongAsOneIs() {
        Loopback.run(() -> {
            List<InetSocketAddress> addresses = List.of(at("192.0.2.1", 0), at("127.0.0.1", 0));
            try (Server server = Server.builder().listen(addresses, ConnectionTest::echo)) {
                assertThat(server.addresses()).containsExactly(at("127.0.0.1", server.port()));
            }
            try {
                Server.listen("192.0.2.1", 0, ConnectionTest::echo);
                throw new AssertionError("listens");
            } catch (BindException e) {
                assertThat(e).hasMessageContaining("192.0.2.1");
            }
        });
    }

    @Test
    void optionsAreChecked() {
        Loopback.run(() -> {
            assertThatThrownBy(() -> Server.builder().backlog(0)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> Server.builder().limit(0)).isInstanceOf(IllegalArgumentException.class);
            try {
                Server.builder().listen(List.of(), ConnectionTest::echo);
                throw new AssertionError("listens");
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessage("No address to listen at");
            }
        });
    }

    @Test
    void severalServersShareAPort() {
        Loopback.run(() -> {
            ServerBuilder sharing = Server.builder().reusePort(true);
            try (Server one = sharing.listen(Loopback.HOST, 0, ConnectionTest::echo);
                    Server other = sharing.listen(Loopback.HOST, one.port(), ConnectionTest::echo)) {
                assertEchoes(other.addresses().get(0));
            }
        });
    }

    @Test
    void keepAliveAndLimitAreThoseOfItsConnections() {
        Loopback.run(() -> {
            AsyncFuture<Boolean> keepAlive = Loopback.event();
            AsyncFuture<IOException> tooLong = Loopback.event();
            ServerBuilder options = Server.builder().keepAlive(true).limit(3);
            try (Server server = options.listen(Loopback.HOST, 0, peer -> {
                        keepAlive.setResult(peer.option(StandardSocketOptions.SO_KEEPALIVE));
                        try {
                            peer.reader().readLine();
                        } catch (LimitOverrunException e) {
                            tooLong.setResult(e);
                        }
                    });
                    Connection connection = Connection.open(Loopback.HOST, server.port())) {
                connection.writer().write("1234\n");
                assertThat(await(keepAlive)).isTrue();
                assertThat(await(tooLong)).hasMessageContaining("limit of 3");
            }
        });
    }

    @Test
    void moreConnectionsThanTheBacklogAreServed() {
        Loopback.run(() -> {
            try (Server server = Server.builder().backlog(1).listen(Loopback.HOST, 0, ConnectionTest::echo)) {
                List<Connection> open = new ArrayList<>();
                for (int i = 0; i < 20; i++) {
                    open.add(Connection.open(Loopback.HOST, server.port()));
                }
                for (Connection connection : open) {
                    connection.writer().write("x");
                    assertThat(text(connection.reader().read(1))).isEqualTo("x");
                }
                assertThat(server.connections()).isEqualTo(20);
                assertThat(server).hasToString("<Server serving [/127.0.0.1:" + server.port() + "], connections: 20>");
                for (Connection connection : open) {
                    connection.close();
                }
            }
        });
    }

    @Test
    void handlersHaveCopiesOfTheServersContext() {
        Loopback.run(() -> {
            ContextVar<String> name = ContextVar.named("name");
            name.set("of the server");
            List<String> seen = new ArrayList<>();
            try (Server server = Server.listen(Loopback.HOST, 0, peer -> {
                seen.add(name.get());
                name.set("of a handler");
            })) {
                name.set("of the caller, later");
                for (int i = 0; i < 2; i++) {
                    try (Connection connection = Connection.open(Loopback.HOST, server.port())) {
                        connection.reader().readAll();
                    }
                }
                assertThat(seen).containsExactly("of the server", "of the server");
                assertThat(name.get()).isEqualTo("of the caller, later");
            }
        });
    }

    @Test
    void unhandledException() {
        Loopback.runWithErrors(loopback -> {
            RuntimeException failure = new RuntimeException("handler");
            try (Server server = Server.listen(Loopback.HOST, 0, peer -> {
                        peer.reader().readLine();
                        peer.writer().write("sent nevertheless");
                        throw failure;
                    });
                    Connection connection = Connection.open(Loopback.HOST, server.port())) {
                connection.writer().write("\n");
                assertThat(text(connection.reader().readAll())).isEqualTo("sent nevertheless");
            }
            assertThat(loopback.errors).hasSize(1);
            assertThat(loopback.errors.get(0).exception()).isSameAs(failure);
            assertThat(loopback.errors.get(0).message()).isEqualTo("Unhandled exception in a server's handler");
        });
    }

    @Test
    void unhandledCancel() {
        Loopback.run(() -> {
            try (Server server = Server.listen(Loopback.HOST, 0, peer -> {
                        Asyncio.currentTask().cancel();
                        peer.reader().readLine();
                    });
                    Connection connection = Connection.open(Loopback.HOST, server.port())) {
                assertThat(connection.reader().readAll()).isEmpty();
            }
        });
    }

    @Test
    void aTaskFactoryThatFailsDoesNotEndTheLoop() {
        Loopback.runWithErrors(loopback -> {
            EventLoop loop = EventLoop.running();
            AsyncFuture<Void> reported = Loopback.event();
            loop.setExceptionHandler((source, error) -> {
                loopback.errors.add(error);
                reported.setResult(null);
            });
            try (Server server = Server.listen(Loopback.HOST, 0, ConnectionTest::echo)) {
                TaskFactory before = loop.taskFactory();
                loop.setTaskFactory((in, body, options) -> {
                    throw new IllegalStateException("no more tasks");
                });
                Connection connection = Connection.open(Loopback.HOST, server.port());
                await(reported);
                loop.setTaskFactory(before);
                assertThat(loopback.errors.get(0).message()).contains("tries again in 1 s: no more tasks");
                assertThat(connection.reader().readAll()).isEmpty();
                connection.close();
            }
        });
    }

    private static InetSocketAddress at(String host, int port) {
        return new InetSocketAddress(host, port);
    }

    @Async
    private static void assertEchoes(SocketAddress address) throws IOException {
        try (Connection connection = Connection.open(address)) {
            connection.writer().write("x");
            assertThat(text(connection.reader().read(1))).isEqualTo("x");
        }
    }
}
