package dev.weft.io;

import dev.weft.Async;
import dev.weft.Asyncio;
import dev.weft.internal.Poller.Interest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;

/**
 * The operations of channels, for coroutines: where the channel would not be ready, the calling task suspends until it is.
 * For those who bring a channel of their own; {@link Connection}, {@link Server} and {@link DatagramEndpoint} are more
 * convenient and faster.
 *
 * <pre>{@code
 * try (SocketChannel channel = SocketChannel.open()) {
 *     channel.configureBlocking(false);
 *     AsyncChannels.connect(channel, new InetSocketAddress("localhost", 7000));
 *     AsyncChannels.writeAll(channel, ByteBuffer.wrap(request));
 *     AsyncChannels.read(channel, reply);
 * }
 * }</pre>
 *
 * <p>The channel must not block. One coroutine at a time may wait for each direction of it; a second one gets an
 * {@link IllegalStateException}. To cancel a task that waits ends its interest in the channel at once, and leaves the channel
 * as it is. Nobody tells a task that waits when the channel is closed by somebody else: cancel the task instead.
 *
 * <p>All of it runs on the thread of the running loop. A channel may be used in another way as soon as nobody waits for it;
 * to make it block again may take one {@link dev.weft.EventLoop#removeReader removeReader} before.
 */
public final class AsyncChannels {
    private AsyncChannels() {}

    /**
     * Reads what there is; suspends until there is something. Works with channels of sockets, pipes and connected datagrams.
     *
     * @return how many bytes, 0 only if {@code target} has no room; -1 at the end of the stream
     */
    @Async
    public static <C extends SelectableChannel & ReadableByteChannel> int read(C channel, ByteBuffer target)
            throws IOException {
        requireNonBlocking(channel);
        int length;
        while ((length = channel.read(target)) == 0 && target.hasRemaining()) {
            Readiness.await(channel, Interest.READ);
        }
        return length;
    }

    /**
     * Writes as much as the channel takes; suspends until it takes something.
     *
     * @return how many bytes, 0 only if nothing remains in {@code source}
     */
    @Async
    public static <C extends SelectableChannel & WritableByteChannel> int write(C channel, ByteBuffer source)
            throws IOException {
        requireNonBlocking(channel);
        int length;
        while ((length = channel.write(source)) == 0 && source.hasRemaining()) {
            Readiness.await(channel, Interest.WRITE);
        }
        return length;
    }

    /** Writes all that remains in {@code source}. If the task is cancelled, the buffer's position tells how much was written. */
    @Async
    public static <C extends SelectableChannel & WritableByteChannel> void writeAll(C channel, ByteBuffer source)
            throws IOException {
        while (source.hasRemaining()) {
            write(channel, source);
        }
    }

    /**
     * Writes a part of a file, which the operating system copies by itself where it can; in pieces of 256 KiB, between which
     * other tasks run. The file's own position is neither used nor changed.
     *
     * @param position where in the file to begin, in bytes
     * @param count how many bytes to write at most; {@link Long#MAX_VALUE} for the rest of the file
     * @return how many bytes were written: less than {@code count} only if the file has ended before
     */
    @Async
    public static <C extends SelectableChannel & WritableByteChannel> long transfer(
            FileChannel file, long position, long count, C channel) throws IOException {
        requireNonBlocking(channel);
        FileTransfer.check(position, count);
        long end = position + Math.min(count, Long.MAX_VALUE - position);
        long at = position;
        while (at < end) {
            long length = file.transferTo(at, Math.min(FileTransfer.PIECE, end - at), channel);
            at += length;
            if (length > 0) {
                Asyncio.yieldNow();
            } else if (at >= file.size()) {
                break;
            } else {
                Readiness.await(channel, Interest.WRITE);
            }
        }
        return at - position;
    }

    /** Takes the next connection, which does not block; suspends until there is one. */
    @Async
    public static SocketChannel accept(ServerSocketChannel server) throws IOException {
        requireNonBlocking(server);
        SocketChannel accepted;
        while ((accepted = server.accept()) == null) {
            Readiness.await(server, Interest.READ);
        }
        try {
            accepted.configureBlocking(false);
            return accepted;
        } catch (IOException e) {
            accepted.close();
            throw e;
        }
    }

    /**
     * Connects to an address; the name of an unresolved one is looked up, and the first address taken. If this fails or is
     * cancelled, the channel cannot be used for anything else and should be closed.
     */
    @Async
    public static void connect(SocketChannel channel, SocketAddress address) throws IOException {
        requireNonBlocking(channel);
        SocketAddress target = address instanceof InetSocketAddress internet
                ? Names.resolve(internet).get(0)
                : address;
        if (!channel.connect(target)) {
            do {
                Readiness.await(channel, Interest.WRITE);
            } while (!channel.finishConnect());
        }
    }

    /**
     * Receives a datagram; suspends until there is one. What has no room in {@code target} is lost.
     *
     * @return its sender
     */
    @Async
    public static InetSocketAddress receive(DatagramChannel channel, ByteBuffer target) throws IOException {
        requireNonBlocking(channel);
        SocketAddress sender;
        while ((sender = channel.receive(target)) == null) {
            Readiness.await(channel, Interest.READ);
        }
        return (InetSocketAddress) sender;
    }

    /** Sends what remains in {@code source} as one datagram; suspends until the system has room for it. */
    @Async
    public static void send(DatagramChannel channel, ByteBuffer source, InetSocketAddress target) throws IOException {
        requireNonBlocking(channel);
        InetSocketAddress resolved = Names.resolve(target).get(0);
        while (channel.send(source, resolved) == 0 && source.hasRemaining()) {
            Readiness.await(channel, Interest.WRITE);
        }
    }

    private static void requireNonBlocking(SelectableChannel channel) {
        if (channel.isBlocking()) {
            throw new IllegalArgumentException(
                    "The channel blocks: " + channel + ". Call configureBlocking(false) before.");
        }
    }
}
