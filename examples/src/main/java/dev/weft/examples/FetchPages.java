package dev.weft.examples;

import static dev.weft.Asyncio.*;

import dev.weft.*;
import dev.weft.examples.http.HttpServer;
import dev.weft.examples.http.Page;
import dev.weft.examples.http.PageReader;
import dev.weft.examples.http.Request;
import dev.weft.examples.http.Response;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A list of pages fetched at the same time, once over connections of Weft and once with the JDK's HTTP client. The coroutines look
 * alike: one calls what suspends, the other awaits a future. Pages may be named as arguments, {@code http://...}.
 */
public final class FetchPages {
    private FetchPages() {}

    public static void main(String[] args) {
        if (args.length > 0) {
            run(() -> fetchTwice(Arrays.stream(args).map(URI::create).toList()));
        } else {
            run(() -> program());
        }
    }

    @Async
    static void program() throws IOException {
        try (HttpServer server = HttpServer.listen("127.0.0.1", 0, FetchPages::answer)) {
            fetchTwice(IntStream.rangeClosed(1, 5)
                    .mapToObj(number -> URI.create("http://127.0.0.1:" + server.port() + "/page/" + number))
                    .toList());
        }
    }

    @Async
    private static void fetchTwice(List<URI> pages) {
        List<Coroutine<String>> fetches = new ArrayList<>();
        for (URI page : pages) {
            fetches.add(() -> fetch(page));
        }
        HttpClient client = HttpClient.newHttpClient();
        for (URI page : pages) {
            fetches.add(() -> fetch(client, page));
        }
        gather(fetches).forEach(System.out::println);
    }

    @Async
    private static String fetch(URI uri) throws IOException {
        int port = uri.getPort() < 0 ? 80 : uri.getPort();
        try (PageReader reader = new PageReader(uri.getHost(), port)) {
            Page page = reader.get(uri.getRawPath());
            return "weft " + uri.getPath() + " " + page.status() + ", " + page.content().length + " bytes";
        }
    }

    @Async
    private static String fetch(HttpClient client, URI uri) {
        HttpRequest request = HttpRequest.newBuilder(uri).build();
        HttpResponse<byte[]> page = await(client.sendAsync(request, BodyHandlers.ofByteArray()));
        return "jdk  " + uri.getPath() + " " + page.statusCode() + ", " + page.body().length + " bytes";
    }

    private static Response answer(Request request) {
        int number = Integer.parseInt(request.path().substring("/page/".length()));
        return Response.text(200, "*".repeat(number * 1000));
    }
}
