package dev.weft.examples.chat;

import static dev.weft.Asyncio.*;

import dev.weft.*;
import dev.weft.io.*;
import java.io.IOException;
import java.time.Duration;

/**
 * A chat server, and two who meet there. With a port as its argument only the server: meet there by {@code nc localhost 7000}, and
 * end it with Ctrl-C.
 */
public final class Chat {
    private Chat() {}

    public static void main(String[] args) {
        if (args.length == 1) {
            run(() -> serve(Integer.parseInt(args[0])));
        } else {
            run(() -> program());
        }
    }

    @Async
    private static void serve(int port) throws IOException {
        Room room = new Room();
        Server server = Server.listen(null, port, room::visit);
        System.out.println("listening at " + server.addresses());
        try {
            sleepForever();
        } finally { // Ctrl-C cancels this task, which is when everybody is told
            end(server, room);
        }
    }

    @Async
    static void program() throws IOException {
        Room room = new Room();
        Server server = Server.listen("127.0.0.1", 0, room::visit);
        Connection anna = enter("Anna", server);
        Connection bob = enter("Bob", server);
        anna.writer().write("Hello, is anybody there?\n");
        hear("Bob", bob, "Anna: Hello, is anybody there?");
        bob.writer().write("I am\n");
        bob.writer().writeEof(); // says no more, and hears to the end
        hear("Anna", anna, "* Bob goes");
        hear("Bob", bob, null);
        bob.close();
        end(server, room);
        hear("Anna", anna, null);
        anna.close();
    }

    /** Ends a server with all that was said delivered: the clients get some seconds to read it. */
    @Async
    static void end(Server server, Room room) {
        server.closeListener();
        room.say("* the server ends");
        server.closeClients();
        server.shutdown(Duration.ofSeconds(5));
    }

    @Async
    private static Connection enter(String name, Server server) throws IOException {
        Connection connection = Connection.open("127.0.0.1", server.port());
        connection.writer().write(name + "\n");
        connection.reader().readLine(); // who are you?
        System.out.println("   " + name + " | " + connection.reader().readLine());
        return connection;
    }

    /** Prints what somebody hears, up to a line or to the end. */
    @Async
    private static void hear(String name, Connection connection, String last) throws IOException {
        for (String line : connection.reader().lines()) {
            System.out.println("   " + name + " | " + line);
            if (line.equals(last)) {
                return;
            }
        }
        System.out.println("   " + name + " | (the end)");
    }
}
