package dev.weft.examples.http;

import static dev.weft.examples.http.Deadline.within;

import dev.weft.*;
import dev.weft.io.*;
import java.io.IOException;
import java.time.Duration;

/** Gets pages from one server, one after the other over the same connection as long as the server keeps it. */
public final class PageReader implements AsyncCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long MOST = 100_000_000;

    private final String host;
    private final int port;
    private Connection connection; // null until it is needed
    private int connections;

    public PageReader(String host, int port) {
        this.host = host;
        this.port = port;
    }

    /** Suspends until there is the whole page, whatever its status. */
    @Async
    public Page get(String path) throws IOException {
        if (connection != null && connection.reader().atEof()) {
            close(); // the server has grown tired of it
        }
        if (connection == null) {
            connection = within(PATIENCE, () -> Connection.open(host, port));
            connections++;
        }
        try {
            connection.writer().write("GET " + path + " HTTP/1.1\r\nHost: " + host + ":" + port + "\r\n\r\n");
            return page();
        } catch (Throwable failure) { // also when the task is cancelled: the rest of the page is still to come
            abandon();
            throw failure;
        }
    }

    @Async
    private Page page() throws IOException {
        Head head;
        int status;
        do {
            head = within(PATIENCE, () -> HeadParser.read(connection.reader()));
            status = status(head);
        } while (status < 200); // is followed by the real one
        if (!Response.hasBody(status)) {
            return new Page(status, head.headers(), new byte[0]);
        }
        Body body = Body.after(head.headers(), Body.Framing.END_OF_STREAM, connection.reader(), MOST);
        Page page = new Page(status, head.headers(), body.readAll());
        if (head.headers().lists("Connection", "close") || connection.reader().atEof()) {
            close();
        }
        return page;
    }

    private static int status(Head head) throws HttpException {
        if (head == null) {
            throw new HttpException(502, "The server has closed the connection");
        }
        if (!head.start().matches("HTTP/1\\.[01] [0-9]{3}( .*)?")) {
            throw new HttpException(502, "This is no response: " + head.start());
        }
        return Integer.parseInt(head.start().substring(9, 12));
    }

    /** How many connections it has opened so far. */
    public int connections() {
        return connections;
    }

    private void abandon() {
        if (connection != null) {
            connection.abort();
            connection = null;
        }
    }

    @Async
    @Override
    public void close() throws IOException {
        if (connection != null) {
            Connection closing = connection;
            connection = null;
            closing.close();
        }
    }
}
