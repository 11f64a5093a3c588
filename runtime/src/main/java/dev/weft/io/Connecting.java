package dev.weft.io;

import dev.weft.Async;
import dev.weft.AsyncFuture;
import dev.weft.EventLoop;
import dev.weft.internal.IoJob;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** One attempt to connect to one address. Loop thread only. */
final class Connecting extends IoJob {
    private final AsyncFuture<@Nullable Void> decided;
    private final SelectionKey key;
    private final SocketChannel channel;

    private Connecting(EventLoop loop, SocketChannel channel) {
        this.channel = channel;
        decided = loop.createFuture();
        key = loop.io$engine().poller().register(channel, SelectionKey.OP_CONNECT, this);
    }

    /** Suspends until there is a connection. Closes the channel if there is none, or if the task is cancelled. */
    @Async
    static SocketChannel connect(EventLoop loop, SocketAddress remote, @Nullable SocketAddress local)
            throws IOException {
        SocketChannel channel = remote instanceof UnixDomainSocketAddress
                ? SocketChannel.open(StandardProtocolFamily.UNIX)
                : SocketChannel.open();
        try {
            channel.configureBlocking(false);
            if (local != null) {
                bind(channel, local, remote);
            }
            if (!channel.connect(remote)) {
                new Connecting(loop, channel).decided.await();
                channel.finishConnect();
            }
            return channel;
        } catch (BindException e) {
            channel.close();
            throw e;
        } catch (SocketException e) {
            channel.close();
            throw NamedFailure.of(e, remote);
        } catch (Throwable failure) {
            channel.close();
            throw failure;
        }
    }

    private static void bind(SocketChannel channel, SocketAddress local, SocketAddress remote) throws IOException {
        if (local instanceof InetSocketAddress from
                && remote instanceof InetSocketAddress to
                && !from.getAddress().isAnyLocalAddress()
                && from.getAddress().getClass() != to.getAddress().getClass()) {
            throw new BindException("The local address " + from + " is of another family than " + to);
        }
        try {
            channel.bind(local);
        } catch (BindException e) {
            throw NamedFailure.of(e, local);
        }
    }

    @Override
    protected void ready() {
        if (key.isValid()) {
            key.interestOps(0); // until it is known what comes next
        }
        Waiters.wake(decided);
    }

    @Override
    protected void abandoned() {
        try {
            channel.close();
        } catch (IOException e) {
            decided.cancel(e.getMessage());
        }
    }
}
