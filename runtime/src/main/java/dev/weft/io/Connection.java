package dev.weft.io;

import static java.util.Objects.requireNonNull;

import dev.weft.Async;
import dev.weft.AsyncCloseable;
import dev.weft.CancelledError;
import dev.weft.EventLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A stream of bytes to somebody else and one back, over TCP or a Unix-domain socket.
 *
 * <pre>{@code
 * try (Connection connection = Connection.open("localhost", 7000)) {
 *     connection.writer().write("hello\n");
 *     String reply = connection.reader().readLine();
 * }
 * }</pre>
 *
 * <p>Either direction may end by itself: {@link StreamWriter#writeEof} ends the one, {@link StreamReader#atEof} tells that the
 * other has. Loop thread only.
 */
public final class Connection implements AsyncCloseable {
    private final Transport transport;
    private final SocketAddress local;
    private final SocketAddress remote;

    /** Takes over a channel that is connected and does not block. */
    Connection(EventLoop loop, SocketChannel channel, int limit) throws IOException {
        local = channel.getLocalAddress();
        remote = channel.getRemoteAddress();
        if (channel.supportedOptions().contains(StandardSocketOptions.TCP_NODELAY)) {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true); // the writer collects by itself
        }
        transport = new Transport(loop, channel, limit);
    }

    /**
     * Connects to a port of a host. The name is looked up on another thread. If the host has several addresses, they are tried
     * in turn, an IPv6 and an IPv4 one alternately, each a {@linkplain Builder#attemptDelay quarter of a second} after the one
     * before or as soon as that has failed; the first that connects is taken. To cancel the calling task ends all attempts.
     *
     * @throws IOException if none can be connected to
     */
    @Async
    public static Connection open(String host, int port) throws IOException {
        return builder().open(host, port);
    }

    /**
     * Connects to an address: an {@link InetSocketAddress}, whose host name is looked up if it is unresolved, or a
     * {@link java.net.UnixDomainSocketAddress}.
     */
    @Async
    public static Connection open(SocketAddress address) throws IOException {
        return builder().open(address);
    }

    /** Opens connections with other options. */
    public static Builder builder() {
        return new Builder();
    }

    /** What comes from the other side. */
    public StreamReader reader() {
        return transport.reader;
    }

    /** What goes to the other side. */
    public StreamWriter writer() {
        return transport.writer;
    }

    /** The address on this side. */
    public SocketAddress localAddress() {
        return local;
    }

    /** The address of the other side; a path that is empty if that is a client's Unix-domain socket. */
    public SocketAddress remoteAddress() {
        return remote;
    }

    /** The value of one of the {@link StandardSocketOptions}. */
    public <T> T option(SocketOption<T> option) throws IOException {
        return transport.channel.getOption(option);
    }

    /** Sets one of the {@link StandardSocketOptions}; {@code TCP_NODELAY} is set from the start. */
    public <T> void setOption(SocketOption<T> option, T value) throws IOException {
        transport.channel.setOption(option, value);
    }

    /** Whether it is closed, or will be when all is sent. */
    public boolean isClosing() {
        return !transport.isOpen();
    }

    /**
     * Sends what was written, closes the connection and suspends until that is done. If the task is cancelled meanwhile, what
     * has not been sent is lost. A second call only waits.
     *
     * @throws IOException if something that was written could not be sent
     */
    @Async
    @Override
    public void close() throws IOException {
        transport.close();
        try {
            if (!transport.isClosed()) {
                transport.closeWaiters().add(transport.loop).await();
            }
        } catch (CancelledError e) {
            transport.abort();
            throw e;
        }
        IOException lost = transport.lost();
        if (lost != null && transport.hasDropped()) {
            throw lost;
        }
    }

    /** Closes it at once; what has not been sent is lost. */
    public void abort() {
        transport.abort();
    }

    Transport transport() {
        return transport;
    }

    @Override
    public String toString() {
        String state = transport.isClosed() ? "closed" : transport.isOpen() ? "open" : "closing";
        return "<Connection " + state + " " + local + " to " + remote + ">";
    }

    /** How connections are opened. */
    public static final class Builder {
        private int limit = StreamReader.LIMIT;
        private @Nullable SocketAddress local;
        private @Nullable Duration attemptDelay = Duration.ofMillis(250);

        private Builder() {}

        /** Sets the {@linkplain StreamReader limit} of the reader, in bytes. */
        public Builder limit(int bytes) {
            if (bytes <= 0) {
                throw new IllegalArgumentException("Limit cannot be <= 0: " + bytes);
            }
            limit = bytes;
            return this;
        }

        /** Sets the address to connect from; addresses of other families are not tried then. Null for any. */
        public Builder localAddress(@Nullable SocketAddress address) {
            local = address;
            return this;
        }

        /**
         * Sets how long an attempt to connect goes on before the next address is tried at the same time; null to try one
         * address after the other.
         */
        public Builder attemptDelay(@Nullable Duration delay) {
            attemptDelay = delay;
            return this;
        }

        /** As {@link Connection#open(String, int)}. */
        @Async
        public Connection open(String host, int port) throws IOException {
            return connect(InetSocketAddress.createUnresolved(requireNonNull(host, "host"), port));
        }

        /** As {@link Connection#open(SocketAddress)}. */
        @Async
        public Connection open(SocketAddress address) throws IOException {
            return connect(requireNonNull(address, "address"));
        }

        @Async
        private Connection connect(SocketAddress address) throws IOException {
            EventLoop loop = EventLoop.running();
            SocketChannel channel = new Connector(loop, local, attemptDelay).connect(address);
            try {
                return new Connection(loop, channel, limit);
            } catch (Throwable failure) {
                channel.close();
                throw failure;
            }
        }
    }
}
