package dev.weft.benchmarks.soak;

import dev.weft.Async;
import dev.weft.io.Connection;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/** What the server of {@link MixedLoad} does with a connection, as its first line says. */
final class MixedServer {
    final AtomicLong received = new AtomicLong(); // bytes of streams that came to their end
    final AtomicLong sent = new AtomicLong();
    final AtomicLong broken = new AtomicLong(); // connections

    @Async
    void serve(Connection connection) {
        try {
            String line = connection.reader().readLine();
            if (line == null) {
                broken.incrementAndGet();
                return;
            }
            String[] request = line.split(" ");
            switch (request[0]) {
                case "echo" -> count(echo(connection), true, true);
                case "upload" -> count(upload(connection), true, false);
                case "download" -> count(download(connection, request), false, true);
                case "echo-some" -> echo(connection);
                case "download-some" -> download(connection, request);
                default -> throw new IllegalStateException("unknown: " + line);
            }
        } catch (IOException e) {
            broken.incrementAndGet(); // the client has gone
        }
    }

    private void count(long bytes, boolean in, boolean out) {
        if (in) {
            received.addAndGet(bytes);
        }
        if (out) {
            sent.addAndGet(bytes);
        }
    }

    @Async
    private long echo(Connection connection) throws IOException {
        long bytes = 0;
        byte[] part;
        while ((part = connection.reader().read(30_000)).length > 0) {
            connection.writer().write(part);
            connection.writer().drain();
            bytes += part.length;
        }
        connection.close();
        return bytes;
    }

    @Async
    private long upload(Connection connection) throws IOException {
        long bytes = 0;
        byte[] part;
        while ((part = connection.reader().read(30_000)).length > 0) {
            bytes += part.length;
        }
        connection.writer().write(bytes + "\n");
        connection.close();
        return bytes;
    }

    @Async
    private long download(Connection connection, String[] request) throws IOException {
        SeededBytes bytes = new SeededBytes(Long.parseLong(request[1]));
        int length = Integer.parseInt(request[2]);
        for (int left = length; left > 0; ) {
            int part = Math.min(left, 17_000);
            connection.writer().write(bytes.next(part));
            connection.writer().drain();
            left -= part;
        }
        connection.close();
        return length;
    }
}
