package dev.weft.benchmarks.servers;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request without a body: what servers without an HTTP library of their own make of its lines. */
final class HttpRequest {
    private static final byte[] HELLO = response("200 OK", "Hello, World!");
    private static final byte[] NOT_FOUND = response("404 Not Found", "There is only / here.");
    private static final byte[] BAD = response("400 Bad Request", "This is not HTTP/1.1.");

    private final String method;
    private final String path;
    private final boolean valid;
    private final List<String> names = new ArrayList<>();
    private final List<String> values = new ArrayList<>();
    private boolean malformed;

    /** Begins with the first line. */
    HttpRequest(String line) {
        int first = line.indexOf(' ');
        int second = line.indexOf(' ', first + 1);
        valid = first > 0 && second > first && line.startsWith("HTTP/1.", second + 1);
        method = valid ? line.substring(0, first) : "";
        path = valid ? line.substring(first + 1, second) : "";
    }

    /** Takes a line of the header. */
    void add(String line) {
        int colon = line.indexOf(':');
        if (colon <= 0) {
            malformed = true;
            return;
        }
        names.add(line.substring(0, colon));
        values.add(line.substring(colon + 1).strip());
    }

    @Nullable
    String header(String name) {
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equalsIgnoreCase(name)) {
                return values.get(i);
            }
        }
        return null;
    }

    boolean keepsAlive() {
        return isValid() && !"close".equalsIgnoreCase(header("connection"));
    }

    private boolean isValid() {
        String length = header("content-length");
        return valid && !malformed && (length == null || length.equals("0")) && header("transfer-encoding") == null;
    }

    byte[] response() {
        if (!isValid()) {
            return BAD;
        }
        return method.equals("GET") && path.equals("/") ? HELLO : NOT_FOUND;
    }

    private static byte[] response(String status, String text) {
        return ("HTTP/1.1 " + status + "\r\nContent-Type: text/plain\r\nContent-Length: " + text.length() + "\r\n\r\n"
                        + text)
                .getBytes(StandardCharsets.US_ASCII);
    }
}
