package dev.weft.examples.http;

import static dev.weft.Asyncio.*;

import dev.weft.*;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A site of three pages, and somebody who visits them. With a port as its argument only the server, for browsers and {@code curl};
 * Ctrl-C ends it.
 */
public final class HttpHello {
    private HttpHello() {}

    public static void main(String[] args) {
        if (args.length == 1) {
            run(() -> serve(Integer.parseInt(args[0])));
        } else {
            run(() -> program());
        }
    }

    @Async
    static void program() throws IOException {
        try (HttpServer server = HttpServer.listen("127.0.0.1", 0, HttpHello::answer);
                PageReader reader = new PageReader("127.0.0.1", server.port())) {
            for (String path : new String[] {"/", "/count", "/nowhere"}) {
                Page page = reader.get(path);
                System.out.println(
                        path + " " + page.status() + " " + page.text().strip());
            }
            System.out.println("connections: " + reader.connections());
        }
    }

    /** What the site answers. It may suspend, for a database as well as for the rest of the request. */
    @Async
    public static Response answer(Request request) throws IOException {
        return switch (request.path()) {
            case "/" -> Response.text(200, "Hello, world!\n");
            case "/count" -> Response.stream("text/plain", countdown());
            case "/echo" ->
                Response.of(200, "application/octet-stream", request.body().readAll());
            default -> Response.text(404, "There is no page " + request.path() + "\n");
        };
    }

    /** A body that is made while it is sent. */
    private static AsyncIterable<byte[]> countdown() {
        return generate(out -> {
            for (int i = 3; i > 0; i--) {
                sleep(Duration.ofMillis(10));
                out.yield((i + " ").getBytes(StandardCharsets.US_ASCII));
            }
        });
    }

    @Async
    private static void serve(int port) throws IOException {
        HttpServer server = HttpServer.listen(null, port, HttpHello::answer);
        System.out.println("listening at port " + server.port());
        try {
            sleepForever();
        } finally { // Ctrl-C cancels this task; requests that are being answered have some time to end
            server.shutdown(Duration.ofSeconds(10));
        }
    }
}
