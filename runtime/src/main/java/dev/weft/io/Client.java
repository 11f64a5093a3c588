package dev.weft.io;

import dev.weft.AsyncFuture;
import dev.weft.LoopError;
import dev.weft.Task;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A connection of a server with the task that serves it. Loop thread only. */
final class Client implements Consumer<AsyncFuture<Void>>, Runnable {
    private final Server server;
    private final Transport transport;
    private final Task<Void> task;

    // The server's list.
    @Nullable
    Client before;

    @Nullable
    Client after;

    Client(Server server, Transport transport, Task<Void> task) {
        this.server = server;
        this.transport = transport;
        this.task = task;
        transport.onClosed(this);
        task.addDoneCallback(this);
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
            transport.closeNow();
        } else {
            transport.close();
        }
        endIfDone();
    }

    /** The connection has ended; its handler learns of it when it reads or writes. */
    @Override
    public void run() {
        endIfDone();
    }

    private void endIfDone() {
        if (task.isDone() && transport.isClosed()) {
            server.ended(this);
        }
    }

    void close() {
        transport.close();
    }

    void abort() {
        transport.abort();
    }

    /** Ends handler and connection, whoever is slow. */
    void end() {
        if (task.isDone()) {
            transport.closeNow();
        } else {
            task.cancel();
        }
    }
}
