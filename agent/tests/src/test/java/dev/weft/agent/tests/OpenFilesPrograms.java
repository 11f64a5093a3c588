package dev.weft.agent.tests;

import static dev.weft.Asyncio.await;
import static dev.weft.Asyncio.run;
import static dev.weft.Asyncio.sleep;

import dev.weft.Async;
import dev.weft.AsyncFuture;
import dev.weft.EventLoop;
import dev.weft.LoopError;
import dev.weft.io.Connection;
import dev.weft.io.Server;
import java.io.FileInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A server that cannot accept a connection because its process has too many open files, until some are closed. */
final class OpenFilesPrograms {
    private static final List<String> errors = new ArrayList<>();
    private static AsyncFuture<Void> reportedTwice;

    private OpenFilesPrograms() {}

    public static void main(String[] args) {
        run(() -> exhaust());
    }

    @Async
    private static void exhaust() throws IOException {
        EventLoop loop = EventLoop.running();
        reportedTwice = loop.createFuture();
        loop.setExceptionHandler((source, error) -> report(error));
        loop.callExceptionHandler(new LoopError("warm-up", new IOException("none"), null)); // loads what is needed
        loop.callLater(Duration.ofMillis(1), () -> errors.clear());
        try (Server server = Server.listen("127.0.0.1", 0, OpenFilesPrograms::echo)) {
            SocketChannel early = connect(server);
            System.out.println("before: " + talk(early));

            List<FileInputStream> files = takeAllDescriptors();
            files.remove(files.size() - 1).close();
            SocketChannel late = connect(server); // takes the last one, so that there is none for the server's side
            long start = loop.time();
            await(reportedTwice);
            System.out.println("meanwhile: " + talk(early));
            System.out.println("waited a second: " + (loop.time() - start > 900_000_000));
            System.out.println(errors.get(0).replaceAll("\\d{4,}", "PORT"));
            System.out.println("open: " + server.connections());

            for (FileInputStream file : files) {
                file.close();
            }
            System.out.println("afterwards: " + talk(late));
            System.out.println("open: " + server.connections() + ", reports: " + errors.size());
            early.close();
            late.close();
        }
    }

    private static void report(LoopError error) {
        errors.add(error.message());
        if (errors.size() == 2 && !reportedTwice.isDone()) {
            reportedTwice.setResult(null);
        }
    }

    private static List<FileInputStream> takeAllDescriptors() {
        List<FileInputStream> files = new ArrayList<>();
        try {
            while (true) {
                files.add(new FileInputStream("/dev/null"));
            }
        } catch (IOException e) {
            return files;
        }
    }

    private static SocketChannel connect(Server server) throws IOException {
        SocketChannel client = SocketChannel.open(new InetSocketAddress("127.0.0.1", server.port()));
        client.configureBlocking(false);
        return client;
    }

    @Async
    private static String talk(SocketChannel client) throws IOException {
        client.write(ByteBuffer.wrap(new byte[] {'o', 'k', '\n'}));
        ByteBuffer answer = ByteBuffer.allocate(3);
        while (answer.hasRemaining()) {
            if (client.read(answer) < 0) {
                return "closed";
            }
            sleep(Duration.ofMillis(5));
        }
        return new String(answer.array(), 0, 2);
    }

    @Async
    private static void echo(Connection connection) throws IOException {
        for (String line : connection.reader().lines()) {
            connection.writer().write(line + "\n");
        }
    }
}
