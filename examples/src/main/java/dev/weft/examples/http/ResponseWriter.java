package dev.weft.examples.http;

import static dev.weft.examples.http.Deadline.within;

import dev.weft.*;
import dev.weft.io.*;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** Sends responses. A client that takes nothing for too long loses its connection. */
final class ResponseWriter {
    private static final byte[] END_OF_LINE = {'\r', '\n'};
    private static final byte[] LAST_CHUNK = {'0', '\r', '\n', '\r', '\n'};

    private final StreamWriter writer;
    private final Duration patience;

    ResponseWriter(StreamWriter writer, Duration patience) {
        this.writer = writer;
        this.patience = patience;
    }

    /** Sends what became of a request, and tells whether the connection may be used for another one. */
    @Async
    boolean write(Request request, Response response, boolean keepAlive) throws IOException {
        boolean endsWithConnection = request.isHttp10() && response.parts() != null;
        boolean goOn = keepAlive && !endsWithConnection;
        String connection = !goOn ? "close" : request.isHttp10() ? "keep-alive" : "";
        boolean sendsBody =
                Response.hasBody(response.status()) && !request.method().equals("HEAD");
        writeHead(response, connection, !endsWithConnection);
        if (sendsBody) {
            writeBody(response, !endsWithConnection);
        }
        drain();
        return goOn;
    }

    /** Sends why there will be no more responses. */
    @Async
    void writeLast(HttpException reason) throws IOException {
        Response response = Response.text(reason.status(), reason.getMessage() + "\n");
        writeHead(response, "close", true);
        writeBody(response, true);
    }

    private void writeHead(Response response, String connection, boolean hasFraming) {
        StringBuilder text = new StringBuilder("HTTP/1.1 ").append(response.status());
        text.append(' ').append(response.reason()).append("\r\n");
        text.append("Date: ").append(DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)));
        text.append("\r\n");
        response.headers().appendTo(text);
        if (hasFraming && Response.hasBody(response.status())) {
            text.append(
                    response.parts() == null
                            ? "Content-Length: " + response.content().length + "\r\n"
                            : "Transfer-Encoding: chunked\r\n");
        }
        if (!connection.isEmpty()) {
            text.append("Connection: ").append(connection).append("\r\n");
        }
        writer.write(text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    @Async
    private void writeBody(Response response, boolean chunked) throws IOException {
        if (response.parts() == null) {
            writer.write(response.content());
            return;
        }
        try (AsyncIterator<byte[]> parts = response.parts().iterator()) { // ends it also if the client goes
            while (parts.hasNext()) { // suspends until there is one
                writePart(parts.next(), chunked);
            }
        }
        if (chunked) {
            writer.write(LAST_CHUNK);
        }
    }

    @Async
    private void writePart(byte[] part, boolean chunked) throws IOException {
        if (part.length == 0) {
            return; // would be the last chunk
        }
        if (chunked) {
            writer.write(Integer.toHexString(part.length) + "\r\n");
        }
        writer.write(part);
        if (chunked) {
            writer.write(END_OF_LINE);
        }
        drain();
    }

    /** Suspends until the system has all that was written. */
    @Async
    void finish() throws IOException {
        writer.setWaterMarks(0, 0);
        drain();
        writer.writeEof();
    }

    @Async
    private void drain() throws IOException {
        try {
            within(patience, () -> writer.drain());
        } catch (HttpException e) {
            throw new SocketTimeoutException("The client does not read"); // nor would it read a status
        }
    }
}
