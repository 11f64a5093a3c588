package dev.weft.examples.chat;

import dev.weft.*;
import dev.weft.io.*;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where everybody hears what anybody says. There are no locks: between two suspensions nobody else runs.
 *
 * <p>To say something never waits, since a writer collects what a client is too slow to take. A client that lets too much collect
 * loses its connection, and nobody else notices.
 */
final class Room {
    private static final int MOST_UNREAD = 256 * 1024;

    private final Map<String, Connection> members = new LinkedHashMap<>();

    /** Serves one client from its first line, which is its name, to its last. */
    @Async
    void visit(Connection connection) throws IOException {
        String name = askName(connection);
        if (name == null) {
            return;
        }
        say("* " + name + " comes in");
        members.put(name, connection);
        try {
            for (String line : connection.reader().lines()) {
                say(name + ": " + line);
            }
        } finally { // also when the connection is lost, or the server ends
            members.remove(name);
            say("* " + name + " goes");
        }
    }

    /** Suspends until the client has a name that nobody else has; null if it goes before. */
    @Async
    private @Nullable String askName(Connection connection) throws IOException {
        connection.writer().write("Who are you?\n");
        String name;
        while ((name = connection.reader().readLine()) != null) {
            if (name.matches("\\w{1,20}") && !members.containsKey(name)) {
                connection.writer().write("Welcome, " + name + ". Here are: " + members.keySet() + "\n");
                return name;
            }
            connection.writer().write("This is no name, or somebody's else. Who are you?\n");
        }
        return null;
    }

    /** Sends a line to everybody. */
    void say(String line) {
        for (Connection member : members.values()) {
            if (member.writer().bufferSize() > MOST_UNREAD) {
                member.abort(); // its own task finds the end, and removes it
            } else {
                member.writer().write(line + "\n");
            }
        }
    }

    int size() {
        return members.size();
    }
}
