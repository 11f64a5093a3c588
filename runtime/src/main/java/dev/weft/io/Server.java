package dev.weft.io;

import static java.util.Objects.requireNonNull;

import dev.weft.Async;
import dev.weft.AsyncCloseable;
import dev.weft.AsyncConsumer;
import dev.weft.AsyncFuture;
import dev.weft.AsyncTimeoutException;
import dev.weft.Asyncio;
import dev.weft.CancelledError;
import dev.weft.Context;
import dev.weft.EventLoop;
import dev.weft.LoopError;
import dev.weft.Task;
import dev.weft.internal.Rewriting;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes connections, and serves each in a task of its own.
 *
 * <pre>{@code
 * try (Server server = Server.listen("localhost", 7000, Example::echo)) {
 *     server.serveForever();
 * }
 *
 * @Async
 * static void echo(Connection connection) throws IOException {
 *     String line;
 *     while ((line = connection.reader().readLine()) != null) {
 *         connection.writer().write(line + "\n");
 *         connection.writer().drain();
 *     }
 * }
 * }</pre>
 *
 * <p>When a handler has returned, what it wrote is sent and its connection is closed. What it throws goes to the loop's
 * {@linkplain EventLoop#setExceptionHandler exception handler}; a handler that was cancelled ends silently. Handlers run in
 * copies of the context in which the server was made. Loop thread only.
 */
public final class Server implements AsyncCloseable {
    final EventLoop loop = EventLoop.running();
    final Context context = Context.copy();
    final int backlog;
    private final int limit;
    private final boolean keepAlive;
    private final @Nullable TlsOptions tls;
    private final AsyncConsumer<? super Connection> handler;
    private List<Acceptor> acceptors = List.of(); // none when it is closed
    private boolean serving;
    private boolean closed;
    private boolean ending; // handlers have been cancelled
    private @Nullable Client clients; // the one that came last
    private int clientCount;
    private final Waiters closeWaiters = new Waiters();
    private @Nullable AsyncFuture<@Nullable Void> forever; // while serveForever waits

    Server(ServerBuilder options, AsyncConsumer<? super Connection> handler) {
        Rewriting.requireFor(requireNonNull(handler, "handler"));
        this.handler = handler;
        backlog = options.backlog;
        limit = options.limit;
        keepAlive = options.keepAlive;
        tls = options.tls;
    }

    /**
     * Listens at a port of a host, at each of its addresses.
     *
     * @param host null or empty for all addresses of this machine
     * @param port 0 for one that is free; see {@link #port}
     * @throws IOException if it cannot, for example because somebody else listens there
     */
    @Async
    public static Server listen(@Nullable String host, int port, AsyncConsumer<? super Connection> handler)
            throws IOException {
        return builder().listen(host, port, handler);
    }

    /** Listens at an address: an {@link InetSocketAddress}, or a {@link java.net.UnixDomainSocketAddress}. */
    @Async
    public static Server listen(SocketAddress address, AsyncConsumer<? super Connection> handler) throws IOException {
        return builder().listen(address, handler);
    }

    /** Makes servers with other options. */
    public static ServerBuilder builder() {
        return new ServerBuilder();
    }

    void listenAt(List<Acceptor> acceptors) {
        this.acceptors = acceptors;
    }

    /** Where it listens; empty when it is closed. */
    public List<SocketAddress> addresses() {
        return acceptors.stream().map(Acceptor::address).toList();
    }

    /**
     * The port of its first address.
     *
     * @throws IllegalStateException if it is closed, or that has none
     */
    public int port() {
        if (!acceptors.isEmpty() && acceptors.get(0).address() instanceof InetSocketAddress address) {
            return address.getPort();
        }
        throw new IllegalStateException(
                closed ? "The server is closed." : "Unix-domain sockets have no ports: " + this);
    }

    /** Whether it takes connections. */
    public boolean isServing() {
        return serving;
    }

    /** How many connections are open, or have a handler that runs. */
    public int connections() {
        return clientCount;
    }

    /**
     * Begins to take connections, if it was made without; does nothing if it does already.
     *
     * @throws IllegalStateException if it is closed
     */
    public void startServing() {
        checkNotClosed();
        if (!serving) {
            serving = true;
            acceptors.forEach(Acceptor::start);
        }
    }

    /**
     * Takes connections until it is closed. To cancel the calling task closes the server, cancels its handlers, and waits for
     * them.
     *
     * @throws IllegalStateException if it is closed, or another task does the same
     */
    @Async
    public void serveForever() {
        if (forever != null) {
            throw new IllegalStateException("Server is already being awaited on serveForever(): " + this
                    + ". One task does that; others may waitClosed().");
        }
        startServing();
        AsyncFuture<@Nullable Void> future = loop.createFuture();
        forever = future;
        try {
            future.await();
        } catch (CancelledError e) {
            closeListener();
            endClients();
            waitClosed();
            throw e;
        } finally {
            forever = null;
        }
    }

    /** Takes no more connections; those that are open go on. Does nothing the second time. */
    public void closeListener() {
        if (closed) {
            return;
        }
        closed = true;
        serving = false;
        List<Acceptor> closing = acceptors;
        acceptors = List.of();
        closing.forEach(Acceptor::close);
        loop.io$engine().poller().poll(0); // only a look at the selector frees the addresses
        if (forever != null) {
            Waiters.wake(forever);
        }
        wakeIfClosed();
    }

    /** Suspends until it takes no more connections, all are closed, and their handlers have ended. */
    @Async
    public void waitClosed() {
        while (!closed || clientCount > 0) {
            closeWaiters.add(loop).await();
        }
    }

    /**
     * Takes no more connections and suspends until those that are open have ended by themselves. If the calling task is
     * cancelled meanwhile, or has been before, their handlers are cancelled too. See {@link #shutdown} to wait less long.
     */
    @Async
    @Override
    public void close() {
        closeListener();
        Task<?> caller = Asyncio.currentTask();
        if (caller != null && caller.cancelling() > 0) {
            endClients();
        }
        try {
            waitClosed();
        } catch (CancelledError e) {
            endClients();
            waitClosed();
            throw e;
        }
    }

    /**
     * Takes no more connections, and gives those that are open some time to end by themselves. Then handlers are cancelled, and
     * when they have ended their connections are closed, whether the other side has read all or not.
     */
    @Async
    public void shutdown(Duration grace) {
        closeListener();
        try {
            Asyncio.timeout(grace, this::waitClosed);
        } catch (AsyncTimeoutException e) {
            endClients();
            waitClosed();
        } catch (CancelledError e) {
            endClients();
            waitClosed();
            throw e;
        }
    }

    /** Closes all connections when what was written is sent. Their handlers read the end of the stream. */
    public void closeClients() {
        forEachClient(Client::close);
    }

    /** Closes all connections at once. Their handlers read the end of the stream. */
    public void abortClients() {
        forEachClient(Client::abort);
    }

    /** Cancels all handlers; when one has ended, its connection is closed at once. */
    private void endClients() {
        ending = true;
        forEachClient(Client::end);
    }

    boolean isEnding() {
        return ending;
    }

    private void forEachClient(Consumer<Client> action) {
        List<Client> all = new ArrayList<>(clientCount);
        for (Client client = clients; client != null; client = client.before) {
            all.add(client);
        }
        for (int i = all.size() - 1; i >= 0; i--) { // in order of arrival
            action.accept(all.get(i));
        }
    }

    /** Somebody has connected. */
    void accepted(SocketChannel channel) {
        Client client;
        Connection connection;
        try {
            channel.configureBlocking(false);
            if (keepAlive && channel.supportedOptions().contains(StandardSocketOptions.SO_KEEPALIVE)) {
                channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            }
            client = new Client(this, channel, limit);
            connection = new Connection(client);
        } catch (IOException e) { // it has gone already
            discard(channel);
            return;
        }
        Task<Void> task;
        try {
            task = loop.createTask(
                    tls == null ? () -> handler.accept(connection) : () -> handleEncrypted(connection, tls));
        } catch (RuntimeException | Error e) { // a task factory's
            connection.abort();
            throw e;
        }
        client.servedBy(task);
        client.before = clients;
        if (clients != null) {
            clients.after = client;
        }
        clients = client;
        clientCount++;
    }

    /** The handler gets a connection that is encrypted; one that does not come so far is nobody's fault here. */
    @Async
    private void handleEncrypted(Connection connection, TlsOptions options) throws Exception {
        try {
            connection.startTls(options);
        } catch (IOException e) {
            if (loop.isDebug()) {
                loop.callExceptionHandler(new LoopError("TLS handshake of a server failed", e, null));
            }
            return;
        }
        handler.accept(connection);
    }

    private static void discard(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // nobody knows of it
        }
    }

    void ended(Client client) {
        if (client == clients) {
            clients = client.before;
        } else if (client.after != null) {
            client.after.before = client.before;
        } else {
            return; // removed before
        }
        if (client.before != null) {
            client.before.after = client.after;
        }
        client.before = null;
        client.after = null;
        clientCount--;
        wakeIfClosed();
    }

    private void wakeIfClosed() {
        if (closed && clientCount == 0) {
            closeWaiters.wakeAll();
        }
    }

    private void checkNotClosed() {
        if (closed) {
            throw new IllegalStateException("The server is closed: it cannot serve again. Make another one.");
        }
    }

    @Override
    public String toString() {
        return "<Server " + (closed ? "closed" : (serving ? "serving " : "not serving ") + addresses())
                + ", connections: " + clientCount + ">";
    }
}
