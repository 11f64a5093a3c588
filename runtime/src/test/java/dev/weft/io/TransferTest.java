package dev.weft.io;

import static dev.weft.Asyncio.await;
import static dev.weft.Asyncio.createTask;
import static dev.weft.Asyncio.yieldNow;
import static dev.weft.io.FedReader.bytes;
import static dev.weft.io.FedReader.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.AsyncConsumer;
import dev.weft.AsyncFuture;
import dev.weft.AsyncRunnable;
import dev.weft.CancelledError;
import dev.weft.EventLoop;
import dev.weft.Task;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransferTest {
    @TempDir
    Path directory;

    private final byte[] data = new byte[10_000_000];
    private Path file;

    @BeforeEach
    void writeTheFile() throws IOException {
        new Random(1).nextBytes(data);
        file = Files.write(directory.resolve("data"), data);
    }

    /** Lets {@code sending} send, and gives all that arrives. */
    private byte[] received(AsyncConsumer<StreamWriter> sending) {
        AsyncFuture<byte[]>[] result = newArray();
        byte[][] received = new byte[1][];
        Loopback.run(() -> {
            result[0] = Loopback.event();
            try (Server server = Server.listen(Loopback.HOST, 0, peer -> {
                        result[0].setResult(peer.reader().readAll());
                    });
                    Connection connection = Connection.open(Loopback.HOST, server.port())) {
                sending.accept(connection.writer());
                connection.writer().writeEof();
                received[0] = await(result[0]);
            }
        });
        return received[0];
    }

    @SuppressWarnings("unchecked")
    private static AsyncFuture<byte[]>[] newArray() {
        return (AsyncFuture<byte[]>[]) new AsyncFuture<?>[1];
    }

    @Test
    void sendfile() {
        byte[] received =
                received(writer -> assertThat(writer.transferFrom(file)).isEqualTo(data.length));
        assertThat(received).isEqualTo(data);
    }

    @Test
    void sendfilePreAndPostData() {
        byte[] before = new byte[300_000];
        Arrays.fill(before, (byte) 'b');
        byte[] received = received(writer -> {
            writer.write(before);
            assertThat(writer.transferFrom(file)).isEqualTo(data.length);
            writer.write("after");
        });
        assertThat(received)
                .hasSize(before.length + data.length + 5)
                .startsWith(before)
                .endsWith(bytes("after"));
        assertThat(Arrays.copyOfRange(received, before.length, before.length + data.length))
                .isEqualTo(data);
    }

    @Test
    void sendfilePartial() {
        byte[] received = received(writer -> {
            try (FileChannel channel = FileChannel.open(file)) {
                channel.position(7);
                assertThat(writer.transferFrom(channel, 1000, 2_000_000)).isEqualTo(2_000_000);
                assertThat(channel.position()).isEqualTo(7);
                assertThat(writer.transferFrom(channel, data.length - 10, 100)).isEqualTo(10);
                assertThat(writer.transferFrom(channel, data.length + 10, Long.MAX_VALUE))
                        .isZero();
                assertThat(writer.transferFrom(channel, 0, 0)).isZero();
            }
        });
        assertThat(Arrays.copyOf(received, 2_000_000)).isEqualTo(Arrays.copyOfRange(data, 1000, 2_001_000));
        assertThat(Arrays.copyOfRange(received, 2_000_000, received.length))
                .isEqualTo(Arrays.copyOfRange(data, data.length - 10, data.length));
    }

    @Test
    void sendfileForceFallback() {
        byte[] received = received(writer -> {
            try (FileChannel channel = FileChannel.open(file)) {
                writer.write("before");
                long sent = new FileTransfer(writer, 5, Long.MAX_VALUE - 5).runThroughMemory(channel);
                assertThat(sent).isEqualTo(data.length - 5);
                writer.write("after");
            }
        });
        assertThat(received)
                .hasSize(6 + data.length - 5 + 5)
                .startsWith(bytes("before"))
                .endsWith(bytes("after"));
        assertThat(Arrays.copyOfRange(received, 6, received.length - 5))
                .isEqualTo(Arrays.copyOfRange(data, 5, data.length));
    }

    @Test
    void sendfileSslPreAndPostData() throws Exception {
        SSLContext serverSide = Certificates.server(); // takes some time
        SSLContext clientSide = Certificates.client();
        Loopback.run(() -> {
            AsyncFuture<byte[]> received = Loopback.event();
            try (Server server = Server.builder()
                    .tls(serverSide)
                    .listen(
                            Loopback.HOST,
                            0,
                            peer -> received.setResult(peer.reader().readAll()))) {
                Connection connection = Connection.builder().tls(clientSide).open(Loopback.HOST, server.port());
                connection.writer().write("before");
                assertThat(connection.writer().transferFrom(file)).isEqualTo(data.length);
                connection.writer().write("after");
                connection.close();
                byte[] all = await(received);
                assertThat(all)
                        .hasSize(6 + data.length + 5)
                        .startsWith(bytes("before"))
                        .endsWith(bytes("after"));
                assertThat(Arrays.copyOfRange(all, 6, 6 + data.length)).isEqualTo(data);
            }
        });
    }

    /** Lets a transfer get stuck, as nobody reads, and something happen to it. */
    private void stuck(Interference interference) {
        Loopback.run(() -> {
            try (ServerSocketChannel server = ServerSocketChannel.open().bind(null);
                    Connection connection =
                            Connection.open("localhost", server.socket().getLocalPort());
                    FileChannel channel = FileChannel.open(file)) {
                var peer = server.accept();
                Task<Long> sending = createTask(() -> connection.writer().transferFrom(channel, 0, Long.MAX_VALUE));
                for (int i = 0; i < 100; i++) { // until it has to wait
                    yieldNow();
                }
                assertThat(sending.isDone()).isFalse();
                interference.on(connection, sending, peer::close);
                peer.close();
            }
        });
    }

    @FunctionalInterface
    private interface Interference {
        @dev.weft.Async
        void on(Connection connection, Task<Long> sending, AsyncRunnable closePeer) throws Exception;
    }

    @Test
    void sendfileClosePeerInTheMiddleOfReceiving() {
        stuck((connection, sending, closePeer) -> {
            closePeer.run();
            try {
                await(sending);
                throw new AssertionError("sent");
            } catch (java.util.concurrent.CompletionException e) {
                assertThat(e).hasCauseInstanceOf(IOException.class);
            }
        });
    }

    @Test
    void sendfilePreventsBareWrite() {
        stuck((connection, sending, closePeer) -> {
            try {
                connection.writer().write("x");
                throw new AssertionError("written");
            } catch (IllegalStateException e) {
                assertThat(e).hasMessageContaining("A file is being sent");
            }
            try {
                connection.writer().writeEof();
                throw new AssertionError("ended");
            } catch (IllegalStateException e) {
                assertThat(e).hasMessageContaining("A file is being sent");
            }
            try {
                connection.writer().transferFrom(file);
                throw new AssertionError("written");
            } catch (IllegalStateException e) {
                assertThat(e).hasMessageContaining("A file is being sent");
            }
            try {
                connection.startTls(SSLContext.getDefault());
                throw new AssertionError("started");
            } catch (IllegalStateException e) {
                assertThat(e).hasMessageContaining("A file is being sent");
            }
            connection.abort();
            try {
                await(sending);
                throw new AssertionError("sent");
            } catch (java.util.concurrent.CompletionException e) {
                assertThat(e.getCause()).isInstanceOf(IOException.class).hasMessageContaining("closed");
            }
        });
    }

    @Test
    void nobodyWritesWhileTheFileIsOpened() {
        byte[] received = received(writer -> {
            Task<Long> sending = createTask(() -> writer.transferFrom(file));
            yieldNow(); // another thread opens it, or has: this loop has not heard of it
            try {
                writer.write("x");
                throw new AssertionError("written");
            } catch (IllegalStateException e) {
                assertThat(e).hasMessageContaining("A file is being sent");
            }
            assertThat(await(sending)).isEqualTo(data.length);
            try {
                writer.transferFrom(directory.resolve("missing"));
                throw new AssertionError("sent");
            } catch (NoSuchFileException e) {
                writer.write("after");
            }
        });
        assertThat(received).hasSize(data.length + 5).startsWith(data).endsWith(bytes("after"));
    }

    @Test
    void aTransferThatIsCancelledLeavesTheConnectionUsable() {
        Loopback.run(() -> {
            AsyncFuture<Void> go = Loopback.event();
            AsyncFuture<String> end = Loopback.event();
            try (Server server = Server.listen(Loopback.HOST, 0, peer -> {
                        await(go);
                        byte[] all = peer.reader().readAll();
                        end.setResult(text(Arrays.copyOfRange(all, all.length - 5, all.length)));
                    });
                    Connection connection = Connection.open(Loopback.HOST, server.port());
                    FileChannel endless = FileChannel.open(file)) {
                Task<Void> sending = createTask(() -> {
                    while (true) {
                        connection.writer().transferFrom(endless, 0, Long.MAX_VALUE);
                    }
                });
                for (int i = 0; i < 100; i++) {
                    yieldNow();
                }
                sending.cancel();
                try {
                    await(sending);
                } catch (CancelledError e) {
                    assertThat(sending.isCancelled()).isTrue();
                }
                connection.writer().write("after");
                connection.writer().writeEof();
                go.setResult(null);
                assertThat(await(end)).isEqualTo("after");
            }
        });
    }

    @Test
    void sendfileForClosingTransp() {
        Loopback.run(() -> {
            try (Server server = Server.listen(Loopback.HOST, 0, ConnectionTest::echo)) {
                Connection connection = Connection.open(Loopback.HOST, server.port());
                connection.close();
                connection.writer().transferFrom(file);
                throw new AssertionError("sent");
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("closed");
            }
        });
    }

    @Test
    void othersRunWhileAFileIsSent() {
        int[] steps = new int[1];
        received(writer -> {
            Task<Void> counting = createTask(() -> {
                while (true) {
                    steps[0]++;
                    yieldNow();
                }
            });
            writer.transferFrom(file);
            counting.cancel();
        });
        assertThat(steps[0]).isGreaterThan(data.length / (256 * 1024));
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Loopback.run(() -> {
            try (Server server = Server.listen(Loopback.HOST, 0, ConnectionTest::echo);
                    Connection connection = Connection.open(Loopback.HOST, server.port())) {
                connection.writer().transferFrom(directory.resolve("missing"));
                throw new AssertionError("sent");
            } catch (NoSuchFileException e) {
                assertThat(e).hasMessageContaining("missing");
            }
        });
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        Loopback.run(() -> {
            try (Server server = Server.listen(Loopback.HOST, 0, ConnectionTest::echo);
                    Connection connection = Connection.open(Loopback.HOST, server.port());
                    FileChannel channel = FileChannel.open(file)) {
                connection.writer().transferFrom(channel, -1, 0);
                throw new AssertionError("sent");
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageContaining("position=-1");
            }
            assertThat(EventLoop.running()).isNotNull();
        });
    }
}
