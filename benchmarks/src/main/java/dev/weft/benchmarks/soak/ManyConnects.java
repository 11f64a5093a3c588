package dev.weft.benchmarks.soak;

import static dev.weft.Asyncio.run;
import static dev.weft.Asyncio.sleep;
import static dev.weft.Asyncio.taskGroup;

import dev.weft.Async;
import dev.weft.io.Connection;
import dev.weft.io.Server;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.Locale;

/**
 * Connects, says one line and closes, over and over, some at a time; the client closes first, or the server, or the client
 * resets. No descriptor and no memory may be left. Argument: how often.
 */
public final class ManyConnects {
    private static final int AT_A_TIME = 50;
    private static final int ADDRESSES = 16; // so that ports which are not free again yet do not matter
    private static int next;
    private static int answered;

    private ManyConnects() {}

    public static void main(String[] args) {
        int connects = Integer.parseInt(args[0]);
        run(() -> connect(connects));
    }

    @Async
    private static void connect(int connects) throws IOException {
        try (Server server = Server.builder().backlog(1_000).listen(null, 0, ManyConnects::answer)) {
            round(server, 2_000);
            long descriptors = Descriptors.open();
            long heap = LiveHeap.bytes();
            long start = System.nanoTime();
            round(server, connects);
            double seconds = (System.nanoTime() - start) / 1e9;
            long moreDescriptors = Descriptors.open() - descriptors;
            long moreHeap = LiveHeap.bytes() - heap;
            System.out.printf(
                    Locale.ROOT,
                    "%,d connects in %.1f s, %,d lines answered; descriptors %+d, heap %+,d bytes%n",
                    connects,
                    seconds,
                    answered,
                    moreDescriptors,
                    moreHeap);
            if (moreDescriptors > 0 || moreHeap > 1_000_000) {
                throw new IllegalStateException("Something is left of the connections.");
            }
        }
    }

    @Async
    private static void round(Server server, int connects) {
        next = 0;
        answered = 0;
        taskGroup(group -> {
            for (int i = 0; i < AT_A_TIME; i++) {
                group.createTask(() -> {
                    while (next < connects) {
                        visit(next++, server.port());
                    }
                });
            }
        });
        while (server.connections() > 0) {
            sleep(Duration.ofMillis(10));
        }
        sleep(Duration.ofMillis(100)); // the selector forgets those that were closed
    }

    @Async
    private static void visit(int number, int port) throws IOException {
        Connection connection = Connection.open("127.0.0." + (1 + number % ADDRESSES), port);
        boolean serverCloses = number % 4 == 1;
        connection.writer().write(serverCloses ? "close\n" : "hello\n");
        String answer = connection.reader().readLine();
        if (!"hello".equals(answer)) {
            throw new IllegalStateException("answered " + answer);
        }
        answered++;
        if (serverCloses && connection.reader().readLine() != null) {
            throw new IllegalStateException("The server goes on.");
        }
        if (number % 4 == 2) {
            connection.setOption(StandardSocketOptions.SO_LINGER, 0);
            connection.abort();
        } else {
            connection.close();
        }
    }

    @Async
    private static void answer(Connection connection) {
        try {
            String line;
            while ((line = connection.reader().readLine()) != null) {
                connection.writer().write("hello\n");
                if (line.equals("close")) {
                    return;
                }
            }
        } catch (IOException e) {
            connection.abort(); // reset by the client
        }
    }
}
