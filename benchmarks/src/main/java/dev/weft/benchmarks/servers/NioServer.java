package dev.weft.benchmarks.servers;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * What one writes by hand on a selector: reading stays armed, all connections read into and write from one buffer, and only
 * what is not complete is kept.
 */
public final class NioServer {
    private final Selector selector = Selector.open();
    private final Load.Mode mode;
    private final NioSession.Shared shared;

    private NioServer(Load.Mode mode, boolean batched) throws IOException {
        this.mode = mode;
        shared = new NioSession.Shared(batched);
    }

    /** The second word says whether answers to all that came at once are written at once. */
    public static void main(String[] args) throws IOException {
        new NioServer(Load.Mode.valueOf(args[0]), args.length > 1 && args[1].equals("batched")).serve();
    }

    private void serve() throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open();
        listener.bind(new InetSocketAddress("127.0.0.1", 0), Peer.BACKLOG);
        listener.configureBlocking(false);
        listener.register(selector, SelectionKey.OP_ACCEPT);
        Peer.announce(listener.socket().getLocalPort());
        while (true) {
            selector.select(this::ready);
        }
    }

    private void ready(SelectionKey key) {
        if (!key.isValid()) {
            return;
        }
        try {
            if (key.attachment() instanceof NioSession session) {
                session.ready();
            } else {
                accept((ServerSocketChannel) key.channel());
            }
        } catch (IOException e) {
            key.cancel();
            try {
                key.channel().close();
            } catch (IOException ignored) {
                // it has failed already
            }
        }
    }

    private void accept(ServerSocketChannel listener) throws IOException {
        SocketChannel channel;
        while ((channel = listener.accept()) != null) {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
            key.attach(mode == Load.Mode.LINE ? new EchoSession(key, shared) : new HttpSession(key, shared));
        }
    }

    /** Sends back each line. */
    private static final class EchoSession extends NioSession {
        EchoSession(SelectionKey key, Shared shared) {
            super(key, shared);
        }

        @Override
        protected boolean line(ByteBuffer data, int start, int newline) throws IOException {
            answer(data, start, newline + 1);
            return true;
        }
    }
}
