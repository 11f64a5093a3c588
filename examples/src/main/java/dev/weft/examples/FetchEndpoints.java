package dev.weft.examples;

import static dev.weft.Asyncio.*;

import com.sun.net.httpserver.HttpServer;
import dev.weft.*;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

/**
 * Pages fetched at the same time with the JDK's own HTTP client. It knows nothing of Weft: its {@code sendAsync} gives back a
 * {@code CompletableFuture}, and {@code await} takes any of those.
 */
public final class FetchEndpoints {
    private static final List<String> ENDPOINTS = List.of("/users", "/orders", "/prices");

    private FetchEndpoints() {}

    public static void main(String[] args) throws IOException {
        HttpServer server = startServer();
        try {
            String base = "http://127.0.0.1:" + server.getAddress().getPort();
            run(() -> program(base));
        } finally {
            server.stop(0);
        }
    }

    @Async
    static void program(String base) {
        HttpClient client = HttpClient.newHttpClient();
        List<Coroutine<String>> fetches = ENDPOINTS.stream()
                .map(path -> (Coroutine<String>) () -> fetch(client, URI.create(base + path)))
                .toList();
        for (String line : gather(fetches)) {
            System.out.println(line);
        }
    }

    @Async
    private static String fetch(HttpClient client, URI page) {
        HttpRequest request = HttpRequest.newBuilder(page).build();
        HttpResponse<String> response = await(client.sendAsync(request, BodyHandlers.ofString()));
        return page.getPath() + " " + response.statusCode() + " " + response.body();
    }

    /** Answers every request on a free port of this machine. */
    private static HttpServer startServer() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = ("hello from " + exchange.getRequestURI()).getBytes();
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }
}
