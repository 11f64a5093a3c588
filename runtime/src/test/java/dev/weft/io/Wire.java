package dev.weft.io;

import dev.weft.Async;
import dev.weft.Asyncio;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** A connection whose other side the test holds in its own hands: a channel that no loop serves. */
final class Wire implements AutoCloseable {
    private static final int SMALL = 16 * 1024;

    final Connection connection;
    final StreamWriter writer;
    final StreamReader reader;
    final SocketChannel peer;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();

    private Wire(Connection connection, SocketChannel peer) {
        this.connection = connection;
        this.peer = peer;
        writer = connection.writer();
        reader = connection.reader();
    }

    /** One that the system keeps only little for, so that it is full soon. */
    @Async
    static Wire open() throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.setOption(StandardSocketOptions.SO_RCVBUF, SMALL);
            server.bind(new InetSocketAddress(Loopback.HOST, 0));
            Connection connection = Connection.open(server.getLocalAddress());
            connection.setOption(StandardSocketOptions.SO_SNDBUF, SMALL);
            SocketChannel peer = server.accept();
            peer.configureBlocking(false);
            return new Wire(connection, peer);
        }
    }

    /** Writes much more than the system takes, and tells how much is left when it takes no more. */
    @Async
    int fill() {
        writer.write(new byte[1_000_000]);
        int left;
        do {
            left = writer.bufferSize();
            for (int i = 0; i < 300; i++) { // some looks at the selector
                Asyncio.yieldNow();
            }
        } while (writer.bufferSize() != left);
        return left;
    }

    /** Takes what has come, without waiting; tells whether the stream has ended. */
    boolean receive() throws IOException {
        ByteBuffer part = ByteBuffer.allocate(100_000);
        int length;
        while ((length = peer.read(part.clear())) > 0) {
            received.write(part.array(), 0, length);
        }
        return length < 0;
    }

    /** Takes everything up to the end of the stream. */
    @Async
    byte[] receiveAll() throws IOException {
        while (!receive()) {
            Asyncio.yieldNow();
        }
        return received();
    }

    /** Takes what comes until there is that much. */
    @Async
    byte[] receive(int length) throws IOException {
        while (received.size() < length) {
            receive();
            Asyncio.yieldNow();
        }
        return received();
    }

    byte[] received() {
        return received.toByteArray();
    }

    /** Closes the other side so that this one is told of a failure, as a crashed system would. */
    void reset() throws IOException {
        peer.setOption(StandardSocketOptions.SO_LINGER, 0);
        peer.close();
    }

    @Override
    public void close() throws IOException {
        peer.close();
        connection.abort();
    }
}
