package dev.weft.io;

import static java.util.Objects.requireNonNull;

import dev.weft.Async;
import dev.weft.EventLoop;
import java.io.IOException;
import java.net.BindException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import org.jspecify.annotations.Nullable;

/** Makes datagram endpoints with other options than {@link DatagramEndpoint#bind} and {@link DatagramEndpoint#connect} do. */
public final class DatagramEndpointBuilder {
    private int queueSize = 64;
    private boolean reusePort;
    private boolean broadcast;
    private @Nullable InetSocketAddress local;

    DatagramEndpointBuilder() {}

    /**
     * Sets how many datagrams are kept that nobody has received; 64 at first. Further ones stay in the buffer of the
     * operating system.
     */
    public DatagramEndpointBuilder queueSize(int datagrams) {
        if (datagrams < 1) {
            throw new IllegalArgumentException("queueSize must be >= 1, not " + datagrams);
        }
        queueSize = datagrams;
        return this;
    }

    /** Sets whether several endpoints may share a port: the system distributes what comes, multicasts go to all. */
    public DatagramEndpointBuilder reusePort(boolean reuse) {
        reusePort = reuse;
        return this;
    }

    /** Sets whether it may send to all hosts of a network, by an address such as 192.168.1.255. */
    public DatagramEndpointBuilder broadcast(boolean allow) {
        broadcast = allow;
        return this;
    }

    /** Sets the address that {@link #connect} sends from; null for any. */
    public DatagramEndpointBuilder localAddress(@Nullable InetSocketAddress address) {
        local = address;
        return this;
    }

    /** As {@link DatagramEndpoint#bind(String, int)}. */
    @Async
    public DatagramEndpoint bind(@Nullable String host, int port) throws IOException {
        if (host == null || host.isEmpty()) {
            return bind(new InetSocketAddress(port));
        }
        return bind(InetSocketAddress.createUnresolved(host, port));
    }

    /** As {@link DatagramEndpoint#bind(InetSocketAddress)}. */
    @Async
    public DatagramEndpoint bind(InetSocketAddress address) throws IOException {
        IOException failure = null;
        for (InetSocketAddress source : Names.resolve(requireNonNull(address, "address"))) {
            try {
                return open(source, null);
            } catch (IOException e) {
                failure = failed(e, failure);
            }
        }
        throw requireNonNull(failure);
    }

    /** As {@link DatagramEndpoint#connect(String, int)}. */
    @Async
    public DatagramEndpoint connect(String host, int port) throws IOException {
        return connect(InetSocketAddress.createUnresolved(requireNonNull(host, "host"), port));
    }

    /** As {@link DatagramEndpoint#connect(InetSocketAddress)}. */
    @Async
    public DatagramEndpoint connect(InetSocketAddress address) throws IOException {
        requireNonNull(address, "address");
        InetSocketAddress source = local == null ? null : Names.resolve(local).get(0);
        IOException failure = null;
        for (InetSocketAddress target : Names.resolve(address)) {
            try {
                return open(source, target);
            } catch (IOException e) {
                failure = failed(e, failure);
            }
        }
        throw requireNonNull(failure);
    }

    private static IOException failed(IOException failure, @Nullable IOException before) {
        if (before == null) {
            return failure;
        }
        before.addSuppressed(failure);
        return before;
    }

    private DatagramEndpoint open(@Nullable InetSocketAddress source, @Nullable InetSocketAddress target)
            throws IOException {
        DatagramChannel channel = open(source != null ? source : target);
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_BROADCAST, broadcast);
            if (reusePort) {
                channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            }
            if (source != null) {
                bind(channel, source);
            }
            if (target != null) {
                connect(channel, target);
            }
            return new DatagramEndpoint(new DatagramTransport(EventLoop.running(), channel, queueSize));
        } catch (Throwable failure) {
            channel.close();
            throw failure;
        }
    }

    /** One for both families, unless the address is of one of them: then others see addresses of that family. */
    private static DatagramChannel open(@Nullable InetSocketAddress address) throws IOException {
        boolean ipv4 = address != null
                && address.getAddress() instanceof Inet4Address
                && !address.getAddress().isAnyLocalAddress();
        return ipv4 ? DatagramChannel.open(StandardProtocolFamily.INET) : DatagramChannel.open();
    }

    private static void bind(DatagramChannel channel, InetSocketAddress address) throws IOException {
        try {
            channel.bind(address);
        } catch (BindException e) {
            BindException named = new BindException(e.getMessage() + ": " + address);
            named.initCause(e);
            throw named;
        }
    }

    private static void connect(DatagramChannel channel, InetSocketAddress address) throws IOException {
        try {
            channel.connect(address);
        } catch (UnsupportedAddressTypeException e) {
            throw new SocketException(
                    "The local address " + channel.getLocalAddress() + " is of another family than " + address);
        } catch (SocketException e) {
            SocketException named = new SocketException(e.getMessage() + ": " + address);
            named.initCause(e);
            throw named;
        }
    }
}
