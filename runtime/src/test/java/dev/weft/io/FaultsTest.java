package dev.weft.io;

import static dev.weft.Asyncio.await;
import static dev.weft.Asyncio.createTask;
import static dev.weft.Asyncio.yieldNow;
import static dev.weft.io.FedReader.bytes;
import static dev.weft.io.FedReader.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.AsyncFuture;
import dev.weft.AsyncTimeoutException;
import dev.weft.Asyncio;
import dev.weft.Task;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** Peers that crash, dawdle or talk too much. */
class FaultsTest {
    private static final Duration SHORT = Duration.ofMillis(20);

    @Test
    void aServerOutlivesClientsThatCrashInMidWrite() {
        Loopback.runWithErrors(loopback -> {
            try (Server server = Server.listen(Loopback.HOST, 0, FaultsTest::pour)) {
                for (int i = 0; i < 20; i++) {
                    SocketChannel client = peer(server);
                    while (client.read(ByteBuffer.allocate(1_000)) == 0) {
                        yieldNow();
                    }
                    client.setOption(StandardSocketOptions.SO_LINGER, 0);
                    client.close();
                }
                while (server.connections() > 0) {
                    yieldNow();
                }
                assertThat(loopback.errors).hasSize(20);
                assertThat(loopback.errors)
                        .allSatisfy(error -> assertThat(error.exception()).isInstanceOf(IOException.class));
            }
        });
    }

    /** Writes for ever, as fast as the other side reads. */
    @Async
    private static void pour(Connection connection) throws IOException {
        byte[] data = new byte[10_000];
        while (true) {
            connection.writer().write(data);
            connection.writer().drain();
        }
    }

    @Test
    void aReaderLearnsOfACrashThoughThereIsNothingToWrite() {
        Loopback.run(() -> {
            try (Wire wire = Wire.open()) {
                Task<byte[]> reading = createTask(() -> wire.reader.read(1));
                yieldNow();
                wire.reset();
                try {
                    await(reading);
                    throw new AssertionError("read");
                } catch (CompletionException e) {
                    assertThat(e.getCause()).isInstanceOf(IOException.class);
                }
                assertThat(wire.connection.isClosing()).isTrue();
            }
        });
    }

    @Test
    void aClientThatHasEndedItsStreamIsStillAnswered() {
        Loopback.run(() -> {
            try (Server server = Server.listen(Loopback.HOST, 0, connection -> {
                        String request = text(connection.reader().readAll());
                        connection.writer().write(new byte[1_000_000]);
                        connection.writer().write(request);
                    });
                    Connection connection = Connection.open(Loopback.HOST, server.port())) {
                connection.writer().write("request");
                connection.writer().writeEof();
                byte[] answer = connection.reader().readAll();
                assertThat(answer).hasSize(1_000_007);
            }
        });
    }

    @Test
    void aSilentPeerIsLeftAfterATimeout() {
        Loopback.run(() -> {
            AsyncFuture<AsyncTimeoutException> late = Loopback.event();
            try (Server server = Server.listen(Loopback.HOST, 0, connection -> {
                        try {
                            Asyncio.timeout(SHORT, () -> {
                                connection.reader().readLine();
                            });
                        } catch (AsyncTimeoutException e) {
                            connection.writer().write("too late\n");
                            late.setResult(e);
                        }
                    });
                    Connection silent = Connection.open(Loopback.HOST, server.port())) {
                await(late);
                assertThat(silent.reader().readLine()).isEqualTo("too late");
                assertThat(silent.reader().readLine()).isNull();
            }
        });
    }

    @Test
    void aPeerThatSendsByteAfterByteIsLeftAfterATimeout() {
        Loopback.run(() -> {
            AsyncFuture<Integer> read = Loopback.event();
            try (Server server = Server.listen(Loopback.HOST, 0, connection -> {
                        try {
                            Asyncio.timeout(SHORT, () -> {
                                connection.reader().readLine();
                            });
                        } catch (AsyncTimeoutException e) {
                            read.setResult(connection.reader().available());
                        }
                    });
                    Connection loris = Connection.open(Loopback.HOST, server.port())) {
                int sent = 0;
                while (!read.isDone()) {
                    loris.writer().write("x");
                    sent++;
                    Asyncio.sleep(Duration.ofMillis(1));
                }
                assertThat(await(read)).isPositive().isLessThanOrEqualTo(sent); // a timeout takes nothing
                loris.reader().readAll();
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("reset"); // the last bytes came after the end
            }
        });
    }

    @Test
    void aPeerThatDoesNotReadIsLeftAfterATimeout() {
        Loopback.run(() -> {
            AsyncFuture<Integer> collected = Loopback.event();
            try (Server server = Server.listen(Loopback.HOST, 0, connection -> {
                try {
                    Asyncio.timeout(SHORT, () -> pour(connection));
                } catch (AsyncTimeoutException e) {
                    collected.setResult(connection.writer().bufferSize());
                    connection.abort();
                }
            })) {
                SocketChannel client = peer(server);
                assertThat(await(collected)).isBetween(64 * 1024, 64 * 1024 + 10_000);
                client.close();
            }
        });
    }

    @Test
    void aReaderThatDoesNotReadHoldsNoMoreThanItsLimits() {
        Loopback.run(() -> {
            try (Wire wire = Wire.open()) {
                ByteBuffer data = ByteBuffer.allocate(10_000);
                int turnsWithoutProgress = 0;
                long sent = 0;
                while (turnsWithoutProgress < 1_000) {
                    int taken = wire.peer.write(data.clear());
                    sent += taken;
                    turnsWithoutProgress = taken > 0 ? 0 : turnsWithoutProgress + 1;
                    yieldNow();
                }
                assertThat(wire.reader.available()).isBetween(128 * 1024, (128 + 64) * 1024);
                wire.peer.shutdownOutput();
                assertThat(wire.reader.readAll()).hasSize((int) sent);
            }
        });
    }

    @Test
    void anOverLongLineFailsAndTheNextOneIsRead() {
        Loopback.run(() -> {
            ServerBuilder options = Server.builder().limit(10_000);
            try (Server server = options.listen(Loopback.HOST, 0, FaultsTest::answerLines);
                    Connection connection = Connection.open(Loopback.HOST, server.port())) {
                connection.writer().write("first\n");
                assertThat(connection.reader().readLine()).isEqualTo("first");
                connection.writer().write("x".repeat(10_001) + "\nnext\n");
                assertThat(connection.reader().readLine()).isEqualTo("too long");
                assertThat(connection.reader().readLine()).isEqualTo("next");
            }
        });
    }

    @Async
    private static void answerLines(Connection connection) throws IOException {
        while (true) {
            try {
                String line = connection.reader().readLine();
                if (line == null) {
                    return;
                }
                connection.writer().write(line + "\n");
            } catch (LimitOverrunException e) {
                connection.writer().write("too long\n");
            }
        }
    }

    @Test
    void anEndlessLineFailsSoonAndIsNotKept() {
        Loopback.run(() -> {
            try (Wire wire = Wire.open()) {
                Task<String> reading = createTask(() -> wire.reader.readLine());
                ByteBuffer data = ByteBuffer.allocate(10_000);
                int sent = 0;
                while (!reading.isDone()) {
                    sent += wire.peer.write(data.clear());
                    yieldNow();
                }
                assertThat(sent).isLessThan(1_000_000);
                try {
                    await(reading);
                    throw new AssertionError("a line");
                } catch (CompletionException e) {
                    assertThat(e.getCause()).isInstanceOf(LimitOverrunException.class);
                }
                wire.peer.close();
            }
        });
    }

    @Test
    void bytesThatAreNoTextAreReplacedNotRefused() {
        Loopback.run(() -> {
            try (Wire wire = Wire.open()) {
                wire.peer.write(ByteBuffer.wrap(new byte[] {(byte) 0xff, 'a', '\n'}));
                assertThat(wire.reader.readLine()).isEqualTo("\ufffda");
            }
        });
    }

    @Test
    void aClientThatLeavesBeforeItsTurnDisturbsNobody() {
        Loopback.run(() -> {
            AsyncFuture<String> line = Loopback.event();
            ServerBuilder options = Server.builder().startServing(false);
            try (Server server = options.listen(Loopback.HOST, 0, connection -> {
                try {
                    String read = connection.reader().readLine();
                    if (read != null) {
                        line.setResult(read);
                    }
                } catch (IOException e) {
                    assertThat(connection.isClosing()).isTrue(); // it has gone
                }
            })) {
                for (int i = 0; i < 3; i++) {
                    SocketChannel gone = peer(server);
                    gone.setOption(StandardSocketOptions.SO_LINGER, 0);
                    gone.close();
                }
                SocketChannel stays = peer(server);
                stays.write(ByteBuffer.wrap(bytes("here\n")));
                server.startServing();
                assertThat(await(line)).isEqualTo("here");
                stays.close();
            }
        });
    }

    private static SocketChannel peer(Server server) throws IOException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(Loopback.HOST, server.port()));
        channel.configureBlocking(false);
        return channel;
    }
}
