package dev.weft.examples.http;

import static dev.weft.examples.http.Deadline.within;

import dev.weft.*;
import dev.weft.io.*;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The body of a message, read part by part: of a length that is known, in chunks, or up to the end of the connection. */
public final class Body {
    /** How a body ends. */
    enum Framing {
        LENGTH,
        CHUNKED,
        END_OF_STREAM
    }

    private static final byte[] NOTHING = {};
    private static final int PART = 65_536;

    private static final Duration PATIENCE = Duration.ofSeconds(20); // with one part

    private final StreamReader reader;
    private final Framing framing;
    private final long most; // bytes
    private long read;
    private long left; // of the body, or of the chunk
    private boolean ended;
    private Runnable beforeFirstRead = () -> {};

    private Body(StreamReader reader, Framing framing, long length, long most) {
        this.reader = reader;
        this.framing = framing;
        this.most = most;
        left = length;
        ended = framing == Framing.LENGTH && length == 0;
    }

    /**
     * The body that follows a head.
     *
     * @param framing how it ends if the fields do not say
     * @param most how many bytes it may have
     */
    static Body after(Headers headers, Framing framing, StreamReader reader, long most) throws HttpException {
        if (headers.has("Transfer-Encoding")) {
            if (headers.has("Content-Length")) {
                throw new HttpException(400, "It is not clear where the body ends");
            }
            if (!headers.value("Transfer-Encoding").equalsIgnoreCase("chunked")) {
                throw new HttpException(501, "There is no such Transfer-Encoding");
            }
            return new Body(reader, Framing.CHUNKED, 0, most);
        }
        if (!headers.has("Content-Length")) {
            return new Body(reader, framing, 0, most);
        }
        String length = headers.value("Content-Length");
        if (!length.matches("[0-9]{1,18}")) {
            throw new HttpException(400, "This is no Content-Length");
        }
        checkLength(Long.parseLong(length), most);
        return new Body(reader, Framing.LENGTH, Long.parseLong(length), most);
    }

    /** Sets what is done if anybody reads it at all. */
    void beforeFirstRead(Runnable action) {
        beforeFirstRead = action;
    }

    /** Whether nothing of it is left in the connection. */
    boolean hasEnded() {
        return ended;
    }

    /** Suspends until there is more of it; an empty array is the end. */
    @Async
    public byte[] read() throws IOException {
        Runnable first = beforeFirstRead;
        beforeFirstRead = () -> {};
        if (!ended) {
            first.run();
        }
        if (!ended && framing == Framing.CHUNKED && left == 0) {
            beginChunk();
        }
        if (ended) {
            return NOTHING;
        }
        byte[] part = within(PATIENCE, () -> reader.read(wanted()));
        if (part.length == 0) {
            ended = true;
            if (framing != Framing.END_OF_STREAM) {
                throw new HttpException(400, "The body is cut off");
            }
        }
        read += part.length;
        checkLength(read, most);
        if (framing != Framing.END_OF_STREAM) {
            left -= part.length;
            if (left == 0) {
                end();
            }
        }
        return part;
    }

    private int wanted() {
        return framing == Framing.END_OF_STREAM ? PART : (int) Math.min(left, PART);
    }

    /** Suspends until it has ended, and gives all of it. */
    @Async
    public byte[] readAll() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] part;
        while ((part = read()).length > 0) {
            all.write(part, 0, part.length);
        }
        return all.toByteArray();
    }

    @Async
    private void beginChunk() throws IOException {
        String size = line().split(";", 2)[0].strip(); // behind the semicolon are extensions
        if (!size.matches("[0-9a-fA-F]{1,8}")) {
            throw new HttpException(400, "This is no chunk");
        }
        left = Long.parseLong(size, 16);
        checkLength(read + left, most);
        if (left == 0) {
            ended = true;
            while (!line().isEmpty()) { // fields behind the body, which nobody wants
                checkLength(++read, most);
            }
        }
    }

    /** A body of known length has ended, or one of the chunks. */
    @Async
    private void end() throws IOException {
        if (framing == Framing.LENGTH) {
            ended = true;
        } else if (!line().isEmpty()) {
            throw new HttpException(400, "The chunk does not end where it should");
        }
    }

    @Async
    private String line() throws IOException {
        String line;
        try {
            line = within(PATIENCE, () -> reader.readLine(StandardCharsets.ISO_8859_1));
        } catch (LimitOverrunException e) {
            throw new HttpException(400, "The line is too long");
        }
        if (line == null) {
            throw new HttpException(400, "The body is cut off");
        }
        return line;
    }

    private static void checkLength(long length, long most) throws HttpException {
        if (length > most) {
            throw new HttpException(413, "The body has more than " + most + " bytes");
        }
    }
}
