package dev.weft.io;

import static java.util.Objects.requireNonNull;

import dev.weft.Async;
import dev.weft.AsyncConsumer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Makes servers with other options than {@link Server#listen} does. */
public final class ServerBuilder {
    int limit = StreamReader.LIMIT;
    int backlog = 100;
    boolean keepAlive;

    @Nullable
    TlsOptions tls;

    private boolean reuseAddress = true;
    private boolean reusePort;
    private boolean startServing = true;
    private boolean cleanUp = true;

    ServerBuilder() {}

    /** Sets the {@linkplain StreamReader limit} of the connections' readers, in bytes. */
    public ServerBuilder limit(int bytes) {
        if (bytes <= 0) {
            throw new IllegalArgumentException("Limit cannot be <= 0: " + bytes);
        }
        limit = bytes;
        return this;
    }

    /**
     * Sets how many connections the system may keep until they are taken, and how many are taken in a row; 100 at first.
     *
     * @throws IllegalArgumentException unless it is positive
     */
    public ServerBuilder backlog(int connections) {
        if (connections <= 0) {
            throw new IllegalArgumentException("Backlog cannot be <= 0: " + connections);
        }
        backlog = connections;
        return this;
    }

    /** Sets whether an address can be used again right after another server; true at first. */
    public ServerBuilder reuseAddress(boolean reuse) {
        reuseAddress = reuse;
        return this;
    }

    /** Sets whether several servers may share a port, among which the system distributes connections. */
    public ServerBuilder reusePort(boolean reuse) {
        reusePort = reuse;
        return this;
    }

    /** Sets whether the system looks after connections on which nothing happens. */
    public ServerBuilder keepAlive(boolean keepAlive) {
        this.keepAlive = keepAlive;
        return this;
    }

    /** Encrypts with TLS; the context has the key and the certificate of this server. */
    public ServerBuilder tls(SSLContext context) {
        return tls(TlsOptions.of(context));
    }

    /**
     * Encrypts with TLS, with more options. Handlers begin when both sides have agreed; clients that do not
     * get so far are closed, which the loop's exception handler learns of in debug mode only.
     */
    public ServerBuilder tls(TlsOptions options) {
        tls = requireNonNull(options, "options");
        return this;
    }

    /** Sets whether connections are taken at once, or wait until {@link Server#startServing}. */
    public ServerBuilder startServing(boolean start) {
        startServing = start;
        return this;
    }

    /** Sets whether the file of a Unix-domain socket is removed in the end, if it is still the same; true at first. */
    public ServerBuilder cleanUpSocketFile(boolean cleanUp) {
        this.cleanUp = cleanUp;
        return this;
    }

    /** As {@link Server#listen(String, int, AsyncConsumer)}. */
    @Async
    public Server listen(@Nullable String host, int port, AsyncConsumer<? super Connection> handler)
            throws IOException {
        if (host == null || host.isEmpty()) {
            return listen(new InetSocketAddress(port), handler);
        }
        return listen(InetSocketAddress.createUnresolved(host, port), handler);
    }

    /** As {@link Server#listen(SocketAddress, AsyncConsumer)}. */
    @Async
    public Server listen(SocketAddress address, AsyncConsumer<? super Connection> handler) throws IOException {
        return listen(List.of(address), handler);
    }

    /**
     * Listens at several addresses. If it cannot listen at one of them, it listens at none; but addresses that this machine
     * does not have are left out as long as there is another one, since it may have a family of addresses switched off.
     *
     * @throws IllegalArgumentException if there is no address
     */
    @Async
    public Server listen(List<? extends SocketAddress> addresses, AsyncConsumer<? super Connection> handler)
            throws IOException {
        requireNonNull(handler, "handler");
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("No address to listen at");
        }
        Set<SocketAddress> resolved = new LinkedHashSet<>();
        for (SocketAddress address : addresses) {
            if (address instanceof InetSocketAddress internet) {
                resolved.addAll(Names.resolve(internet));
            } else {
                resolved.add(requireNonNull(address));
            }
        }
        Server server = new Server(this, handler);
        server.listenAt(acceptors(server, resolved));
        if (startServing) {
            server.startServing();
        }
        return server;
    }

    private List<Acceptor> acceptors(Server server, Set<SocketAddress> addresses) throws IOException {
        List<Acceptor> acceptors = new ArrayList<>();
        BindException unavailable = null;
        try {
            for (SocketAddress address : addresses) {
                try {
                    acceptors.add(acceptor(server, address));
                } catch (BindException e) {
                    if (!isUnavailable(e)) {
                        throw e;
                    }
                    unavailable = e; // a family that this machine has switched off
                }
            }
            if (acceptors.isEmpty() && unavailable != null) {
                throw unavailable;
            }
            return acceptors;
        } catch (IOException | RuntimeException e) {
            acceptors.forEach(Acceptor::close);
            throw e;
        }
    }

    private Acceptor acceptor(Server server, SocketAddress address) throws IOException {
        ServerSocketChannel channel = address instanceof UnixDomainSocketAddress
                ? ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                : ServerSocketChannel.open();
        try {
            channel.configureBlocking(false);
            return new Acceptor(server, channel, bind(channel, address));
        } catch (SocketException e) {
            channel.close();
            throw NamedFailure.of(e, address);
        } catch (Throwable e) {
            channel.close();
            throw e;
        }
    }

    private @Nullable SocketFile bind(ServerSocketChannel channel, SocketAddress address) throws IOException {
        if (address instanceof UnixDomainSocketAddress unix) {
            SocketFile.removeStale(unix.getPath());
            channel.bind(address, backlog);
            return cleanUp ? SocketFile.of(unix.getPath()) : null;
        }
        channel.setOption(StandardSocketOptions.SO_REUSEADDR, reuseAddress);
        if (reusePort) {
            channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
        }
        channel.bind(address, backlog);
        return null;
    }

    private static boolean isUnavailable(BindException failure) {
        String message = failure.getMessage();
        return message != null && message.startsWith("Cannot assign requested address");
    }
}
