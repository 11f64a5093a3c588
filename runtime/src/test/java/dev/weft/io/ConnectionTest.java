package dev.weft.io;

import static dev.weft.Asyncio.await;
import static dev.weft.Asyncio.createTask;
import static dev.weft.io.FedReader.bytes;
import static dev.weft.io.FedReader.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.AsyncFuture;
import dev.weft.CancelledError;
import dev.weft.EventLoop;
import dev.weft.Task;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ConnectionTest {
    @Async
    static void echo(Connection connection) throws IOException {
        byte[] data;
        while ((data = connection.reader().read(100_000)).length > 0) {
            connection.writer().write(data);
            connection.writer().drain();
        }
    }

    @Test
    void sendsAndReceives() {
        Loopback.run(() -> {
            try (Server server = Server.listen(Loopback.HOST, 0, ConnectionTest::echo);
                    Connection connection = Connection.open(Loopback.HOST, server.port())) {
                connection.writer().write("Grüße\n");
                assertThat(connection.reader().readLine()).isEqualTo("Grüße");
                connection.writer().write(ByteBuffer.wrap(bytes("xabcx"), 1, 3));
                connection
                        .writer()
                        .write(ByteBuffer.allocateDirect(1).put((byte) '\n').flip());
                assertThat(connection.reader().readLine()).isEqualTo("abc");
                connection.writer().writeAll(List.of(bytes("1"), bytes("2\n")));
                assertThat(connection.reader().readLine()).isEqualTo("12");
            }
        });
    }

    @Test
    void knowsItsAddressesAlsoWhenItIsClosed() {
        Loopback.run(() -> {
            List<Connection> served = new ArrayList<>();
            try (Server server = Server.listen(Loopback.HOST, 0, peer -> {
                served.add(peer);
                echo(peer);
            })) {
                Connection connection = Connection.open(Loopback.HOST, server.port());
                connection.writer().write("x");
                connection.reader().read(1);
                connection.close();
                assertThat(connection.remoteAddress())
                        .isEqualTo(server.addresses().get(0));
                assertThat(connection.localAddress()).isEqualTo(served.get(0).remoteAddress());
                assertThat(connection.isClosing()).isTrue();
                assertThat(connection)
                        .hasToString("<Connection closed " + connection.localAddress() + " to "
                                + connection.remoteAddress() + ">");
            }
        });
    }

    @Test
    void connectsFromALocalAddress() {
        Loopback.run(() -> {
            try (Server server = Server.listen(Loopback.HOST, 0, ConnectionTest::echo);
                    Connection connection = Connection.builder()
                            .localAddress(new InetSocketAddress("127.0.0.2", 0))
                            .open(Loopback.HOST, server.port())) {
                assertThat(((InetSocketAddress) connection.localAddress()).getHostString())
                        .isEqualTo("127.0.0.2");
            }
        });
    }

    @Test
    void aLocalAddressThatIsNotThereIsNamed() {
        Loopback.run(() -> {
            try (Server server = Server.listen(Loopback.HOST, 0, ConnectionTest::echo)) {
                Connection.builder()
                        .localAddress(new InetSocketAddress("192.0.2.1", 0))
                        .open(Loopback.HOST, server.port());
                throw new AssertionError("bound");
            } catch (BindException e) {
                assertThat(e).hasMessageContaining("192.0.2.1");
            }
        });
    }

    @Test
    void sendsSmallPiecesAtOnceAndHasOptions() {
        Loopback.run(() -> {
            try (Server server = Server.listen(Loopback.HOST, 0, ConnectionTest::echo);
                    Connection connection = Connection.open(Loopback.HOST, server.port())) {
                assertThat(connection.option(StandardSocketOptions.TCP_NODELAY)).isTrue();
                connection.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
                assertThat(connection.option(StandardSocketOptions.SO_KEEPALIVE))
                        .isTrue();
            }
        });
    }

    @Test
    void aRefusedConnectionNamesTheAddress() {
        Loopback.run(() -> {
            int port = freePort();
            try {
                Connection.open(Loopback.HOST, port);
                throw new AssertionError("connected");
            } catch (ConnectException e) {
                assertThat(e).hasMessageContaining("Connection refused").hasMessageContaining("127.0.0.1:" + port);
            }
        });
    }

    @Test
    void createConnectionMultipleErrors() {
        Loopback.run(() -> {
            int port = freePort();
            List<InetSocketAddress> nobody =
                    List.of(new InetSocketAddress(Loopback.HOST, port), new InetSocketAddress("127.0.0.2", port));
            try {
                new Connector(EventLoop.running(), null, null).connectToOne("nobody", nobody);
                throw new AssertionError("connected");
            } catch (ConnectException e) {
                assertThat(e)
                        .hasMessageContaining("Multiple exceptions: ")
                        .hasMessageContaining("127.0.0.1:" + port)
                        .hasMessageContaining("127.0.0.2:" + port);
                assertThat(e.getSuppressed()).hasSize(2);
            }
        });
    }

    @Test
    void happyEyeballsTakesWhoAnswers() {
        Loopback.run(() -> {
            try (Server server = Server.listen("127.0.0.2", 0, ConnectionTest::echo)) {
                List<InetSocketAddress> addresses = List.of(
                        new InetSocketAddress(Loopback.HOST, server.port()), // refuses
                        new InetSocketAddress("127.0.0.2", server.port()));
                Connector connector = new Connector(EventLoop.running(), null, null);
                try (var channel = connector.connectToOne("somebody", addresses)) {
                    assertThat(channel.getRemoteAddress()).isEqualTo(addresses.get(1));
                }
            }
        });
    }

    @Test
    void familiesAreTriedAlternately() throws IOException {
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (String host : new String[] {"::1", "::2", "::3", "127.0.0.1", "127.0.0.2"}) {
            addresses.add(new InetSocketAddress(host, 1));
        }
        assertThat(Connector.alternating(addresses))
                .extracting(address ->
                        address.getAddress().getAddress()[address.getAddress().getAddress().length - 1])
                .containsExactly((byte) 1, (byte) 1, (byte) 2, (byte) 2, (byte) 3);
    }

    @Test
    void namesAreLookedUpOffTheLoop() {
        Loopback.run(() -> {
            try (Server server = Server.listen("localhost", 0, ConnectionTest::echo);
                    Connection connection = Connection.open("localhost", server.port())) {
                connection.writer().write("x");
                assertThat(text(connection.reader().read(1))).isEqualTo("x");
            }
            try {
                Connection.open("no.such.host.invalid", 1);
                throw new AssertionError("found");
            } catch (UnknownHostException e) {
                assertThat(e).hasMessageContaining("no.such.host.invalid");
            }
        });
    }

    @Test
    void whatIsNoNameIsNotLookedUp() {
        assertThat(Names.isLiteral("127.0.0.1")).isTrue();
        assertThat(Names.isLiteral("::1")).isTrue();
        assertThat(Names.isLiteral("fe80::1%eth0")).isTrue();
        assertThat(Names.isLiteral("127.1")).isTrue();
        assertThat(Names.isLiteral("1.65535")).isTrue();
        assertThat(Names.isLiteral("4294967295")).isTrue();
        assertThat(Names.isLiteral("localhost")).isFalse();
        assertThat(Names.isLiteral("1e100.net")).isFalse();
    }

    @Test
    void numbersThatAreNoAddressAreLookedUpAsTheJdkWould() {
        assertThat(Names.isLiteral(".")).isFalse();
        assertThat(Names.isLiteral("127.0.0.1.")).isFalse();
        assertThat(Names.isLiteral("256.1.1.1")).isFalse();
        assertThat(Names.isLiteral("1.2.65536")).isFalse();
        assertThat(Names.isLiteral("4294967296")).isFalse();
        assertThat(Names.isLiteral("1.2.3.4.5")).isFalse();
        assertThat(Names.isLiteral("0000000000000001")).isFalse();
    }

    @Test
    void cancellationClosesTheChannel() throws IOException {
        try (ServerSocket full = fullServer()) {
            Loopback.run(() -> {
                Task<Connection> opening = createTask(() -> Connection.open(Loopback.HOST, full.getLocalPort()));
                AsyncFuture<Void> later = Loopback.event();
                later.loop().callSoon(() -> later.loop().callSoon(() -> later.setResult(null)));
                await(later);
                opening.cancel();
                try {
                    await(opening);
                } catch (CancelledError e) {
                    assertThat(opening.isCancelled()).isTrue();
                }
            });
        }
    }

    @Test
    void bothSidesEndByThemselves() {
        Loopback.run(() -> {
            AsyncFuture<String> received = Loopback.event();
            try (Server server = Server.listen(Loopback.HOST, 0, peer -> {
                        received.setResult(text(peer.reader().readAll()));
                        peer.writer().write("after your end");
                    });
                    Connection connection = Connection.open(Loopback.HOST, server.port())) {
                connection.writer().write("all");
                connection.writer().writeEof();
                assertThat(await(received)).isEqualTo("all");
                assertThat(text(connection.reader().readAll())).isEqualTo("after your end");
                try {
                    connection.writer().write("x");
                    throw new AssertionError("written");
                } catch (IllegalStateException e) {
                    assertThat(e).hasMessageContaining("Cannot write after writeEof()");
                }
            }
        });
    }

    @Test
    void largeAmountsComeThroughUnchanged() {
        Loopback.run(() -> {
            byte[] data = new byte[5_000_000];
            new Random(1).nextBytes(data);
            try (Server server = Server.listen(Loopback.HOST, 0, ConnectionTest::echo);
                    Connection connection = Connection.open(Loopback.HOST, server.port())) {
                Task<Void> writing = createTask(() -> {
                    connection.writer().write(data, 0, 3_000_000);
                    connection.writer().drain();
                    connection.writer().write(data, 3_000_000, 2_000_000);
                    connection.writer().writeEof();
                });
                assertThat(connection.reader().readExactly(1)[0]).isEqualTo(data[0]);
                byte[] rest = connection.reader().readAll();
                assertThat(rest).isEqualTo(Arrays.copyOfRange(data, 1, data.length));
                await(writing);
            }
        });
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** A server whose queue is full, so that nobody can connect to it. */
    private static ServerSocket fullServer() throws IOException {
        ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName(Loopback.HOST));
        for (int i = 0; i < 4; i++) {
            SocketChannel client = SocketChannel.open();
            client.configureBlocking(false);
            client.connect(server.getLocalSocketAddress());
        }
        return server;
    }
}
