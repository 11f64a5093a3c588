package dev.weft.benchmarks.servers;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * Connections to a server, each with its requests in flight: whenever answers have come, as many requests are sent. All are
 * the same, and so are all answers, byte for byte.
 */
final class Traffic implements AutoCloseable {
    private final InetSocketAddress server;
    private final byte[] answer;
    private final int inFlight;
    private final boolean churn;
    private final Selector selector = Selector.open();
    private final ByteBuffer received = ByteBuffer.allocateDirect(64 * 1024);
    private final ByteBuffer expected; // answers, one after the other: one more than can be received at once
    private final ByteBuffer requests; // all that one connection can have in flight
    private final int requestLength;
    private long answers;
    private long limit = Long.MAX_VALUE; // of answers: no request is sent beyond it

    /** Sends to a port of this machine; with {@code churn}, each on a connection of its own. */
    Traffic(int port, byte[] request, byte[] answer, int inFlight, boolean churn) throws IOException {
        server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        this.answer = answer;
        this.inFlight = inFlight;
        this.churn = churn;
        requestLength = request.length;
        requests = repeated(request, request.length * inFlight);
        expected = repeated(answer, received.capacity() + answer.length);
    }

    private static ByteBuffer repeated(byte[] data, int atLeast) {
        int times = (atLeast + data.length - 1) / data.length;
        ByteBuffer buffer = ByteBuffer.allocateDirect(times * data.length);
        while (buffer.hasRemaining()) {
            buffer.put(data);
        }
        return buffer.flip();
    }

    /** One of the connections. */
    private static final class Client {
        private int position; // in the answer of which a part has come
    }

    void open(int connections) throws IOException {
        for (int i = 0; i < connections; i++) {
            open();
        }
    }

    private void open() throws IOException {
        SocketChannel channel = SocketChannel.open(server);
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.register(selector, SelectionKey.OP_READ, new Client());
        send(channel, inFlight);
    }

    /** Goes on for this time, and tells how many answers have come. */
    long runFor(long nanos) throws IOException {
        long before = answers;
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() < end) {
            selector.select(this::ready, 100);
        }
        return answers - before;
    }

    /** Goes on until so many more answers have come, after which nothing is under way any more. */
    void runUntil(long more) throws IOException {
        limit = answers + more;
        while (answers < limit) {
            selector.select(this::ready, 100);
        }
    }

    /** Sends what {@link #runUntil} has held back. */
    void resume() throws IOException {
        limit = Long.MAX_VALUE;
        for (SelectionKey key : List.copyOf(selector.keys())) {
            send((SocketChannel) key.channel(), inFlight);
        }
    }

    private void ready(SelectionKey key) {
        try {
            receive((SocketChannel) key.channel(), (Client) key.attachment());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void receive(SocketChannel channel, Client client) throws IOException {
        received.clear();
        int length = channel.read(received);
        if (length < 0) {
            throw new EOFException("The server has closed a connection.");
        }
        received.flip();
        if (received.mismatch(expected.slice(client.position, length)) >= 0) {
            throw new IOException("The server has answered something else than it did before.");
        }
        int position = client.position + length;
        int complete = position / answer.length;
        client.position = position % answer.length;
        answers += complete;
        if (churn && complete > 0) {
            channel.close();
            open();
        } else if (answers < limit) {
            send(channel, complete);
        }
    }

    private void send(SocketChannel channel, int count) throws IOException {
        if (count > 0 && channel.write(requests.slice(0, count * requestLength)) < count * requestLength) {
            throw new IOException("Some requests are more than a socket takes.");
        }
    }

    /** Answers that have come. */
    long answers() {
        return answers;
    }

    @Override
    public void close() throws IOException {
        List<SelectionKey> keys = new ArrayList<>(selector.keys());
        for (SelectionKey key : keys) {
            key.channel().close();
        }
        selector.close();
    }
}
