package dev.weft.io;

import static dev.weft.Asyncio.createTask;
import static dev.weft.Asyncio.sleep;
import static dev.weft.io.FedReader.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.AsyncRunnable;
import dev.weft.CancelledError;
import dev.weft.EventLoop;
import dev.weft.Task;
import dev.weft.Thrown;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StandardInputTest {
    private final Pipe pipe;
    private final InputPump input;

    StandardInputTest() throws IOException {
        pipe = Pipe.open();
        input = new InputPump(() -> Channels.newInputStream(pipe.source()));
    }

    @AfterEach
    void endOfInput() throws IOException {
        pipe.sink().close();
    }

    private StreamReader reader() {
        return input.readerFor(EventLoop.running());
    }

    private void type(String text) throws IOException {
        pipe.sink().write(ByteBuffer.wrap(bytes(text)));
    }

    @Test
    void linesComeAsTheyAreTyped() {
        Loopback.run(() -> {
            StreamReader reader = reader();
            assertThat(reader()).isSameAs(reader);
            Task<String> line = createTask(() -> reader.readLine());
            sleep(Duration.ofMillis(1));
            assertThat(line.isDone()).isFalse();
            type("one\ntwo\n");
            assertThat(line.await()).isEqualTo("one");
            assertThat(reader.readLine()).isEqualTo("two");
            type("three");
            pipe.sink().close();
            assertThat(reader.readLine()).isEqualTo("three");
            assertThat(reader.readLine()).isNull();
        });
    }

    @Test
    void whatOneLoopHasNotReadIsForTheNext() {
        Loopback.run(() -> {
            type("one\ntwo\n");
            assertThat(reader().readLine()).isEqualTo("one");
        });
        Loopback.run(() -> {
            type("three\n");
            assertThat(reader().readLine()).isEqualTo("two");
            assertThat(reader().readLine()).isEqualTo("three");
        });
        Loopback.run(() -> {
            type("four\n");
            pipe.sink().close();
            assertThat(reader().readLine()).isEqualTo("four");
            assertThat(reader().readLine()).isNull();
        });
        Loopback.run(() -> assertThat(reader().readLine()).isNull());
    }

    @Test
    void aCancelledReadLosesNothing() {
        Loopback.run(() -> {
            Task<String> line = createTask(() -> reader().readLine());
            type("ha");
            while (reader().available() < 2) {
                sleep(Duration.ofMillis(1));
            }
            line.cancel();
            assertThat(Thrown.by(line)).isInstanceOf(CancelledError.class);
            type("lf\n");
            assertThat(reader().readLine()).isEqualTo("half");
        });
    }

    @Test
    void oneLoopAtATimeReads() {
        try (EventLoop first = EventLoop.create()) {
            first.runUntilComplete((AsyncRunnable) () -> reader());
            Loopback.run(() -> assertThatThrownBy(this::reader)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Another loop"));
        }
        Loopback.run(() -> {
            type("x\n");
            assertThat(reader().readLine()).isEqualTo("x");
        });
    }

    @Test
    void muchIsReadAsThereIsRoomForIt() {
        int size = 1_000_000;
        Loopback.run(() -> {
            Thread typist = new Thread(() -> {
                try {
                    ByteBuffer data = ByteBuffer.allocate(size);
                    while (data.hasRemaining()) {
                        pipe.sink().write(data);
                    }
                    pipe.sink().close();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            typist.start();
            while (!reader().isPaused()) {
                sleep(Duration.ofMillis(1));
            }
            assertThat(reader().available()).isLessThan(3 * StreamReader.LIMIT);
            assertThat(reader().readExactly(size - 1)).hasSize(size - 1);
            assertThat(reader().readAll()).hasSize(1);
        });
    }
}
