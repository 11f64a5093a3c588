package dev.weft.io;

import static dev.weft.Asyncio.await;
import static dev.weft.Asyncio.createTask;
import static dev.weft.Asyncio.sleep;
import static dev.weft.io.FedReader.bytes;
import static dev.weft.io.FedReader.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Task;
import dev.weft.TestLoop;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Reading up to a separator, or so many bytes; bytes come from the tests. */
class ReadUntilTest {
    @Test
    void readuntilSeparator() {
        TestLoop.run(() -> {
            FedReader fed = new FedReader();
            assertThat(refusal(fed, "")).isInstanceOf(IllegalArgumentException.class);
            assertThat(refusal(fed)).isInstanceOf(IllegalArgumentException.class);
            assertThat(refusal(fed, "ab", "")).isInstanceOf(IllegalArgumentException.class);
        });
    }

    @Test
    void readuntilMultiChunks() {
        TestLoop.run(() -> {
            FedReader fed = new FedReader().feed("lineAAA");
            assertThat(until(fed, "AAA")).isEqualTo("lineAAA");
            assertThat(fed.reader.available()).isZero();
            fed.feed("lineAAA");
            assertThat(until(fed, "AAA")).isEqualTo("lineAAA");
            fed.feed("lineAAAxxx");
            assertThat(until(fed, "AAA")).isEqualTo("lineAAA");
            assertThat(text(fed.reader.read(10))).isEqualTo("xxx");
        });
    }

    @Test
    void readuntilMultiChunks1() {
        TestLoop.run(() -> {
            FedReader fed = new FedReader();
            pieces(fed, "QWEaa", "XYaa", "a");
            assertThat(until(fed, "aaa")).isEqualTo("QWEaaXYaaa");
            pieces(fed, "QWEaa", "XYa", "aa");
            assertThat(until(fed, "aaa")).isEqualTo("QWEaaXYaaa");
            pieces(fed, "aaa");
            assertThat(until(fed, "aaa")).isEqualTo("aaa");
            pieces(fed, "Xaaa");
            assertThat(until(fed, "aaa")).isEqualTo("Xaaa");
            pieces(fed, "XXX", "a", "a", "a");
            assertThat(until(fed, "aaa")).isEqualTo("XXXaaa");
            assertThat(fed.reader.available()).isZero();
        });
    }

    @Test
    void readuntilEof() {
        TestLoop.run(() -> {
            FedReader fed = new FedReader().feed("some dataAA").eof();
            Throwable failure = refusal(fed, "AAA");
            assertThat(failure).isInstanceOf(IncompleteReadException.class);
            assertThat(text(((IncompleteReadException) failure).partial())).isEqualTo("some dataAA");
            assertThat(((IncompleteReadException) failure).expected()).isEqualTo(-1);
            assertThat(fed.reader.available()).isZero();
        });
    }

    @Test
    void readuntilLimitFoundSep() {
        TestLoop.run(() -> {
            FedReader fed = new FedReader(3).feed("some dataAA");
            assertThat(refusal(fed, "AAA"))
                    .isInstanceOf(LimitOverrunException.class)
                    .hasMessageContaining("not found");
            assertThat(fed.reader.available()).isEqualTo(11);
            fed.feed("A");
            Throwable found = refusal(fed, "AAA");
            assertThat(found).isInstanceOf(LimitOverrunException.class).hasMessageContaining("is found");
            assertThat(((LimitOverrunException) found).consumed()).isEqualTo(9);
            assertThat(text(fed.reader.readExactly(12))).isEqualTo("some dataAAA");
        });
    }

    @Test
    void readuntilMultiSeparator() {
        TestLoop.run(() -> {
            FedReader fed = new FedReader().feed("line 1\nline 2\r");
            assertThat(until(fed, "\r", "\n")).isEqualTo("line 1\n");
            assertThat(until(fed, "\r", "\n")).isEqualTo("line 2\r");
            assertThat(fed.reader.available()).isZero();
            fed.feed("ABCD");
            assertThat(until(fed, "AB", "ABCD")).isEqualTo("AB");
            assertThat(until(fed, "CD")).isEqualTo("CD");
            fed.feed("xABCDy");
            assertThat(until(fed, "BCD", "ABC")).isEqualTo("xABC"); // the one that ends first
        });
    }

    @Test
    void readuntilMultiSeparatorNegativeOffset() {
        TestLoop.run(() -> {
            FedReader fed = new FedReader();
            pieces(fed, "data");
            Task<String> read = createTask(() -> until(fed, "A", "long sep"));
            sleep(Duration.ofMillis(2));
            fed.feed("A");
            assertThat(await(read)).isEqualTo("dataA");
        });
    }

    @Test
    void separatorsOfSeveralLengthsAreFoundAcrossPieces() {
        TestLoop.run(() -> {
            FedReader fed = new FedReader();
            Task<String> read = createTask(() -> until(fed, "\r\n\r\n", "\n"));
            for (String piece : new String[] {"a", "b", "\r", "\n"}) {
                sleep(Duration.ZERO);
                fed.feed(piece);
            }
            assertThat(await(read)).isEqualTo("ab\r\n");
        });
    }

    @Test
    void aLimitCountsWhatComesBeforeTheSeparator() {
        TestLoop.run(() -> {
            FedReader fed = new FedReader(3).feed("abcAAA");
            assertThat(until(fed, "AAA")).isEqualTo("abcAAA");
        });
    }

    @Test
    void readexactlyZeroOrLess() {
        TestLoop.run(() -> {
            FedReader fed = new FedReader();
            assertThat(fed.reader.readExactly(0)).isEmpty();
            try {
                fed.reader.readExactly(-1);
                throw new AssertionError("not refused");
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageContaining("-1");
            }
        });
    }

    @Test
    void readexactly() {
        TestLoop.run(() -> {
            FedReader fed = new FedReader(3);
            Task<byte[]> read = createTask(() -> fed.reader.readExactly(10)); // whatever the limit
            for (String piece : new String[] {"data", "dat", "adata"}) {
                sleep(Duration.ZERO);
                fed.feed(piece);
            }
            assertThat(text(await(read))).isEqualTo("datadatada");
            assertThat(text(fed.reader.read(10))).isEqualTo("ta");
        });
    }

    @Test
    void readexactlyEof() {
        TestLoop.run(() -> {
            FedReader fed = new FedReader();
            Task<Throwable> read = createTask(() -> {
                try {
                    fed.reader.readExactly(36);
                    return null;
                } catch (IncompleteReadException e) {
                    assertThat(e.expected()).isEqualTo(36);
                    assertThat(e.partial()).hasSize(18);
                    return e;
                }
            });
            sleep(Duration.ZERO);
            fed.feed("0123456789", "01234567").eof();
            assertThat(await(read)).hasMessage("18 bytes read on a total of 36 expected bytes");
            assertThat(fed.reader.atEof()).isTrue();
        });
    }

    @Async
    private static String until(FedReader fed, String... separators) throws IOException {
        return text(fed.reader.readUntil(all(separators)));
    }

    @Async
    private static Throwable refusal(FedReader fed, String... separators) {
        try {
            until(fed, separators);
        } catch (IOException | IllegalArgumentException e) {
            return e;
        }
        throw new AssertionError("read something");
    }

    private static byte[][] all(String... separators) {
        byte[][] all = new byte[separators.length][];
        for (int i = 0; i < all.length; i++) {
            all[i] = bytes(separators[i]);
        }
        return all;
    }

    /** Comes in pieces, one in each iteration of the loop. */
    private static void pieces(FedReader fed, String... pieces) {
        createTask(() -> {
            for (String piece : pieces) {
                fed.feed(piece);
                sleep(Duration.ZERO);
            }
        });
    }
}
