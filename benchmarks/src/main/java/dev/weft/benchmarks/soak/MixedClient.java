package dev.weft.benchmarks.soak;

import dev.weft.Async;
import dev.weft.AsyncRunnable;
import dev.weft.AsyncTimeoutException;
import dev.weft.Asyncio;
import dev.weft.io.Connection;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.Random;

/** Visits the server of {@link MixedLoad} again and again: politely, slowly, or leaving in the middle. Loop thread only. */
final class MixedClient {
    private static final int MOST = 300_000;

    private final int port;
    private final Random random;
    private final MixedTotals totals;

    MixedClient(int port, long seed, MixedTotals totals) {
        this.port = port;
        this.totals = totals;
        random = new Random(seed);
    }

    @Async
    void visit() throws IOException {
        switch (random.nextInt(8)) {
            case 0, 1 -> echo(0);
            case 2 -> echo(1);
            case 3 -> upload();
            case 4, 5 -> download(random.nextInt(4) == 0 ? 1 : 0);
            case 6 -> leaveInTheMiddle();
            default -> cancelInTheMiddle();
        }
    }

    @Async
    private Connection open(String request) throws IOException {
        Connection connection = Connection.open("127.0.0." + (1 + random.nextInt(16)), port);
        connection.writer().write(request + "\n");
        return connection;
    }

    @Async
    private void echo(int pause) throws IOException {
        long seed = random.nextLong() >>> 1;
        int length = random.nextInt(MOST);
        try (Connection connection = open("echo")) {
            Asyncio.gather(() -> send(connection, seed, length), () -> {
                SeededBytes expected = new SeededBytes(seed);
                receive(connection, expected, length, pause);
            });
        }
        totals.sent += length;
        totals.received += length;
    }

    @Async
    private void send(Connection connection, long seed, int length) throws IOException {
        SeededBytes bytes = new SeededBytes(seed);
        for (int left = length; left > 0; ) {
            int part = Math.min(left, 1 + random.nextInt(20_000));
            connection.writer().write(bytes.next(part));
            connection.writer().drain();
            left -= part;
        }
        connection.writer().writeEof();
    }

    @Async
    private void receive(Connection connection, SeededBytes expected, int length, int pause) throws IOException {
        int received = 0;
        byte[] part;
        while ((part = connection.reader().read(1 + random.nextInt(20_000))).length > 0) {
            expected.check(part);
            received += part.length;
            if (pause > 0) {
                Asyncio.sleep(Duration.ofMillis(pause));
            }
        }
        if (received != length) {
            throw new IllegalStateException("received " + received + " bytes of " + length);
        }
    }

    @Async
    private void upload() throws IOException {
        int length = random.nextInt(MOST);
        try (Connection connection = open("upload")) {
            send(connection, 1, length);
            String answer = connection.reader().readLine();
            if (!Integer.toString(length).equals(answer)) {
                throw new IllegalStateException("The server got " + answer + " bytes of " + length);
            }
        }
        totals.sent += length;
    }

    @Async
    private void download(int pause) throws IOException {
        long seed = random.nextLong() >>> 1;
        int length = random.nextInt(MOST);
        try (Connection connection = open("download " + seed + " " + length)) {
            receive(connection, new SeededBytes(seed), length, pause);
        }
        totals.received += length;
    }

    /** As a client that crashes, or that says more than anybody reads. */
    @Async
    private void leaveInTheMiddle() throws IOException {
        Connection connection = open(random.nextBoolean() ? "echo-some" : "download-some 1 1000000");
        connection.writer().write(new byte[random.nextInt(200_000)]);
        try {
            connection.reader().read(1 + random.nextInt(1_000));
        } catch (IOException e) {
            totals.left++; // the server was first
            return;
        }
        if (random.nextBoolean()) {
            connection.setOption(StandardSocketOptions.SO_LINGER, 0);
        }
        connection.abort();
        totals.left++;
    }

    @Async
    private void cancelInTheMiddle() {
        AsyncRunnable visit = () -> {
            try (Connection connection = open("download-some 1 100000000")) {
                receive(connection, new SeededBytes(1), 100_000_000, 0);
            }
        };
        try {
            Asyncio.timeout(Duration.ofMillis(random.nextInt(20)), visit);
            throw new IllegalStateException("faster than light");
        } catch (AsyncTimeoutException e) {
            totals.left++;
        }
    }
}
