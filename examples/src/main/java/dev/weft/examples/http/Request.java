package dev.weft.examples.http;

import java.util.Set;

/** What a client asks for. Whoever wants its body reads it. */
public record Request(String method, String target, String version, Headers headers, Body body) {
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS");

    /** Checks what a client has sent. */
    static Request of(Head head, Body body) throws HttpException {
        String[] words = head.start().split(" ", -1);
        if (words.length != 3 || !HeadParser.isToken(words[0]) || words[1].isEmpty()) {
            throw new HttpException(400, "This is no request");
        }
        Request request = new Request(words[0], words[1], words[2], head.headers(), body);
        request.check();
        return request;
    }

    private void check() throws HttpException {
        if (!version.matches("HTTP/[0-9]\\.[0-9]")) {
            throw new HttpException(400, "This is no version of HTTP");
        }
        if (!version.startsWith("HTTP/1.")) {
            throw new HttpException(505, "This server speaks HTTP/1.1");
        }
        if (!METHODS.contains(method)) {
            throw new HttpException(501, "There is no method " + method);
        }
        if (!isHttp10() && headers.all("Host").size() != 1) {
            throw new HttpException(400, "One Host is needed");
        }
        if (isHttp10() && headers.has("Transfer-Encoding")) {
            throw new HttpException(400, "HTTP/1.0 has no Transfer-Encoding");
        }
    }

    /** The part of the target that names what is asked for. */
    public String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    boolean isHttp10() {
        return version.equals("HTTP/1.0");
    }

    /** Whether the client waits for a word before it sends the body. */
    boolean expectsContinue() {
        return !isHttp10() && headers.lists("Expect", "100-continue");
    }

    /** Whether the connection may be used for another request. */
    boolean keepsAlive() {
        return isHttp10() ? headers.lists("Connection", "keep-alive") : !headers.lists("Connection", "close");
    }
}
