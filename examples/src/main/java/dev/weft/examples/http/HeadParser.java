package dev.weft.examples.http;

import dev.weft.*;
import dev.weft.io.*;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads the head of a message: up to an empty line, no longer than the reader's limit, and strictly as the standard says, since what
 * two programs read differently is how requests are smuggled past one of them.
 */
final class HeadParser {
    private static final byte[] END = {'\r', '\n', '\r', '\n'};
    private static final int MOST_FIELDS = 100;

    private HeadParser() {}

    /** Suspends until there is a head; null if the stream ends instead of beginning another one. */
    @Async
    static @Nullable Head read(StreamReader reader) throws IOException {
        String text;
        do {
            try {
                text = new String(reader.readUntil(END), StandardCharsets.ISO_8859_1);
            } catch (LimitOverrunException e) {
                throw new HttpException(431, "The head is too long");
            } catch (IncompleteReadException e) {
                if (e.partial().length == 0) {
                    return null;
                }
                throw new HttpException(400, "The head does not end");
            }
        } while (text.isBlank()); // empty lines between two messages
        return parse(text.stripLeading());
    }

    static Head parse(String text) throws HttpException {
        String[] lines = text.split("\r\n"); // without the empty one at the end
        if (lines.length > MOST_FIELDS + 1) {
            throw new HttpException(431, "There are more than " + MOST_FIELDS + " fields");
        }
        if (!isText(lines[0])) {
            throw new HttpException(400, "There are control characters in the first line");
        }
        Headers headers = new Headers();
        for (int i = 1; i < lines.length; i++) {
            addField(headers, lines[i]);
        }
        return new Head(lines[0], headers);
    }

    private static void addField(Headers headers, String line) throws HttpException {
        int colon = line.indexOf(':');
        if (colon <= 0 || !isToken(line.substring(0, colon)) || !isText(line)) {
            throw new HttpException(400, "This is no field");
        }
        headers.add(line.substring(0, colon), line.substring(colon + 1).strip());
    }

    /** Whether it is a name: letters, digits and some signs, but no space. */
    static boolean isToken(String text) {
        return !text.isEmpty()
                && text.chars()
                        .allMatch(c -> c >= 'a' && c <= 'z'
                                || c >= 'A' && c <= 'Z'
                                || c >= '0' && c <= '9'
                                || "!#$%&'*+-.^_`|~".indexOf(c) >= 0);
    }

    /** Whether there are no control characters in it, line feeds above all. */
    private static boolean isText(String line) {
        return line.chars().allMatch(c -> c >= ' ' && c != 0x7f || c == '\t');
    }
}
