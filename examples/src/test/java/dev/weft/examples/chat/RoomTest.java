package dev.weft.examples.chat;

import static dev.weft.Asyncio.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.io.Connection;
import dev.weft.io.Server;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RoomTest {
    private static final Duration TOO_LONG = Duration.ofSeconds(30);

    @Test
    void whoDoesNotReadLosesTheConnectionAndNobodyWaits() {
        run(() -> waitFor(() -> whoDoesNotRead(), TOO_LONG));
    }

    @Async
    private static void whoDoesNotRead() throws IOException {
        Room room = new Room();
        try (Server server = Server.listen("127.0.0.1", 0, room::visit);
                Connection deaf = enter("Deaf", server);
                Connection anna = enter("Anna", server)) {
            String line = "x".repeat(50_000);
            int said = 0;
            String heard = "";
            while (!heard.equals("* Deaf goes")) { // no more than 50 MB fit into the system's buffers
                if (heard.isEmpty() || heard.startsWith("Anna: ")) {
                    assertThat(++said).isLessThan(1000);
                    anna.writer().write(line + "\n");
                    anna.writer().drain();
                }
                heard = anna.reader().readLine();
            }
            assertThat(room.size()).isEqualTo(1);
            deaf.abort();
        }
    }

    @Test
    void takesNoNameTwice() {
        run(() -> waitFor(() -> noNameTwice(), TOO_LONG));
    }

    @Async
    private static void noNameTwice() throws IOException {
        Room room = new Room();
        try (Server server = Server.listen("127.0.0.1", 0, room::visit);
                Connection anna = enter("Anna", server);
                Connection other = Connection.open("127.0.0.1", server.port())) {
            other.writer().write("Anna\nno name\nBob\n");
            assertThat(other.reader().readLine()).isEqualTo("Who are you?");
            assertThat(other.reader().readLine()).startsWith("This is no name");
            assertThat(other.reader().readLine()).startsWith("This is no name");
            assertThat(other.reader().readLine()).isEqualTo("Welcome, Bob. Here are: [Anna]");
            assertThat(anna.reader().readLine()).isEqualTo("* Bob comes in");
        }
    }

    @Test
    void whoIsNotListenedToAnyMoreHearsTheEnd() {
        run(() -> waitFor(() -> hearsTheEnd(), TOO_LONG));
    }

    @Async
    private static void hearsTheEnd() throws IOException {
        Room room = new Room();
        Server server = Server.listen("127.0.0.1", 0, room::visit);
        try (Connection anna = enter("Anna", server)) {
            Chat.end(server, room);
            assertThat(anna.reader().readLine()).isEqualTo("* the server ends");
            assertThat(anna.reader().readLine()).isNull();
            assertThat(server.connections()).isZero();
        }
    }

    @Async
    private static Connection enter(String name, Server server) throws IOException {
        Connection connection = Connection.open("127.0.0.1", server.port());
        connection.writer().write(name + "\n");
        connection.reader().readLine();
        assertThat(connection.reader().readLine()).startsWith("Welcome, " + name);
        return connection;
    }
}
