package dev.weft.io;

import static dev.weft.Asyncio.await;
import static dev.weft.Asyncio.createTask;
import static dev.weft.Asyncio.yieldNow;
import static dev.weft.io.FedReader.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.EventLoop;
import dev.weft.Task;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AsyncChannelsTest {
    @TempDir
    Path directory;

    private static ServerSocketChannel listener() throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        server.configureBlocking(false);
        return server.bind(new InetSocketAddress(Loopback.HOST, 0));
    }

    private static DatagramChannel datagrams() throws IOException {
        DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
        channel.configureBlocking(false);
        return channel.bind(new InetSocketAddress(Loopback.HOST, 0));
    }

    private static SocketChannel unconnected() throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        return channel;
    }

    /** Two ends of one connection. */
    private record Pair(SocketChannel one, SocketChannel other) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            one.close();
            other.close();
        }
    }

    @Async
    private static Pair pair() throws IOException {
        try (ServerSocketChannel server = listener()) {
            SocketChannel client = unconnected();
            Task<SocketChannel> accepting = createTask(() -> AsyncChannels.accept(server));
            AsyncChannels.connect(client, server.getLocalAddress());
            return new Pair(client, await(accepting));
        }
    }

    @Async
    private static String read(SocketChannel channel) throws IOException {
        ByteBuffer data = ByteBuffer.allocate(100);
        AsyncChannels.read(channel, data);
        return text(data.flip());
    }

    private static String text(ByteBuffer data) {
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        return FedReader.text(bytes);
    }

    @Test
    void sockClientOps() {
        Loopback.run(() -> {
            try (Pair pair = pair()) {
                Task<String> reading = createTask(() -> read(pair.other));
                yieldNow();
                assertThat(reading.isDone()).isFalse();
                AsyncChannels.writeAll(pair.one, ByteBuffer.wrap(bytes("hello")));
                assertThat(await(reading)).isEqualTo("hello");
                pair.one.shutdownOutput();
                assertThat(AsyncChannels.read(pair.other, ByteBuffer.allocate(1)))
                        .isEqualTo(-1);
                assertThat(AsyncChannels.read(pair.other, ByteBuffer.allocate(0)))
                        .isLessThanOrEqualTo(0);
            }
        });
    }

    @Test
    void unixSockClientOps() {
        Loopback.run(() -> {
            var address = UnixDomainSocketAddress.of(directory.resolve("s"));
            try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                    SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                server.configureBlocking(false);
                server.bind(address);
                client.configureBlocking(false);
                AsyncChannels.connect(client, address);
                try (SocketChannel accepted = AsyncChannels.accept(server)) {
                    AsyncChannels.write(accepted, ByteBuffer.wrap(bytes("hi")));
                    assertThat(read(client)).isEqualTo("hi");
                }
            }
        });
    }

    @Test
    void pipesAreChannelsToo() {
        Loopback.run(() -> {
            Pipe pipe = Pipe.open();
            try (Pipe.SourceChannel source = pipe.source();
                    Pipe.SinkChannel sink = pipe.sink()) {
                source.configureBlocking(false);
                sink.configureBlocking(false);
                ByteBuffer target = ByteBuffer.allocate(10);
                Task<Integer> reading = createTask(() -> AsyncChannels.read(source, target));
                yieldNow();
                AsyncChannels.writeAll(sink, ByteBuffer.wrap(bytes("abc")));
                assertThat(await(reading)).isEqualTo(3);
                assertThat(text(target.flip())).isEqualTo("abc");
            }
        });
    }

    @Test
    void hugeContent() {
        Loopback.run(() -> {
            byte[] data = new byte[5_000_000];
            new Random(1).nextBytes(data);
            try (Pair pair = pair()) {
                Task<Void> writing = createTask(() -> {
                    AsyncChannels.writeAll(pair.one, ByteBuffer.wrap(data));
                    pair.one.shutdownOutput();
                });
                ByteBuffer received = ByteBuffer.allocate(data.length + 1);
                while (AsyncChannels.read(pair.other, received) >= 0) {
                    assertThat(received.hasRemaining()).isTrue();
                }
                await(writing);
                assertThat(received.position()).isEqualTo(data.length);
                assertThat(received.flip()).isEqualTo(ByteBuffer.wrap(data));
            }
        });
    }

    @Test
    void bothDirectionsAreUsedAtOnce() {
        Loopback.run(() -> {
            try (Pair pair = pair()) {
                Task<Void> writing =
                        createTask(() -> AsyncChannels.writeAll(pair.one, ByteBuffer.allocate(20_000_000)));
                Task<String> reading = createTask(() -> read(pair.one));
                yieldNow();
                AsyncChannels.writeAll(pair.other, ByteBuffer.wrap(bytes("against the stream")));
                assertThat(await(reading)).isEqualTo("against the stream");
                assertThat(writing.isDone()).isFalse();
                ByteBuffer target = ByteBuffer.allocate(20_000_000);
                while (target.hasRemaining()) {
                    AsyncChannels.read(pair.other, target);
                }
                await(writing);
            }
        });
    }

    @Test
    void promptCancellation() {
        Loopback.run(() -> {
            EventLoop loop = EventLoop.running();
            try (Pair pair = pair()) {
                Task<String> reading = createTask(() -> read(pair.one));
                yieldNow();
                reading.cancel();
                try {
                    await(reading);
                    throw new AssertionError("read");
                } catch (CancelledError e) {
                    assertThat(loop.removeReader(pair.one)).isFalse();
                }
                AsyncChannels.writeAll(pair.other, ByteBuffer.wrap(bytes("kept")));
                assertThat(read(pair.one)).isEqualTo("kept");
            }
        });
    }

    @Test
    void aWriteThatIsCancelledTellsHowFarItCame() {
        Loopback.run(() -> {
            try (Pair pair = pair()) {
                ByteBuffer data = ByteBuffer.allocate(20_000_000);
                Task<Void> writing = createTask(() -> AsyncChannels.writeAll(pair.one, data));
                yieldNow();
                writing.cancel();
                try {
                    await(writing);
                    throw new AssertionError("written");
                } catch (CancelledError e) {
                    assertThat(data.position()).isBetween(1, data.limit() - 1);
                }
                pair.one.close();
                ByteBuffer received = ByteBuffer.allocate(20_000_000);
                while (AsyncChannels.read(pair.other, received) >= 0) {
                    assertThat(received.position()).isLessThanOrEqualTo(data.position());
                }
                assertThat(received.position()).isEqualTo(data.position());
            }
        });
    }

    @Test
    void cancelSockAccept() {
        Loopback.run(() -> {
            try (ServerSocketChannel server = listener()) {
                Task<SocketChannel> accepting = createTask(() -> AsyncChannels.accept(server));
                yieldNow();
                accepting.cancel();
                try {
                    await(accepting);
                    throw new AssertionError("accepted");
                } catch (CancelledError e) {
                    assertThat(EventLoop.running().removeReader(server)).isFalse();
                }
                try (SocketChannel client = unconnected()) {
                    AsyncChannels.connect(client, server.getLocalAddress());
                    AsyncChannels.accept(server).close();
                }
            }
        });
    }

    @Test
    void sockClientFail() {
        Loopback.run(() -> {
            int port = ConnectionTest.freePort();
            try (SocketChannel client = unconnected()) {
                AsyncChannels.connect(client, InetSocketAddress.createUnresolved("localhost", port));
                throw new AssertionError("connected");
            } catch (ConnectException e) {
                assertThat(e).hasMessageContaining("refused");
            }
        });
    }

    @Test
    void recvfrom() {
        Loopback.run(() -> {
            try (DatagramChannel one = datagrams();
                    DatagramChannel two = datagrams()) {
                ByteBuffer target = ByteBuffer.allocate(10);
                Task<InetSocketAddress> receiving = createTask(() -> AsyncChannels.receive(one, target));
                yieldNow();
                AsyncChannels.send(two, ByteBuffer.wrap(bytes("x")), (InetSocketAddress) one.getLocalAddress());
                assertThat(await(receiving)).isEqualTo(two.getLocalAddress());
                assertThat(text(target.flip())).isEqualTo("x");
            }
        });
    }

    @Test
    void datagramSendToNonListeningAddressRecvfrom() {
        Loopback.run(() -> {
            try (DatagramChannel one = datagrams();
                    DatagramChannel two = datagrams()) {
                DatagramChannel gone = datagrams();
                InetSocketAddress nobody = (InetSocketAddress) gone.getLocalAddress();
                gone.close();
                AsyncChannels.send(one, ByteBuffer.wrap(bytes("a")), nobody);
                AsyncChannels.send(two, ByteBuffer.wrap(bytes("b")), (InetSocketAddress) one.getLocalAddress());
                ByteBuffer target = ByteBuffer.allocate(10);
                AsyncChannels.receive(one, target);
                assertThat(text(target.flip())).isEqualTo("b");
            }
        });
    }

    @Test
    void aSecondReaderIsRefused() {
        Loopback.run(() -> {
            EventLoop loop = EventLoop.running();
            try (Pair pair = pair()) {
                Task<String> reading = createTask(() -> read(pair.one));
                yieldNow();
                try {
                    read(pair.one);
                    throw new AssertionError("read");
                } catch (IllegalStateException e) {
                    assertThat(e).hasMessageContaining("Somebody else waits to read");
                }
                try {
                    loop.addReader(pair.one, () -> {});
                    throw new AssertionError("added");
                } catch (IllegalStateException e) {
                    assertThat(e).hasMessageContaining("A coroutine waits for the channel");
                }
                assertThat(loop.removeReader(pair.one)).isFalse();
                AsyncChannels.writeAll(pair.other, ByteBuffer.wrap(bytes("for the first")));
                assertThat(await(reading)).isEqualTo("for the first");
                loop.addReader(pair.one, () -> {});
                try {
                    read(pair.one);
                    throw new AssertionError("read");
                } catch (IllegalStateException e) {
                    assertThat(e).hasMessageContaining("Somebody else waits to read");
                }
                assertThat(loop.removeReader(pair.one)).isTrue();
            }
        });
    }

    @Test
    void aChannelThatBlocksIsRefused() {
        Loopback.run(() -> {
            try (SocketChannel channel = SocketChannel.open()) {
                AsyncChannels.connect(channel, new InetSocketAddress(Loopback.HOST, 1));
                throw new AssertionError("connected");
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageContaining("configureBlocking(false)");
            }
        });
    }

    @Test
    void aChannelOfAConnectionIsRefused() {
        Loopback.run(() -> {
            try (Server server = Server.listen(Loopback.HOST, 0, ConnectionTest::echo);
                    Connection connection = Connection.open(Loopback.HOST, server.port())) {
                SocketChannel channel = connection.transport().channel();
                read(channel);
                throw new AssertionError("read");
            } catch (IllegalStateException e) {
                assertThat(e).hasMessageContaining("used by a connection");
            }
        });
    }

    @Test
    void aChannelCanBlockAgainWhenNobodyWaits() {
        Loopback.run(() -> {
            try (Pair pair = pair()) {
                Task<String> reading = createTask(() -> read(pair.one));
                yieldNow();
                AsyncChannels.writeAll(pair.other, ByteBuffer.wrap(bytes("x")));
                await(reading);
                assertThat(EventLoop.running().removeReader(pair.one)).isFalse();
                pair.one.configureBlocking(true);
                pair.one.setOption(StandardSocketOptions.TCP_NODELAY, true);
                pair.one.write(ByteBuffer.wrap(bytes("y")));
                assertThat(read(pair.other)).isEqualTo("y");
            }
        });
    }

    @Test
    void oneWaitAfterTheOther() {
        Loopback.run(() -> {
            try (Pair pair = pair()) {
                Task<Void> echo = createTask(() -> {
                    for (int i = 0; i < 100; i++) {
                        AsyncChannels.writeAll(pair.other, ByteBuffer.wrap(bytes(read(pair.other))));
                    }
                });
                for (int i = 0; i < 100; i++) {
                    AsyncChannels.writeAll(pair.one, ByteBuffer.wrap(bytes("" + i)));
                    assertThat(read(pair.one)).isEqualTo("" + i);
                    if (i % 10 == 0) {
                        EventLoop.running().removeReader(pair.one); // must not disturb the next wait
                    }
                }
                await(echo);
            }
        });
    }

    @Test
    void sockSendfileMixWithRegularSend() {
        Loopback.run(() -> {
            byte[] data = new byte[5_000_000];
            new Random(2).nextBytes(data);
            Path path = Files.write(directory.resolve("data"), data);
            try (Pair pair = pair();
                    FileChannel file = FileChannel.open(path)) {
                Task<Long> sending = createTask(() -> {
                    AsyncChannels.writeAll(pair.one, ByteBuffer.wrap(bytes("mix")));
                    long sent = AsyncChannels.transfer(file, 1000, 4_000_000, pair.one);
                    sent += AsyncChannels.transfer(file, 0, 0, pair.one);
                    sent += AsyncChannels.transfer(file, data.length - 5, Long.MAX_VALUE, pair.one);
                    AsyncChannels.writeAll(pair.one, ByteBuffer.wrap(bytes("end")));
                    return sent;
                });
                ByteBuffer received = ByteBuffer.allocate(3 + 4_000_000 + 5 + 3);
                while (received.hasRemaining()) {
                    AsyncChannels.read(pair.other, received);
                }
                assertThat(await(sending)).isEqualTo(4_000_005);
                ByteBuffer expected = ByteBuffer.allocate(received.capacity());
                expected.put(bytes("mix")).put(data, 1000, 4_000_000).put(data, data.length - 5, 5);
                assertThat(received.flip()).isEqualTo(expected.put(bytes("end")).flip());
            }
        });
    }
}
