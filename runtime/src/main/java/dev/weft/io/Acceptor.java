package dev.weft.io;

import dev.weft.LoopError;
import dev.weft.TimerHandle;
import dev.weft.internal.IoJob;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One address of a server, where it takes connections. Loop thread only. */
final class Acceptor extends IoJob {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Server server;
    private final ServerSocketChannel channel;
    private final SocketAddress address;
    private final @Nullable SocketFile file;
    private @Nullable SelectionKey key; // null until it takes connections
    private @Nullable TimerHandle pause;

    Acceptor(Server server, ServerSocketChannel channel, @Nullable SocketFile file) throws IOException {
        this.server = server;
        this.channel = channel;
        this.file = file;
        address = channel.getLocalAddress();
    }

    SocketAddress address() {
        return address;
    }

    void start() {
        key = server.loop.io$engine().poller().register(channel, SelectionKey.OP_ACCEPT, this);
    }

    @Override
    protected void ready() {
        if (channel.isOpen() && pause == null) {
            try {
                server.context.run(this::accept);
            } catch (RuntimeException | Error e) { // a task factory's, or no memory: others go on
                pause("Cannot serve a connection at ", e);
            }
        }
    }

    /** Takes those who are waiting, so that one look at the selector is enough for all of them. */
    private void accept() {
        for (int i = 0; i <= server.backlog; i++) {
            SocketChannel client;
            try {
                client = channel.accept();
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                if (isAborted(e)) {
                    continue;
                }
                pause("Cannot accept connections at ", e);
                return;
            }
            if (client == null) {
                return;
            }
            server.accepted(client);
        }
    }

    /** Whether a client has gone before its turn came. */
    private static boolean isAborted(IOException failure) {
        String message = failure.getMessage();
        return message != null && message.contains("connection abort");
    }

    /** Lets a system that has too many open files, or no memory, come to itself: a queue of clients would be seen at once. */
    private void pause(String what, Throwable cause) {
        if (!channel.isOpen()) {
            return;
        }
        String plan = ", tries again in " + PAUSE.toSeconds() + " s: ";
        server.loop.callExceptionHandler(new LoopError(what + address + plan + cause.getMessage(), cause, null));
        if (key != null && key.isValid()) {
            key.interestOps(0);
        }
        pause = server.loop.callLater(PAUSE, this::resume);
    }

    private void resume() {
        pause = null;
        if (key != null && key.isValid()) {
            key.interestOps(SelectionKey.OP_ACCEPT);
        }
    }

    void close() {
        if (pause != null) {
            pause.cancel();
        }
        try (channel) {
            if (file != null) {
                file.remove(); // first, so that nobody is refused who might as well find nothing
            }
        } catch (IOException e) {
            server.loop.callExceptionHandler(new LoopError("Cannot close the server at " + address, e, null));
        }
    }

    @Override
    protected void abandoned() {
        close();
    }

    @Override
    public String toString() {
        return "<Acceptor " + address + ">";
    }
}
