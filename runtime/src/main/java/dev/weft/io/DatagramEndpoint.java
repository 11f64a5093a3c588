package dev.weft.io;

import static java.util.Objects.requireNonNull;

import dev.weft.Async;
import dev.weft.AsyncCloseable;
import dev.weft.AsyncIterable;
import dev.weft.AsyncIterator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.MembershipKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sends and receives datagrams over UDP: messages that arrive whole, or not at all.
 *
 * <pre>{@code
 * try (DatagramEndpoint endpoint = DatagramEndpoint.bind("localhost", 7000)) {
 *     for (Datagram datagram : endpoint) {
 *         endpoint.sendTo("You said " + datagram.text(), datagram.sender());
 *     }
 * }
 *
 * try (DatagramEndpoint endpoint = DatagramEndpoint.connect("localhost", 7000)) {
 *     endpoint.send("hello");
 *     Datagram reply = waitFor(() -> endpoint.receive(), Duration.ofSeconds(1)); // it may be lost
 * }
 * }</pre>
 *
 * <p>Up to 64 datagrams that nobody has received are kept. If more come, they stay in the buffer of the operating system
 * ({@link StandardSocketOptions#SO_RCVBUF}), which drops what it has no room for: the latest.
 *
 * <p>No failure ends an endpoint. When a host answers that nobody listens at the port that a connected endpoint has sent to,
 * the next {@link #send} or {@link #receive} throws {@link PortUnreachableException}, and those after it work as before. An
 * endpoint that is not connected does not learn of such answers. Loop thread only.
 */
public final class DatagramEndpoint implements AsyncIterable<Datagram>, AsyncCloseable {
    private final DatagramTransport transport;
    private final InetSocketAddress local;
    private final @Nullable InetSocketAddress remote;

    DatagramEndpoint(DatagramTransport transport) throws IOException {
        this.transport = transport;
        local = (InetSocketAddress) transport.channel.getLocalAddress();
        remote = (InetSocketAddress) transport.channel.getRemoteAddress();
    }

    /**
     * An endpoint that receives at a port of this machine, from anybody.
     *
     * @param host one of its names or addresses; null or empty for all its addresses
     * @param port 0 for one that is free; see {@link #localAddress}
     * @throws IOException if it cannot, for example because somebody else receives there
     */
    @Async
    public static DatagramEndpoint bind(@Nullable String host, int port) throws IOException {
        return builder().bind(host, port);
    }

    /** The same; the host name of the address is looked up if it is unresolved. */
    @Async
    public static DatagramEndpoint bind(InetSocketAddress address) throws IOException {
        return builder().bind(address);
    }

    /**
     * An endpoint that sends to one port of one host, and receives from there only. Nothing is sent yet: it does not tell
     * whether anybody listens there.
     *
     * @throws IOException if the name is unknown, or no way leads there
     */
    @Async
    public static DatagramEndpoint connect(String host, int port) throws IOException {
        return builder().connect(host, port);
    }

    /** The same; the host name of the address is looked up if it is unresolved. */
    @Async
    public static DatagramEndpoint connect(InetSocketAddress address) throws IOException {
        return builder().connect(address);
    }

    /** Makes endpoints with other options. */
    public static DatagramEndpointBuilder builder() {
        return new DatagramEndpointBuilder();
    }

    /**
     * Takes the next datagram; suspends until there is one. If the task is cancelled meanwhile, it takes none. Several tasks
     * may wait, and are served in the order in which they began to.
     *
     * @throws PortUnreachableException if nobody listens where a connected endpoint has sent to
     * @throws IOException if the endpoint is closed, also while this waited, or something fails in the network
     */
    @Async
    public Datagram receive() throws IOException {
        Object item = transport.take();
        if (item instanceof Datagram datagram) {
            return datagram;
        }
        throw item instanceof IOException failure ? failure : transport.closedException();
    }

    /**
     * The datagrams that come, until the endpoint is closed. {@link PortUnreachableException} does not end the iteration, other
     * failures do, as the cause of an {@link java.io.UncheckedIOException}; one may iterate again. Several tasks may iterate;
     * each datagram goes to one of them.
     */
    @Override
    public AsyncIterator<Datagram> iterator() {
        return new Datagrams(transport);
    }

    /**
     * Sends a datagram to the peer of a connected endpoint. Suspends only while the operating system has no room for it; if
     * the task is cancelled then, it is not sent. {@code data} must not be changed until this returns.
     *
     * @throws PortUnreachableException if nobody listened where an earlier one was sent to; this one has not been sent
     * @throws IOException if it is too long, the endpoint is closed, or something fails in the network
     * @throws IllegalStateException if the endpoint is not connected
     * @throws IllegalArgumentException if {@code data} is empty, which the JDK sends by {@link #sendTo} only, from an endpoint
     *     that is not connected
     */
    @Async
    public void send(byte[] data) throws IOException {
        send(ByteBuffer.wrap(data));
    }

    /** Sends what remains in {@code data}, up to its limit, as one datagram. */
    @Async
    public void send(ByteBuffer data) throws IOException {
        if (remote == null) {
            throw new IllegalStateException("The endpoint is not connected: " + this
                    + ". Use sendTo(data, address), or make it with DatagramEndpoint.connect(...).");
        }
        sendToPeer(data);
    }

    /** Sends a text in UTF-8 as one datagram. */
    @Async
    public void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Sends a datagram to an address, whose host name is looked up if it is unresolved: to the first address of the family
     * that the endpoint has. Otherwise as {@link #send(byte[])}.
     *
     * @throws IllegalArgumentException if the endpoint is connected to another address
     */
    @Async
    public void sendTo(byte[] data, InetSocketAddress target) throws IOException {
        sendTo(ByteBuffer.wrap(data), target);
    }

    /** Sends what remains in {@code data}, up to its limit, as one datagram to an address. */
    @Async
    public void sendTo(ByteBuffer data, InetSocketAddress target) throws IOException {
        List<InetSocketAddress> addresses = Names.resolve(requireNonNull(target, "target"));
        if (remote == null) {
            transport.send(data, reachable(addresses));
        } else if (addresses.contains(remote)) {
            sendToPeer(data);
        } else {
            throw new IllegalArgumentException("The endpoint is connected to " + remote + " and cannot send to "
                    + target + ". Make one with bind(...).");
        }
    }

    private InetSocketAddress reachable(List<InetSocketAddress> addresses) throws SocketException {
        InetSocketAddress reachable = Names.reachable(local.getAddress(), addresses);
        if (reachable == null) {
            throw new SocketException("The local address " + local + " is of another family than " + addresses.get(0)
                    + ". Bind the endpoint to an address of that family, or to none.");
        }
        return reachable;
    }

    @Async
    private void sendToPeer(ByteBuffer data) throws IOException {
        if (!data.hasRemaining()) {
            throw new IllegalArgumentException("The JDK sends no empty datagram through a connected endpoint: " + this
                    + ". Make the endpoint with bind(...) and use sendTo(data, address).");
        }
        transport.send(data, null);
    }

    /** Sends a text in UTF-8 as one datagram to an address. */
    @Async
    public void sendTo(String text, InetSocketAddress target) throws IOException {
        sendTo(text.getBytes(StandardCharsets.UTF_8), target);
    }

    /**
     * Receives what is sent to a multicast group as well, until the {@linkplain MembershipKey#drop membership is dropped} or
     * the endpoint is closed. Bind the endpoint to the group's port, with {@linkplain DatagramEndpointBuilder#reusePort
     * others} if there may be some.
     *
     * @param network where; such as {@code NetworkInterface.getByName("eth0")}
     */
    public MembershipKey join(InetAddress group, NetworkInterface network) throws IOException {
        transport.checkOpen();
        return transport.channel.join(group, network);
    }

    /** The address on this side. */
    public InetSocketAddress localAddress() {
        return local;
    }

    /** The address that it is connected to, or null. */
    public @Nullable InetSocketAddress remoteAddress() {
        return remote;
    }

    /** The value of one of the {@link StandardSocketOptions}. */
    public <T> T option(SocketOption<T> option) throws IOException {
        return transport.channel.getOption(option);
    }

    /** Sets one of the {@link StandardSocketOptions}, such as {@code IP_MULTICAST_TTL}. */
    public <T> void setOption(SocketOption<T> option, T value) throws IOException {
        transport.channel.setOption(option, value);
    }

    /** Whether it is closed. */
    public boolean isClosed() {
        return transport.isClosed();
    }

    /**
     * Closes it at once, without suspending: iterations end, those who wait to send or receive get an {@link IOException}, and
     * datagrams that nobody has received are lost. What {@link #send} has sent is on its way. A second call does nothing.
     */
    @Async
    @Override
    public void close() throws IOException {
        transport.close();
    }

    @Override
    public String toString() {
        return "<DatagramEndpoint " + (isClosed() ? "closed " : "open ") + local
                + (remote == null ? ">" : " to " + remote + ">");
    }
}
