package dev.weft.io;

import dev.weft.AsyncFuture;
import dev.weft.LoopError;
import dev.weft.Task;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A connection that a server took, with the task that serves it. Loop thread only. */
final class Client extends Transport implements Consumer<AsyncFuture<Void>> {
    private final Server server;
    private @Nullable Task<Void> task; // null until it is created

    // The server's list.
    @Nullable
    Client before;

    @Nullable
    Client after;

    Client(Server server, SocketChannel channel, int limit) {
        super(server.loop, channel, limit);
        this.server = server;
    }

    void servedBy(Task<Void> task) {
        this.task = task;
        task.addDoneCallback(this);
    }

    @Override
    boolean isServed() {
        return true;
    }

    /** The handler has ended: so does the connection. */
    @Override
    public void accept(AsyncFuture<Void> ended) {
        Throwable failure = ended.isCancelled() ? null : ended.exception();
        if (failure != null) {
            server.loop.callExceptionHandler(
                    new LoopError("Unhandled exception in a server's handler", failure, ended));
        }
        if (server.isEnding()) {
            closeNow();
        } else {
            close();
        }
        endIfDone();
    }

    /** The connection has ended; its handler learns of it when it reads or writes. */
    @Override
    void ended() {
        endIfDone();
    }

    private void endIfDone() {
        if (task != null && task.isDone() && isClosed()) {
            server.ended(this);
        }
    }

    /** Ends handler and connection, whoever is slow. */
    void end() {
        if (task == null || task.isDone()) {
            closeNow();
        } else {
            task.cancel();
        }
    }
}
