package dev.weft.examples.http;

import static dev.weft.Asyncio.*;

import dev.weft.*;
import dev.weft.io.Connection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A server that is tested. Whoever waits for ever is ended. */
final class Site {
    private static final Duration TOO_LONG = Duration.ofSeconds(30);

    final HttpServer server;
    final List<String> errors = new ArrayList<>();

    private Site(HttpServer server) {
        this.server = server;
        EventLoop.running()
                .setExceptionHandler((loop, error) -> errors.add(error.message() + ": " + error.exception()));
    }

    static void run(AsyncConsumer<Site> test) {
        run(HttpServer.Limits.DEFAULT, HttpHello::answer, test);
    }

    static void run(HttpServer.Limits limits, AsyncFunction<Request, Response> handler, AsyncConsumer<Site> test) {
        Asyncio.run(() -> waitFor(
                (AsyncRunnable) () -> {
                    try (HttpServer server = HttpServer.listen("127.0.0.1", 0, limits, handler)) {
                        test.accept(new Site(server));
                    }
                },
                TOO_LONG));
    }

    @Async
    Connection connect() throws IOException {
        return Connection.open("127.0.0.1", server.port());
    }

    /** Everything that the server answers to {@code request} until it closes the connection. */
    @Async
    String answerTo(String request) throws IOException {
        try (Connection connection = connect()) {
            connection.writer().write(request);
            return new String(connection.reader().readAll(), StandardCharsets.ISO_8859_1);
        }
    }
}
