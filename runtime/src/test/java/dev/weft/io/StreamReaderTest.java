package dev.weft.io;

import static dev.weft.Asyncio.await;
import static dev.weft.Asyncio.createTask;
import static dev.weft.Asyncio.sleep;
import static dev.weft.io.FedReader.bytes;
import static dev.weft.io.FedReader.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Async;
import dev.weft.Task;
import dev.weft.TestLoop;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** Reading in general and by lines; bytes come from the tests. */
class StreamReaderTest {
    @Test
    void feedEmptyData() {
        TestLoop.run(() -> {
            FedReader fed = new FedReader().feed("");
            assertThat(fed.reader.available()).isZero();
            assertThat(fed.reader.atEof()).isFalse();
        });
    }

    @Test
    void readZero() {
        TestLoop.run(() -> {
            FedReader fed = new FedReader().feed("data");
            assertThat(fed.reader.read(0)).isEmpty();
            assertThat(fed.reader.available()).isEqualTo(4);
            assertThat(fed.reader.read(ByteBuffer.allocate(0))).isZero();
        });
    }

    @Test
    void read() {
        TestLoop.run(() -> {
            FedReader fed = new FedReader();
            fed.later(() -> fed.feed("data"));
            assertThat(text(fed.reader.read(30))).isEqualTo("data");
            assertThat(fed.reader.available()).isZero();
        });
    }

    @Test
    void readLineBreaks() {
        TestLoop.run(() -> {
            FedReader fed = new FedReader().feed("line1", "line2");
            assertThat(text(fed.reader.read(5))).isEqualTo("line1");
            assertThat(text(fed.reader.read(30))).isEqualTo("line2");
        });
    }

    @Test
    void readEof() {
        TestLoop.run(() -> {
            FedReader fed = new FedReader();
            fed.later(fed::eof);
            assertThat(fed.reader.read(1024)).isEmpty();
            assertThat(fed.reader.read(1024)).isEmpty();
            assertThat(fed.reader.read(ByteBuffer.allocate(1))).isEqualTo(-1);
            assertThat(fed.reader.atEof()).isTrue();
        });
    }

    @Test
    void readUntilEof() {
        TestLoop.run(() -> {
            FedReader fed = new FedReader();
            Task<byte[]> all = createTask(() -> fed.reader.readAll());
            sleep(Duration.ZERO);
            fed.feed("chunk1\n");
            sleep(Duration.ZERO);
            fed.feed("chunk2").eof();
            assertThat(text(await(all))).isEqualTo("chunk1\nchunk2");
            assertThat(fed.reader.atEof()).isTrue();
        });
    }

    @Test
    void readException() {
        TestLoop.run(() -> {
            FedReader fed = new FedReader().feed("line\n");
            assertThat(text(fed.reader.read(2))).isEqualTo("li");
            IOException failure = new IOException("gone");
            fed.reader.fail(failure);
            assertThat(fed.reader.exception()).isSameAs(failure);
            assertFails(fed, failure);
        });
    }

    @Async
    private static void assertFails(FedReader fed, IOException failure) {
        List<Throwable> thrown = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            try {
                readSomehow(fed.reader, i);
            } catch (IOException e) {
                thrown.add(e);
            }
        }
        assertThat(thrown).containsExactly(failure, failure, failure, failure, failure);
    }

    @Async
    private static void readSomehow(StreamReader reader, int how) throws IOException {
        switch (how) {
            case 0 -> reader.read(1);
            case 1 -> reader.readLine();
            case 2 -> reader.readExactly(1);
            case 3 -> reader.readUntil(bytes("x"));
            default -> reader.readAll();
        }
    }

    @Test
    void invalidLimit() {
        TestLoop.run(() -> {
            assertThatThrownBy(() -> new FedReader(0)).hasMessageContaining("Limit cannot be <= 0");
            assertThatThrownBy(() -> new FedReader(-1)).isInstanceOf(IllegalArgumentException.class);
        });
    }

    @Test
    void readLimit() {
        TestLoop.run(() -> {
            FedReader fed = new FedReader(3).feed("chunk");
            assertThat(text(fed.reader.read(5))).isEqualTo("chunk");
            assertThat(fed.reader.available()).isZero();
        });
    }

    @Test
    void readIntoABuffer() {
        TestLoop.run(() -> {
            FedReader fed = new FedReader();
            fed.later(() -> fed.feed("data"));
            ByteBuffer target = ByteBuffer.allocate(3);
            assertThat(fed.reader.read(target)).isEqualTo(3);
            assertThat(text(target.array())).isEqualTo("dat");
            assertThat(fed.reader.read(target.clear())).isEqualTo(1);
        });
    }

    @Test
    void readline() {
        TestLoop.run(() -> {
            FedReader fed = new FedReader().feed("chunk1 ");
            Task<String> line = createTask(() -> fed.reader.readLine());
            sleep(Duration.ZERO);
            fed.feed("chunk2 ", "chunk3 ", "\n chunk4");
            assertThat(await(line)).isEqualTo("chunk1 chunk2 chunk3 ");
            assertThat(text(fed.reader.read(100))).isEqualTo(" chunk4");
        });
    }

    @Test
    void readlineLimitWithExistingData() {
        TestLoop.run(() -> {
            FedReader fed = new FedReader(3).feed("li", "ne1\nline2\n");
            assertTooLong(fed);
            assertThat(fed.reader.available()).isEqualTo(6); // the line is removed from the stream
            FedReader unfinished = new FedReader(3).feed("li", "ne1", "li");
            assertTooLong(unfinished);
            assertThat(unfinished.reader.available()).isZero(); // all of it is
        });
    }

    @Test
    void readlineLimit() {
        TestLoop.run(() -> {
            FedReader fed = new FedReader(7);
            fed.later(() -> fed.feed("chunk1", "chunk2", "chunk3\n", "chunk4"));
            assertTooLong(fed);
            assertThat(text(fed.reader.read(100))).isEqualTo("chunk4");
            FedReader endless = new FedReader(7);
            endless.later(() -> endless.feed("chunk1", "chunk2\n", "chunk3").eof());
            assertTooLong(endless);
            assertThat(endless.reader.readLine()).isEqualTo("chunk3");
        });
    }

    @Test
    void readlineLineByteLimitIsStrict() {
        TestLoop.run(() -> {
            FedReader fed = new FedReader(7).feed("1234567\n12345678\nend\n");
            assertThat(fed.reader.readLine()).isEqualTo("1234567");
            assertTooLong(fed);
            assertThat(fed.reader.readLine()).isEqualTo("end");
        });
    }

    @Async
    private static void assertTooLong(FedReader fed) throws IOException {
        try {
            fed.reader.readLine();
        } catch (LimitOverrunException e) {
            assertThat(e).hasMessageContaining("limit");
            return;
        }
        throw new AssertionError("not too long");
    }

    @Test
    void readlineNolimitNowait() {
        TestLoop.run(() -> {
            FedReader fed = new FedReader().feed("line1\nline2\nline3\n");
            assertThat(fed.reader.readLine()).isEqualTo("line1");
            assertThat(text(fed.reader.read(100))).isEqualTo("line2\nline3\n");
        });
    }

    @Test
    void readlineEof() {
        TestLoop.run(() -> {
            FedReader fed = new FedReader().feed("some data").eof();
            assertThat(fed.reader.readLine()).isEqualTo("some data");
            assertThat(fed.reader.readLine()).isNull();
        });
    }

    @Test
    void readlineEmptyEof() {
        TestLoop.run(() -> assertThat(new FedReader().eof().reader.readLine()).isNull());
    }

    @Test
    void readlineReadByteCount() {
        TestLoop.run(() -> {
            FedReader fed = new FedReader().feed("line1\nline2\nline3\n");
            fed.reader.readLine();
            assertThat(text(fed.reader.read(7))).isEqualTo("line2\nl");
            assertThat(text(fed.reader.read(100))).isEqualTo("ine3\n");
        });
    }

    @Test
    void carriageReturnsBelongToTheEndOfALine() {
        TestLoop.run(() -> {
            FedReader fed = new FedReader().feed("a\r\n\r\n\nb\rc\n\r").eof();
            List<String> lines = new ArrayList<>();
            for (String line : fed.reader.lines()) {
                lines.add(line);
            }
            assertThat(lines).containsExactly("a", "", "", "b\rc", "\r");
        });
    }

    @Test
    void linesAreDecodedAsAWhole() {
        TestLoop.run(() -> {
            FedReader fed = new FedReader();
            Task<String> line = createTask(() -> fed.reader.readLine());
            for (byte b : bytes("Grüße €\n")) {
                fed.reader.feed(ByteBuffer.wrap(new byte[] {b}));
                sleep(Duration.ZERO);
            }
            assertThat(await(line)).isEqualTo("Grüße €");
            fed.reader.feed(ByteBuffer.wrap("Grüße\n".getBytes(StandardCharsets.ISO_8859_1)));
            assertThat(fed.reader.readLine(StandardCharsets.ISO_8859_1)).isEqualTo("Grüße");
        });
    }

    @Test
    void manySmallPiecesMakeLongLines() {
        TestLoop.run(() -> {
            FedReader fed = new FedReader();
            StringBuilder expected = new StringBuilder();
            for (int i = 0; i < 10_000; i++) {
                fed.feed(Integer.toString(i % 10));
                expected.append(i % 10);
            }
            fed.feed("\nrest");
            assertThat(fed.reader.readLine()).isEqualTo(expected.toString());
            assertThat(text(fed.reader.read(10))).isEqualTo("rest");
        });
    }

    @Test
    void exceptionWaiter() {
        TestLoop.run(() -> {
            FedReader fed = new FedReader();
            Task<String> line = createTask(() -> fed.reader.readLine());
            sleep(Duration.ZERO);
            IOException failure = new IOException("gone");
            fed.reader.fail(failure);
            try {
                await(line);
                throw new AssertionError("no failure");
            } catch (CompletionException e) {
                assertThat(e).hasCause(failure);
            }
        });
    }

    @Test
    void exceptionCancel() {
        TestLoop.run(() -> {
            FedReader fed = new FedReader();
            Task<String> line = createTask(() -> fed.reader.readLine());
            sleep(Duration.ZERO);
            line.cancel();
            sleep(Duration.ZERO);
            assertThat(line.isCancelled()).isTrue();
            fed.reader.fail(new IOException("gone")); // nobody waits
            sleep(Duration.ZERO);
        });
    }

    @Test
    void aCancelledReadTakesNothing() {
        TestLoop.run(() -> {
            FedReader fed = new FedReader().feed("half a ");
            Task<String> line = createTask(() -> fed.reader.readLine());
            sleep(Duration.ZERO);
            fed.feed("line\n"); // makes it ready
            line.cancel();
            sleep(Duration.ZERO);
            assertThat(line.isCancelled()).isTrue();
            assertThat(fed.reader.readLine()).isEqualTo("half a line");
        });
    }

    @Test
    void onlyOneTaskReads() {
        TestLoop.run(() -> {
            FedReader fed = new FedReader();
            Task<String> first = createTask(() -> fed.reader.readLine());
            Task<byte[]> second = createTask(() -> fed.reader.read(10));
            sleep(Duration.ZERO);
            sleep(Duration.ZERO);
            assertThat(second.exception()).hasMessageContaining("Another coroutine waits for incoming data already");
            fed.feed("line\n");
            assertThat(await(first)).isEqualTo("line");
        });
    }

    @Test
    void readsAheadNoMoreThanTwiceTheLimit() {
        TestLoop.run(() -> {
            FedReader fed = new FedReader(4).feed("12345678");
            assertThat(fed.reader.isPaused()).isFalse();
            fed.feed("9");
            assertThat(fed.reader.isPaused()).isTrue();
            assertThat(text(fed.reader.readExactly(4))).isEqualTo("1234");
            assertThat(fed.reader.isPaused()).isTrue();
            assertThat(text(fed.reader.readExactly(1))).isEqualTo("5");
            assertThat(fed.reader.isPaused()).isFalse();
        });
    }

    @Test
    void whoWantsMoreThanTheLimitLetsItComeNevertheless() {
        TestLoop.run(() -> {
            FedReader fed = new FedReader(4).feed("123456789");
            Task<byte[]> ten = createTask(() -> fed.reader.readExactly(10));
            sleep(Duration.ZERO);
            assertThat(fed.reader.isPaused()).isFalse();
            fed.feed("0");
            assertThat(text(await(ten))).isEqualTo("1234567890");
        });
    }
}
