package dev.weft.io;

import static dev.weft.Asyncio.await;
import static dev.weft.Asyncio.createTask;
import static dev.weft.Asyncio.yieldNow;
import static dev.weft.io.FedReader.bytes;
import static dev.weft.io.FedReader.text;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.AsyncRunnable;
import dev.weft.CancelledError;
import dev.weft.EventLoop;
import dev.weft.Task;
import dev.weft.TestLoop;
import java.io.IOException;
import java.nio.channels.NonReadableChannelException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AsyncFileTest {
    @TempDir
    Path directory;

    private static void run(AsyncRunnable body) {
        TestLoop.run(body);
    }

    private Path file(String content) throws IOException {
        return Files.writeString(directory.resolve("file"), content);
    }

    @Test
    void readsFromItsPositionOn() {
        run(() -> {
            try (AsyncFile file = AsyncFile.open(file("0123456789"))) {
                assertThat(text(file.read(3))).isEqualTo("012");
                assertThat(file.position()).isEqualTo(3);
                assertThat(text(file.read(2, 8))).isEqualTo("89");
                assertThat(file.position()).isEqualTo(3);
                file.position(5);
                assertThat(text(file.readAll())).isEqualTo("56789");
                assertThat(file.read(1)).isEmpty();
                assertThat(file.readAll()).isEmpty();
                assertThat(file.read(1, 100)).isEmpty();
                file.position(0);
                assertThat(text(file.read(Integer.MAX_VALUE))).isEqualTo("0123456789");
            }
        });
    }

    @Test
    void writes() {
        run(() -> {
            Path path = directory.resolve("new");
            try (AsyncFile file = AsyncFile.open(path, CREATE, READ, WRITE)) {
                file.write("hello");
                file.write(bytes(" world"));
                file.write(bytes("H"), 0);
                file.force();
                assertThat(file.size()).isEqualTo(11);
                assertThat(file.position()).isEqualTo(11);
                file.truncate(5);
                assertThat(text(file.read(100, 0))).isEqualTo("Hello");
            }
            assertThat(path).hasContent("Hello");
            try (AsyncFile file = AsyncFile.open(path, APPEND)) {
                file.write("!");
            }
            assertThat(path).hasContent("Hello!");
        });
    }

    @Test
    void operationsAreInOrderWhoeverCallsThem() {
        run(() -> {
            Path path = directory.resolve("log");
            StringBuilder expected = new StringBuilder();
            try (AsyncFile file = AsyncFile.open(path, CREATE, WRITE)) {
                List<Task<Void>> writing = new ArrayList<>();
                for (int i = 0; i < 50; i++) {
                    String line = "line " + i + "\n";
                    expected.append(line);
                    writing.add(createTask(() -> file.write(line)));
                }
                for (Task<Void> task : writing) {
                    await(task);
                }
            }
            assertThat(path).hasContent(expected.toString());
        });
    }

    @Test
    void linesOfAFile() {
        run(() -> {
            String longLine = "é".repeat(100_000);
            Path path = file("a\n\nb\r\n" + longLine + "\nlast");
            try (AsyncFile file = AsyncFile.open(path)) {
                List<String> lines = new ArrayList<>();
                for (String line : file.lines()) {
                    lines.add(line);
                }
                assertThat(lines).containsExactly("a", "", "b", longLine, "last");
                assertThat(file.position()).isZero();
                int again = 0;
                for (String line : file.lines()) {
                    again += line.length();
                }
                assertThat(again).isEqualTo(100_006);
            }
        });
    }

    @Test
    void linesAreThoseOfTheJdkWhereverTheBlocksEnd() {
        run(() -> {
            StringBuilder content = new StringBuilder();
            for (int i = 0; i < 3000; i++) {
                content.append("x".repeat(i % 97)).append(i % 3 == 0 ? "\r\n" : "\n");
            }
            Path path = file(content.toString());
            List<String> lines = new ArrayList<>();
            try (AsyncFile file = AsyncFile.open(path)) {
                for (String line : file.lines()) {
                    lines.add(line);
                }
            }
            assertThat(lines).isEqualTo(Files.readAllLines(path));
        });
    }

    @Test
    void filesThatTheSystemMakesUpAreReadAsWell() {
        run(() -> {
            try (AsyncFile file = AsyncFile.open(Path.of("/proc/self/status"))) {
                assertThat(text(file.readAll())).startsWith("Name:");
                file.position(0);
                assertThat(text(file.read(5))).isEqualTo("Name:");
            }
        });
    }

    @Test
    void whatIsWrongIsThrownAsItIs() {
        run(() -> {
            try {
                AsyncFile.open(directory.resolve("missing"));
                throw new AssertionError("opened");
            } catch (NoSuchFileException e) {
                assertThat(e).hasMessageContaining("missing");
            }
            try (AsyncFile file = AsyncFile.open(directory.resolve("w"), CREATE, WRITE)) {
                file.read(1);
                throw new AssertionError("read");
            } catch (NonReadableChannelException e) {
                assertThat(e.getStackTrace()).isNotEmpty();
            }
            AsyncFile file = AsyncFile.open(file(""));
            file.close();
            file.close();
            assertThat(file.isClosed()).isTrue();
            assertThat(file).hasToString("<AsyncFile closed " + file.path() + ">");
            try {
                file.read(1);
                throw new AssertionError("read");
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("The file is closed");
            }
            try {
                file.read(-1);
                throw new AssertionError("read");
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageContaining("-1");
            }
        });
    }

    @Test
    void aCancelledWriteIsCompletedBeforeTheNextOneBegins() {
        run(() -> {
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            ExecutorService slow = Executors.newSingleThreadExecutor();
            EventLoop.running().setDefaultExecutor(slow);
            Path path = directory.resolve("file");
            AsyncFile file = AsyncFile.open(path, CREATE, WRITE);
            slow.execute(() -> {
                begun.countDown();
                hold(goOn);
            });
            begun.await();
            Task<Void> first = createTask(() -> file.write("first "));
            Task<Void> second = createTask(() -> file.write("second "));
            Task<Void> third = createTask(() -> file.write("third"));
            yieldNow();
            first.cancel(); // its work has been handed over
            second.cancel(); // waits for its turn
            for (Task<Void> task : List.of(first, second)) {
                try {
                    await(task);
                    throw new AssertionError("written");
                } catch (CancelledError e) {
                    assertThat(task.isCancelled()).isTrue();
                }
            }
            Task<Void> closing = createTask(() -> file.close());
            yieldNow();
            closing.cancel();
            goOn.countDown();
            await(third);
            EventLoop.running().shutdownDefaultExecutor();
            assertThat(path).hasContent("first third");
            assertThat(file.isClosed()).isTrue();
        });
    }

    private static void hold(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void othersRunWhileAFileIsRead() {
        run(() -> {
            Path path = file("x".repeat(100_000));
            int[] steps = new int[1];
            Task<Void> counting = createTask(() -> {
                while (true) {
                    steps[0]++;
                    yieldNow();
                }
            });
            try (AsyncFile file = AsyncFile.open(path, READ)) {
                assertThat(file.readAll()).hasSize(100_000);
            }
            counting.cancel();
            assertThat(steps[0]).isPositive();
        });
    }
}
