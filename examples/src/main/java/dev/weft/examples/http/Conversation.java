package dev.weft.examples.http;

import static dev.weft.examples.http.Deadline.within;

import dev.weft.*;
import dev.weft.io.*;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a server: requests and responses in turn. Clients may send further requests before they have the first
 * response; those wait in the reader.
 */
final class Conversation {
    private static final Duration GOODBYE = Duration.ofSeconds(2);

    private final HttpServer server;
    private final Connection connection;
    private final StreamReader reader;
    private final StreamWriter writer;
    private final ResponseWriter responses;
    private boolean idle; // between a response and the next request

    Conversation(HttpServer server, Connection connection) {
        this.server = server;
        this.connection = connection;
        reader = connection.reader();
        writer = connection.writer();
        responses = new ResponseWriter(writer, server.limits.patience());
    }

    /** Suspends until the last response is on its way. */
    @Async
    void run() throws IOException {
        boolean goOn = true;
        while (goOn) {
            try {
                goOn = exchange();
            } catch (HttpException e) {
                responses.writeLast(e);
                goOn = false;
            }
        }
        sayGoodbye();
    }

    /** Answers one request, and tells whether there may be another. */
    @Async
    private boolean exchange() throws IOException {
        Head head = nextHead();
        if (head == null) {
            return false;
        }
        Body body = Body.after(head.headers(), Body.Framing.LENGTH, reader, server.limits.body());
        Request request = Request.of(head, body);
        if (request.expectsContinue()) {
            body.beforeFirstRead(() -> writer.write("HTTP/1.1 100 Continue\r\n\r\n"));
        }
        Response response = answer(request);
        boolean keepAlive = request.keepsAlive() && body.hasEnded() && !server.isClosing();
        return responses.write(request, response, keepAlive);
    }

    @Async
    private @Nullable Head nextHead() throws IOException {
        idle = true;
        try {
            return within(server.limits.patience(), () -> HeadParser.read(reader));
        } catch (HttpException e) {
            if (e.status() == 408 && reader.available() == 0) {
                return null; // had nothing more to ask
            }
            throw e;
        } finally {
            idle = false;
        }
    }

    /** What the handler answers, and if it fails, that it has. */
    @Async
    private Response answer(Request request) throws HttpException {
        try {
            return server.handler.apply(request);
        } catch (HttpException e) { // a body that is none
            throw e;
        } catch (Exception e) {
            EventLoop.running().callExceptionHandler(new LoopError("Cannot answer " + request.target(), e, null));
            return Response.text(500, "The server has made a mistake\n");
        }
    }

    /**
     * Ends the connection so that the last response arrives: if it was closed while the client still sends, the client's system
     * would throw away what the client has not read.
     */
    @Async
    private void sayGoodbye() throws IOException {
        responses.finish();
        within(GOODBYE, () -> {
            while (reader.read(65_536).length > 0) {}
            connection.close();
        });
    }

    /** Ends it if it waits for a request; else it will end after the response. */
    void closeIfIdle() {
        if (idle && reader.available() == 0) {
            writer.close();
        }
    }
}
