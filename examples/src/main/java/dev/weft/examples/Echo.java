package dev.weft.examples;

import static dev.weft.Asyncio.*;

import dev.weft.*;
import dev.weft.io.*;
import java.io.IOException;

/**
 * A server that sends back what it gets, and three clients that talk to it at the same time. With a port as its argument only the
 * server: {@code nc localhost 7000} is a client.
 */
public final class Echo {
    private Echo() {}

    public static void main(String[] args) {
        if (args.length == 1) {
            run(() -> serve(Integer.parseInt(args[0])));
        } else {
            run(() -> program());
        }
    }

    @Async
    static void program() throws IOException {
        try (Server server = Server.listen("127.0.0.1", 0, Echo::echo)) {
            int port = server.port();
            gather(() -> talk("Anna", port), () -> talk("Bob", port), () -> talk("Cleo", port))
                    .forEach(System.out::println);
        } // closed, and all its connections have ended
    }

    /** Serves one client. The server calls it for each in a task of its own, and closes the connection when it returns. */
    @Async
    public static void echo(Connection connection) throws IOException {
        byte[] data;
        while ((data = connection.reader().read(65_536)).length > 0) {
            connection.writer().write(data);
            connection.writer().drain(); // waits here for clients that send, but do not read
        }
    }

    @Async
    static String talk(String name, int port) throws IOException {
        try (Connection connection = Connection.open("127.0.0.1", port)) {
            connection.writer().write("Hello, " + name + "\nand goodbye\n");
            connection.writer().writeEof();
            StringBuilder heard = new StringBuilder(name + " hears:");
            for (String line : connection.reader().lines()) {
                heard.append(' ').append(line).append(';');
            }
            return heard.toString();
        }
    }

    @Async
    private static void serve(int port) throws IOException {
        try (Server server = Server.listen(null, port, Echo::echo)) {
            System.out.println("listening at " + server.addresses());
            server.serveForever(); // until Ctrl-C
        }
    }
}
