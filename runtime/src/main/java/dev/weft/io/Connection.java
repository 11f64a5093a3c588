package dev.weft.io;

import static java.util.Objects.requireNonNull;

import dev.weft.Async;
import dev.weft.AsyncCloseable;
import dev.weft.CancelledError;
import dev.weft.EventLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
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
        this(new Transport(loop, channel, limit));
    }

    /** If this fails, the caller closes the channel. */
    Connection(Transport transport) throws IOException {
        this.transport = transport;
        SocketChannel channel = transport.channel();
        local = channel.getLocalAddress();
        remote = channel.getRemoteAddress();
        if (channel.supportedOptions().contains(StandardSocketOptions.TCP_NODELAY)) {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true); // the writer collects by itself
        }
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
        return transport.channel().getOption(option);
    }

    /** Sets one of the {@link StandardSocketOptions}; {@code TCP_NODELAY} is set from the start. */
    public <T> void setOption(SocketOption<T> option, T value) throws IOException {
        transport.channel().setOption(option, value);
    }

    /**
     * Goes on with TLS. What was written before is sent as it is; what has come and was not read is taken for the beginning of
     * the other side's handshake. Afterwards reader and writer are the same as before. A connection that a {@link Server} took
     * is the server of the handshake, any other one is the client. TLS in TLS is possible.
     *
     * <p>Suspends until both sides have agreed. If the task is cancelled meanwhile, the connection is closed; so it is if they
     * do not agree.
     *
     * @throws javax.net.ssl.SSLHandshakeException if they do not agree, for example because the certificate of the server is
     *     not trusted, or for another host
     * @throws java.net.SocketTimeoutException if it takes longer than the {@linkplain TlsOptions#handshakeTimeout limit}
     * @throws IOException if the connection is lost or closed
     * @throws IllegalStateException after {@link StreamWriter#writeEof}, during another handshake, or while a file is sent
     * @throws IllegalArgumentException if a client does not know what name to verify
     */
    @Async
    public void startTls(TlsOptions options) throws IOException {
        transport.writer.checkNoTransfer();
        if (transport.writer.isEnding()) {
            throw new IllegalStateException("Cannot start TLS after writeEof(): it has to write.");
        }
        TlsLayer before = transport.tls();
        if (before != null && !before.isEstablished()) {
            throw new IllegalStateException("Another handshake is going on: " + this);
        }
        SSLContext context = TlsEngines.context(options);
        if (!transport.isOpen()) {
            IOException lost = transport.lost();
            throw lost != null ? lost : new SocketException("Connection lost: it has been closed.");
        }
        SSLEngine engine = transport.isServed()
                ? TlsEngines.server(context, options)
                : TlsEngines.client(context, options, remote);
        transport.startTls(engine, options, peer(options)).handshake();
    }

    /** {@link #startTls(TlsOptions)} with a context, and else as usual. */
    @Async
    public void startTls(SSLContext context) throws IOException {
        startTls(TlsOptions.of(context));
    }

    /** The same for one that nobody has yet. */
    @Async
    private void startOpening(TlsOptions options) throws IOException {
        try {
            startTls(options);
        } catch (Throwable failure) {
            abort();
            throw failure;
        }
    }

    private String peer(TlsOptions options) {
        String address = remote instanceof InetSocketAddress internet
                ? internet.getHostString() + ":" + internet.getPort()
                : remote.toString();
        if (address.isEmpty()) {
            address = "a client of " + local;
        }
        String name = options.serverName();
        return name == null || transport.isServed() || name.equals(Names.host(remote))
                ? address
                : name + " at " + address;
    }

    /**
     * What both sides have agreed on: protocol, cipher suite, certificates; null without TLS.
     *
     * @see #applicationProtocol
     */
    public @Nullable SSLSession tlsSession() {
        TlsLayer tls = transport.tls();
        return tls == null || !tls.isEstablished() ? null : tls.engine().getSession();
    }

    /** The application protocol (ALPN) that both sides have agreed on; null if there is none. */
    public @Nullable String applicationProtocol() {
        TlsLayer tls = transport.tls();
        String protocol =
                tls == null || !tls.isEstablished() ? null : tls.engine().getApplicationProtocol();
        return protocol == null || protocol.isEmpty() ? null : protocol;
    }

    /**
     * Whether a connection with TLS has ended without a word of the other side. Readers find the end of the stream as usual.
     * Where only that tells that all has come, whoever controls the network may have cut off the rest.
     */
    public boolean isTruncated() {
        TlsLayer tls = transport.tls();
        return tls != null && tls.isTruncated();
    }

    /** Whether it is closed, or will be when all is sent. */
    public boolean isClosing() {
        return !transport.isOpen();
    }

    /**
     * Sends what was written, closes the connection and suspends until that is done. If the task is cancelled meanwhile, what
     * has not been sent is lost. A second call only waits. With TLS, to close it takes the other side's word that it has seen
     * the end, or the {@linkplain TlsOptions#shutdownTimeout time} to wait for it.
     *
     * @throws IOException if something that was written could not be sent
     */
    @Async
    @Override
    public void close() throws IOException {
        transport.close();
        try {
            if (!transport.isClosed()) {
                transport.closeWaiters().add(transport.loop()).await();
            }
        } catch (CancelledError e) {
            transport.abort();
            throw e;
        }
        IOException lost = transport.lost();
        if (lost != null && transport.hasDropped()) {
            // Another one each time: a try statement adds it to what its body throws, which may be what was lost.
            throw new IOException("The connection was lost before everything was sent: " + lost.getMessage(), lost);
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
        private @Nullable TlsOptions tls;

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

        /** Encrypts with TLS; the other side has to have a certificate for its name that the JVM trusts. */
        public Builder tls() {
            return tls(TlsOptions.DEFAULT);
        }

        /** Encrypts with TLS; the other side has to have a certificate for its name that the context trusts. */
        public Builder tls(SSLContext context) {
            return tls(TlsOptions.of(context));
        }

        /** Encrypts with TLS, with more options. */
        public Builder tls(TlsOptions options) {
            tls = requireNonNull(options, "options");
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
            Connection connection;
            try {
                connection = new Connection(loop, channel, limit);
            } catch (Throwable failure) {
                channel.close();
                throw failure;
            }
            if (tls != null) {
                connection.startOpening(tls);
            }
            return connection;
        }
    }
}
