package dev.weft.examples.http;

import static dev.weft.Asyncio.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.*;
import dev.weft.io.Connection;
import dev.weft.io.StreamReader;
import dev.weft.sync.AsyncEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HttpServerTest {
    private static final String END = " HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String LAST = " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

    @Test
    void answersAndCloses() {
        Site.run(site -> assertThat(site.answerTo("GET /" + LAST))
                .startsWith("HTTP/1.1 200 OK\r\nDate: ")
                .contains("\r\nContent-Length: 14\r\nConnection: close\r\n")
                .endsWith("\r\n\r\nHello, world!\n"));
    }

    @Test
    void answersRequestsInOrderThatWereSentAtOnce() {
        Site.run(site -> {
            String answers =
                    site.answerTo("GET /" + END + "GET /count" + END + "\r\nHEAD /" + END + "GET /nowhere" + LAST);
            assertThat(answers.split("HTTP/1.1 "))
                    .satisfiesExactly(
                            nothing -> assertThat(nothing).isEmpty(),
                            hello -> assertThat(hello).startsWith("200").endsWith("world!\n"),
                            count -> assertThat(count)
                                    .contains("Transfer-Encoding: chunked")
                                    .endsWith("\r\n\r\n2\r\n3 \r\n2\r\n2 \r\n2\r\n1 \r\n0\r\n\r\n"),
                            head -> assertThat(head)
                                    .startsWith("200")
                                    .contains("Content-Length: 14")
                                    .endsWith("\r\n\r\n"),
                            nowhere -> assertThat(nowhere).startsWith("404"));
        });
    }

    @Test
    void takesBodies() {
        Site.run(site -> {
            String length = "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc";
            String chunks = "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\nConnection: close\r\n\r\n"
                    + "2;x=y\r\nab\r\n1\r\nc\r\n0\r\nTrailer: x\r\n\r\n";
            assertThat(site.answerTo(length + chunks).split("\r\n\r\n"))
                    .satisfiesExactly(
                            head -> {},
                            two -> assertThat(two).startsWith("abcHTTP/1.1"),
                            last -> assertThat(last).isEqualTo("abc"));
        });
    }

    @Test
    void speaksHttp10() {
        Site.run(site -> {
            assertThat(site.answerTo("GET / HTTP/1.0\r\n\r\n"))
                    .contains("Connection: close")
                    .endsWith("world!\n");
            assertThat(site.answerTo("GET /count HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"))
                    .doesNotContain("chunked")
                    .endsWith("\r\n\r\n3 2 1 ");
            assertThat(site.answerTo("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET / HTTP/1.0\r\n\r\n"))
                    .contains("Connection: keep-alive", "Connection: close");
        });
    }

    @Test
    void asksForABodyWhenItWantsIt() {
        Site.run(site -> {
            String head = " HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n";
            try (Connection connection = site.connect()) {
                connection.writer().write("POST /echo" + head);
                assertThat(connection.reader().readLine()).isEqualTo("HTTP/1.1 100 Continue");
                assertThat(connection.reader().readLine()).isEmpty();
                connection.writer().write("ok");
                assertThat(connection.reader().readLine()).isEqualTo("HTTP/1.1 200 OK");
            }
            assertThat(site.answerTo("POST /nowhere" + head))
                    .startsWith("HTTP/1.1 404")
                    .contains("Connection: close");
        });
    }

    @Test
    void refusesWhatIsNoRequest() {
        Site.run(site -> {
            String[][] wrong = {
                {"400", "hello\r\n\r\n"},
                {"400", "GET /\r\n\r\n"},
                {"400", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n"},
                {"400", "GET / HTTP/1.1 x\r\nHost: a\r\n\r\n"},
                {"400", "G(T / HTTP/1.1\r\nHost: a\r\n\r\n"},
                {"400", "GET / HTTP/one\r\nHost: a\r\n\r\n"},
                {"400", "GET / HTTP/1.1\r\n\r\n"},
                {"400", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"},
                {"400", "GET / HTTP/1.1\r\nHost : a\r\n\r\n"},
                {"400", "GET / HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n"},
                {"400", "GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n"},
                {"400", "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: +1\r\n\r\n"},
                {"400", "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n"},
                {"400", "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n"},
                {"400", "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n"},
                {"400", "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n0\r\n\r\n"},
                {"501", "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n"},
                {"501", "BREW / HTTP/1.1\r\nHost: a\r\n\r\n"},
                {"505", "GET / HTTP/2.0\r\nHost: a\r\n\r\n"},
            };
            for (String[] one : wrong) {
                assertThat(site.answerTo(one[1]))
                        .as(one[1])
                        .startsWith("HTTP/1.1 " + one[0] + " ")
                        .contains("Connection: close")
                        .containsOnlyOnce("HTTP/1.1 ");
            }
            assertThat(site.errors).isEmpty();
        });
    }

    @Test
    void refusesWhatIsTooMuch() {
        HttpServer.Limits limits = new HttpServer.Limits(1000, 2000, Duration.ofSeconds(30));
        Site.run(limits, HttpHello::answer, site -> {
            String begin = "POST /echo HTTP/1.1\r\nHost: a\r\n";
            assertThat(site.answerTo(begin + "X: " + "x".repeat(100_000))).startsWith("HTTP/1.1 431 ");
            assertThat(site.answerTo(begin + "X:\r\n".repeat(101) + "\r\n")).startsWith("HTTP/1.1 431 ");
            assertThat(site.answerTo(begin + "Content-Length: 2001\r\n\r\n" + "x".repeat(100_000)))
                    .startsWith("HTTP/1.1 413 ");
            assertThat(site.answerTo(begin + "Transfer-Encoding: chunked\r\n\r\n" + "1\r\nx\r\n".repeat(2001)))
                    .startsWith("HTTP/1.1 413 ");
            assertThat(site.answerTo(begin + "Transfer-Encoding: chunked\r\n\r\nfffffff\r\n"))
                    .startsWith("HTTP/1.1 413 ");
        });
    }

    @Test
    void waitsForARequestForSomeTimeOnly() {
        HttpServer.Limits limits = new HttpServer.Limits(1000, 2000, Duration.ofMillis(250));
        Site.run(limits, HttpHello::answer, site -> {
            assertThat(site.answerTo("")).isEmpty();
            assertThat(site.answerTo("GET / HTTP/1.1\r\nHos")).startsWith("HTTP/1.1 408 ");
            assertThat(site.answerTo("GET /" + END)).startsWith("HTTP/1.1 200 ").endsWith("Hello, world!\n");
        });
    }

    @Test
    void aClientThatDoesNotReadLosesTheConnection() {
        HttpServer.Limits limits = new HttpServer.Limits(1000, 2000, Duration.ofMillis(250));
        AsyncEvent ended = new AsyncEvent();
        AsyncIterable<byte[]> endless = generate(out -> {
            try {
                while (true) {
                    out.yield(new byte[100_000]);
                }
            } finally {
                ended.set();
            }
        });
        Site.run(limits, request -> Response.stream("text/plain", endless), site -> {
            try (Connection connection = site.connect()) {
                connection.writer().write("GET /" + END);
                ended.await();
                connection.abort();
            }
        });
    }

    @Test
    void aHandlerThatFailsIsReportedAndTheNextRequestAnswered() {
        Site.run(
                HttpServer.Limits.DEFAULT,
                request -> {
                    if (request.path().equals("/fail")) {
                        throw new IllegalArgumentException("on purpose");
                    }
                    return HttpHello.answer(request);
                },
                site -> {
                    assertThat(site.answerTo("GET /fail" + END + "GET /" + LAST))
                            .startsWith("HTTP/1.1 500 ")
                            .endsWith("Hello, world!\n");
                    assertThat(site.errors).singleElement().asString().contains("Cannot answer /fail", "on purpose");
                });
    }

    @Test
    void shutdownLetsARequestEndAndClosesWhatIsIdle() {
        AsyncEvent asked = new AsyncEvent();
        AsyncEvent known = new AsyncEvent();
        Site.run(
                HttpServer.Limits.DEFAULT,
                request -> {
                    asked.set();
                    known.await();
                    return Response.text(200, "done");
                },
                site -> {
                    try (Connection idle = site.connect();
                            Connection busy = site.connect()) {
                        busy.writer().write("GET /" + END);
                        asked.await();
                        Task<Void> shutdown = createTask(() -> site.server.shutdown(Duration.ofSeconds(20)));
                        assertThat(idle.reader().readAll()).isEmpty();
                        known.set();
                        assertThat(rest(busy.reader()))
                                .contains("Connection: close")
                                .endsWith("done");
                        busy.writer().writeEof();
                        await(shutdown);
                    }
                });
    }

    @Async
    private static String rest(StreamReader reader) throws IOException {
        return new String(reader.readAll(), StandardCharsets.ISO_8859_1);
    }
}
