package dev.weft.benchmarks.servers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.weft.Async;
import dev.weft.AsyncConsumer;
import dev.weft.Asyncio;
import dev.weft.io.Connection;
import dev.weft.io.IncompleteReadException;
import dev.weft.io.Server;
import dev.weft.io.StreamReader;
import dev.weft.io.StreamWriter;
import java.io.IOException;

/** Straight-line code on Weft's streams, through the agent. */
public final class WeftServer {
    private static final byte[] NEWLINE = {'\n'};

    private WeftServer() {}

    public static void main(String[] args) {
        Asyncio.run(() -> serve(handler(Load.Mode.valueOf(args[0]), args.length > 1 && args[1].equals("strings"))));
    }

    private static AsyncConsumer<Connection> handler(Load.Mode mode, boolean strings) {
        return mode == Load.Mode.HTTP ? WeftServer::greet : strings ? WeftServer::echoStrings : WeftServer::echo;
    }

    @Async
    private static void serve(AsyncConsumer<Connection> handler) throws IOException {
        try (Server server = Server.builder().backlog(Peer.BACKLOG).listen("127.0.0.1", 0, handler)) {
            Peer.announce(server.port());
            server.serveForever();
        }
    }

    @Async
    private static void echo(Connection connection) throws IOException {
        try {
            while (true) {
                connection.writer().write(connection.reader().readUntil(NEWLINE));
                connection.writer().drain();
            }
        } catch (IncompleteReadException end) {
            // the client has closed the connection
        }
    }

    @Async
    private static void echoStrings(Connection connection) throws IOException {
        String line;
        while ((line = connection.reader().readLine()) != null) {
            connection.writer().write(line + "\n");
            connection.writer().drain();
        }
    }

    @Async
    private static void greet(Connection connection) throws IOException {
        StreamReader reader = connection.reader();
        StreamWriter writer = connection.writer();
        String line;
        while ((line = reader.readLine(ISO_8859_1)) != null) {
            HttpRequest request = new HttpRequest(line);
            while ((line = reader.readLine(ISO_8859_1)) != null && !line.isEmpty()) {
                request.add(line);
            }
            writer.write(request.response());
            writer.drain();
            if (!request.keepsAlive()) {
                return;
            }
        }
    }
}
