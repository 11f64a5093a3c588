package dev.weft.examples.http;

import dev.weft.*;
import dev.weft.io.*;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Serves HTTP/1.1: calls a function for each request, and sends what it returns. */
public final class HttpServer implements AsyncCloseable {
    /**
     * What a client may ask of a server.
     *
     * @param head the longest head, in bytes
     * @param body the longest body of a request, in bytes
     * @param patience how long a request may take to come, and a client to take a part of its response
     */
    public record Limits(int head, long body, Duration patience) {
        public static final Limits DEFAULT = new Limits(16_384, 10_000_000, Duration.ofSeconds(30));
    }

    final AsyncFunction<Request, Response> handler;
    final Limits limits;
    private final Set<Conversation> conversations = new LinkedHashSet<>();
    private Server server;
    private boolean closing;

    private HttpServer(Limits limits, AsyncFunction<Request, Response> handler) {
        this.limits = limits;
        this.handler = handler;
    }

    /** Listens at a port; 0 for any that is free. */
    @Async
    public static HttpServer listen(String host, int port, AsyncFunction<Request, Response> handler)
            throws IOException {
        return listen(host, port, Limits.DEFAULT, handler);
    }

    @Async
    public static HttpServer listen(String host, int port, Limits limits, AsyncFunction<Request, Response> handler)
            throws IOException {
        HttpServer http = new HttpServer(limits, handler);
        http.server = Server.builder().limit(limits.head).listen(host, port, http::serve);
        return http;
    }

    @Async
    private void serve(Connection connection) {
        Conversation conversation = new Conversation(this, connection);
        conversations.add(conversation);
        try {
            conversation.run();
        } catch (IOException e) {
            connection.abort(); // the client has gone: nobody is left to tell
        } finally {
            conversations.remove(conversation);
        }
    }

    public int port() {
        return server.port();
    }

    /** Takes no more requests; those that are being answered have some time to come to their end. */
    @Async
    public void shutdown(Duration grace) {
        closing = true;
        server.closeListener();
        List.copyOf(conversations).forEach(Conversation::closeIfIdle);
        server.shutdown(grace);
    }

    @Async
    @Override
    public void close() {
        shutdown(Duration.ofSeconds(10));
    }

    boolean isClosing() {
        return closing;
    }
}
