package dev.weft.io;

import static dev.weft.Asyncio.await;
import static dev.weft.Asyncio.createTask;
import static dev.weft.io.FedReader.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Async;
import dev.weft.AsyncFuture;
import dev.weft.Asyncio;
import dev.weft.CancelledError;
import dev.weft.EventLoop;
import dev.weft.Task;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How servers and their connections come to an end. */
class ServerEndTest {
    @Test
    void startServer1() {
        Loopback.run(() -> {
            AsyncFuture<Void> served = Loopback.event();
            Server server = Server.builder().startServing(false).listen(Loopback.HOST, 0, peer -> {
                assertThat(peer.reader().readLine()).isEqualTo("hello");
                served.setResult(null);
            });
            assertThat(server.isServing()).isFalse();
            Connection connection = Connection.open(Loopback.HOST, server.port());
            connection.writer().write("hello\n");
            iterate(3);
            assertThat(served.isDone()).isFalse();

            Task<Void> forever = createTask(server::serveForever);
            await(served);
            assertThat(server.isServing()).isTrue();
            server.startServing();
            try {
                server.serveForever();
                throw new AssertionError("two of them");
            } catch (IllegalStateException e) {
                assertThat(e).hasMessageContaining("already being awaited on serveForever()");
            }
            forever.cancel();
            assertCancelled(forever);
            assertThat(server.isServing()).isFalse();
            assertThat(server.addresses()).isEmpty();
            assertThat(server.connections()).isZero();
            assertThatThrownBy(server::startServing).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(server::port)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("closed");
            assertThat(connection.reader().readAll()).isEmpty();
            connection.close();
        });
    }

    @Test
    void waitClosedBasic() {
        Loopback.run(() -> {
            Server server = Server.listen(Loopback.HOST, 0, ConnectionTest::echo);
            Task<Void> waiting = createTask(server::waitClosed);
            iterate(2);
            assertThat(waiting.isDone()).isFalse();

            Connection connection = connected(server);
            server.closeListener();
            server.closeListener();
            iterate(2);
            assertThat(waiting.isDone()).isFalse();

            connection.close();
            await(waiting);
            server.waitClosed();
        });
    }

    @Test
    void waitClosedRace() {
        Loopback.run(() -> {
            Server server = Server.listen(Loopback.HOST, 0, peer -> {
                peer.reader().readLine();
            });
            Connection connection = connected(server, "");
            Task<Void> waiting = createTask(server::waitClosed);
            connection.writer().write("\n");
            EventLoop.running().callSoon(server::closeListener);
            await(waiting);
            assertThat(server.connections()).isZero();
            connection.close();
        });
    }

    @Test
    void closeClients() {
        Loopback.run(() -> {
            AsyncFuture<Integer> sent = Loopback.event();
            Server server = Server.listen(Loopback.HOST, 0, peer -> fill(peer, sent));
            Connection connection = Connection.open(Loopback.HOST, server.port());
            int bytes = await(sent);
            server.closeListener();
            Task<Void> waiting = createTask(server::waitClosed);
            server.closeClients();
            iterate(3);
            assertThat(waiting.isDone()).isFalse();
            assertThat(connection.reader().readAll()).hasSize(bytes);
            await(waiting);
            connection.close();
        });
    }

    @Test
    void abortClients() {
        Loopback.run(() -> {
            AsyncFuture<Integer> sent = Loopback.event();
            Server server = Server.listen(Loopback.HOST, 0, peer -> fill(peer, sent));
            Connection connection = Connection.open(Loopback.HOST, server.port());
            int bytes = await(sent);
            server.closeListener();
            server.abortClients();
            server.waitClosed();
            assertThat(connection.reader().readAll().length).isLessThan(bytes);
            connection.close();
        });
    }

    /** Writes more than the system and the other side take. */
    @Async
    private static void fill(Connection peer, AsyncFuture<Integer> sent) throws IOException {
        byte[] data = new byte[16_000_000];
        peer.writer().write(data);
        sent.setResult(data.length);
        assertThat(peer.reader().readAll()).isEmpty();
    }

    @Test
    void connectionsGoOnAfterTheListenerAndItsAddressIsFree() {
        Loopback.run(() -> {
            Server server = Server.listen(Loopback.HOST, 0, ConnectionTest::echo);
            int port = server.port();
            Connection connection = connected(server);
            server.closeListener();
            try {
                Connection.open(Loopback.HOST, port);
                throw new AssertionError("connected");
            } catch (ConnectException e) {
                assertThat(server.connections()).isEqualTo(1);
            }
            assertThat(server).hasToString("<Server closed, connections: 1>");
            Server next = Server.listen(Loopback.HOST, port, ConnectionTest::echo);
            connection.writer().write("x");
            assertThat(text(connection.reader().read(1))).isEqualTo("x");
            connection.close();
            server.close();
            next.closeListener();
            Server.listen(Loopback.HOST, port, ConnectionTest::echo).close();
        });
    }

    @Test
    void serveForeverReturnsWhenTheListenerIsClosed() {
        Loopback.run(() -> {
            Server server = Server.listen(Loopback.HOST, 0, peer -> {
                peer.reader().readLine();
            });
            Connection connection = connected(server, "");
            Task<Void> forever = createTask(server::serveForever);
            iterate(1);
            server.closeListener();
            await(forever);
            assertThat(server.connections()).isEqualTo(1);
            connection.close();
            server.waitClosed();
        });
    }

    @Test
    void shutdownLetsHandlersEnd() {
        Loopback.run(() -> {
            List<String> lines = new ArrayList<>();
            Server server = Server.listen(Loopback.HOST, 0, peer -> {
                peer.writer().write("go on\n");
                lines.add(peer.reader().readLine());
                peer.writer().write("bye\n");
            });
            Connection connection = Connection.open(Loopback.HOST, server.port());
            assertThat(connection.reader().readLine()).isEqualTo("go on");
            Task<Void> shutdown = createTask(() -> server.shutdown(Duration.ofHours(1)));
            iterate(2);
            assertThat(server.isServing()).isFalse();
            connection.writer().write("last\n");
            assertThat(connection.reader().readLine()).isEqualTo("bye");
            await(shutdown);
            assertThat(lines).containsExactly("last");
            connection.close();
        });
    }

    @Test
    void shutdownCancelsHandlersWhenTheTimeIsOver() {
        Loopback.run(() -> {
            List<String> ends = new ArrayList<>();
            AsyncFuture<Integer> sent = Loopback.event();
            Server server = Server.listen(Loopback.HOST, 0, peer -> {
                try {
                    fill(peer, sent);
                } finally {
                    ends.add(Asyncio.currentTask().cancelling() > 0 ? "cancelled" : "ended");
                }
            });
            Connection reads = Connection.open(Loopback.HOST, server.port());
            int bytes = await(sent);
            server.shutdown(Duration.ZERO);
            assertThat(ends).containsExactly("cancelled");
            assertThat(server.connections()).isZero();
            assertThat(reads.reader().readAll().length).isLessThan(bytes);
            reads.close();
        });
    }

    @Test
    void whatAHandlerWroteLastIsSentThoughItWasCancelled() {
        Loopback.run(() -> {
            Server server = Server.listen(Loopback.HOST, 0, peer -> {
                peer.writer().write("1");
                try {
                    peer.reader().readAll();
                } finally {
                    peer.writer().write("2");
                }
            });
            Connection connection = Connection.open(Loopback.HOST, server.port());
            assertThat(text(connection.reader().read(1))).isEqualTo("1");
            server.shutdown(Duration.ZERO);
            assertThat(text(connection.reader().readAll())).isEqualTo("2");
            connection.close();
        });
    }

    @Test
    void cancelledShutdownAndCloseCancelHandlers() {
        Loopback.run(() -> {
            for (boolean shutdown : new boolean[] {false, true}) {
                Server server = Server.listen(Loopback.HOST, 0, ConnectionTest::echo);
                Connection connection = connected(server);
                Task<Void> ending = createTask(() -> {
                    if (shutdown) {
                        server.shutdown(Duration.ofHours(1));
                    } else {
                        server.close();
                    }
                });
                iterate(2);
                assertThat(server.connections()).isEqualTo(1);
                ending.cancel();
                assertCancelled(ending);
                assertThat(server.connections()).isZero();
                assertThat(connection.reader().readAll()).isEmpty();
                connection.close();
            }
        });
    }

    @Test
    void anInterruptedServerProgramEndsItsHandlers() {
        Loopback.run(() -> {
            AsyncFuture<Server> listening = Loopback.event();
            Task<Void> program = createTask(() -> {
                try (Server server = Server.listen(Loopback.HOST, 0, ConnectionTest::echo)) {
                    listening.setResult(server);
                    Loopback.event().await();
                }
            });
            Server server = await(listening);
            Connection connection = connected(server);
            program.cancel();
            assertCancelled(program);
            assertThat(server.connections()).isZero();
            connection.close();
        });
    }

    @Test
    void aHandlerThatIgnoresItsCancellationIsWaitedFor() {
        Loopback.run(() -> {
            AsyncFuture<Void> stubborn = Loopback.event();
            Server server = Server.listen(Loopback.HOST, 0, peer -> {
                peer.writer().write("x");
                try {
                    peer.reader().readAll();
                } catch (CancelledError e) {
                    stubborn.await();
                    throw e;
                }
            });
            Connection connection = connected(server, "");
            Task<Void> shutdown = createTask(() -> server.shutdown(Duration.ZERO));
            assertThat(text(connection.reader().read(1))).isEqualTo("x");
            iterate(5);
            assertThat(shutdown.isDone()).isFalse();
            stubborn.setResult(null);
            await(shutdown);
            connection.close();
        });
    }

    @Test
    void eofFeedWhenClosingWriter() {
        Loopback.run(() -> {
            try (Server server = Server.listen(Loopback.HOST, 0, ConnectionTest::echo)) {
                Connection connection = connected(server);
                connection.writer().close();
                connection.writer().waitClosed();
                assertThat(connection.reader().atEof()).isTrue();
                assertThat(connection.reader().readAll()).isEmpty();
            }
        });
    }

    @Test
    void waitClosedOnCloseWithUnreadData() {
        Loopback.run(() -> {
            try (Server server = Server.listen(Loopback.HOST, 0, ConnectionTest::echo)) {
                Connection connection = Connection.open(Loopback.HOST, server.port());
                connection.writer().write("unread\nread not either\n");
                assertThat(connection.reader().readLine()).isEqualTo("unread");
                connection.writer().close();
                connection.writer().waitClosed();
                server.abortClients();
            }
        });
    }

    @Test
    void asyncWriterApiExceptionAfterClose() {
        Loopback.run(() -> {
            try (Server server = Server.listen(Loopback.HOST, 0, ConnectionTest::echo)) {
                Connection connection = connected(server);
                connection.close();
                connection.writer().write("into the void");
                assertThat(connection.writer().bufferSize()).isZero();
                try {
                    connection.writer().drain();
                    throw new AssertionError("drained");
                } catch (IOException e) {
                    assertThat(e).hasMessageContaining("Connection lost");
                }
                connection.close();
            }
        });
    }

    @Async
    private static Connection connected(Server server) throws IOException {
        return connected(server, "x");
    }

    /** A connection whose handler runs, and that has echoed something. */
    @Async
    private static Connection connected(Server server, String echoed) throws IOException {
        int before = server.connections();
        Connection connection = Connection.open(Loopback.HOST, server.port());
        while (server.connections() == before) {
            iterate(1);
        }
        connection.writer().write(echoed);
        assertThat(connection.reader().readExactly(echoed.length())).hasSize(echoed.length());
        return connection;
    }

    @Async
    private static void iterate(int iterations) {
        for (int i = 0; i < iterations; i++) {
            Asyncio.sleep(Duration.ZERO);
        }
    }

    @Async
    private static void assertCancelled(Task<?> task) {
        try {
            await(task);
            throw new AssertionError("not cancelled");
        } catch (CancelledError e) {
            assertThat(task.isCancelled()).isTrue();
        }
    }
}
