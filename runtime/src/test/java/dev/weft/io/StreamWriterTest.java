package dev.weft.io;

import static dev.weft.Asyncio.createTask;
import static dev.weft.Asyncio.gather;
import static dev.weft.Asyncio.yieldNow;
import static dev.weft.io.FedReader.bytes;
import static dev.weft.io.FedReader.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Async;
import dev.weft.Asyncio;
import dev.weft.CancelledError;
import dev.weft.Task;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class StreamWriterTest {
    private static final int HIGH = 64 * 1024;
    private static final int LOW = 16 * 1024;

    @Test
    void smallWritesAreSentTogetherWhenNobodyElseCanRun() {
        Loopback.run(() -> {
            try (Wire wire = Wire.open()) {
                wire.writer.write("a");
                wire.writer.writeAll(List.of(bytes("b"), bytes("c")));
                wire.writer.write(bytes("xdx"), 1, 1);
                assertThat(wire.writer.bufferSize()).isEqualTo(4);
                wire.receive();
                assertThat(wire.received()).isEmpty();
                while (wire.writer.bufferSize() > 0) {
                    yieldNow();
                }
                ByteBuffer all = ByteBuffer.allocate(10);
                while (wire.peer.read(all) == 0) {
                    yieldNow();
                }
                assertThat(all.position()).isEqualTo(4);
            }
        });
    }

    @Test
    void writersThatTakeTurnsSendEachTheirOwn() {
        Loopback.run(() -> {
            long seed = System.nanoTime();
            Random random = new Random(seed);
            List<Wire> wires = new ArrayList<>();
            List<ByteArrayOutputStream> written = new ArrayList<>();
            try {
                for (int i = 0; i < 10; i++) {
                    wires.add(Wire.open());
                    written.add(new ByteArrayOutputStream());
                }
                for (int step = 0; step < 100; step++) {
                    // The most are more than the outbox holds.
                    int writes = random.nextInt(20) == 0 ? 250 : random.nextInt(20);
                    for (int i = 0; i < writes; i++) {
                        int turn = random.nextInt(wires.size());
                        byte[] data = new byte[random.nextInt(4000)];
                        random.nextBytes(data);
                        wires.get(turn).writer.write(data);
                        written.get(turn).write(data);
                    }
                    yieldNow();
                    wires.get(random.nextInt(wires.size())).receive();
                }
                for (int i = 0; i < wires.size(); i++) {
                    assertThat(wires.get(i).receive(written.get(i).size()))
                            .as("seed %d", seed)
                            .isEqualTo(written.get(i).toByteArray());
                }
            } finally {
                for (Wire wire : wires) {
                    wire.close();
                }
            }
        });
    }

    @Test
    void moreThanIsCollectedIsSentAtOnce() {
        Loopback.run(() -> {
            try (Wire wire = Wire.open()) {
                wire.writer.write(new byte[HIGH]);
                assertThat(wire.writer.bufferSize()).isEqualTo(HIGH);
                wire.writer.write("x");
                assertThat(wire.writer.bufferSize()).isLessThan(HIGH);
            }
            try (Wire wire = Wire.open()) {
                wire.writer.write(new byte[HIGH + 1]);
                assertThat(wire.writer.bufferSize()).isPositive().isLessThan(HIGH);
            }
        });
    }

    @Test
    void anArrayMayBeChangedAfterwards() {
        Loopback.run(() -> {
            try (Wire wire = Wire.open()) {
                byte[] data = bytes("before");
                wire.writer.write(data);
                Arrays.fill(data, (byte) 'x');
                wire.writer.close();
                assertThat(text(wire.receiveAll())).isEqualTo("before");
            }
        });
    }

    @Test
    void buffersAreReadFromTheirPositionToTheirLimit() {
        Loopback.run(() -> {
            try (Wire wire = Wire.open()) {
                ByteBuffer part = ByteBuffer.wrap(bytes("01234567"), 1, 6)
                        .slice()
                        .position(1)
                        .limit(4);
                ByteBuffer readOnly = part.asReadOnlyBuffer();
                ByteBuffer direct =
                        ByteBuffer.allocateDirect(8).put(bytes("direct")).flip();
                wire.writer.write(part);
                wire.writer.write(readOnly);
                wire.writer.write(direct);
                assertThat(part.hasRemaining()).isFalse();
                assertThat(readOnly.hasRemaining()).isFalse();
                assertThat(direct.hasRemaining()).isFalse();
                wire.writer.write(part);
                wire.writer.close();
                assertThat(text(wire.receiveAll())).isEqualTo("234234direct");
            }
        });
    }

    @Test
    void aPartThatIsNotInTheArrayIsRefused() {
        Loopback.run(() -> {
            try (Wire wire = Wire.open()) {
                assertThatThrownBy(() -> wire.writer.write(new byte[3], 2, 2))
                        .isInstanceOf(IndexOutOfBoundsException.class);
                assertThat(wire.writer.bufferSize()).isZero();
            }
        });
    }

    @Test
    void writePartial() {
        Loopback.run(() -> {
            byte[] data = random(3_000_000);
            try (Wire wire = Wire.open()) {
                wire.writer.write(data);
                assertThat(wire.writer.bufferSize()).isPositive().isLessThan(data.length);
                assertThat(wire.receive(data.length)).isEqualTo(data);
                assertThat(wire.writer.bufferSize()).isZero();
            }
        });
    }

    @Test
    void writelinesPartial() {
        Loopback.run(() -> {
            byte[] data = random(3_000_000);
            List<byte[]> pieces = new ArrayList<>();
            for (int at = 0, i = 0; at < data.length; i++) {
                int end = Math.min(data.length, at + 1 + i * 7919 % 100_000);
                pieces.add(Arrays.copyOfRange(data, at, end));
                at = end;
            }
            try (Wire wire = Wire.open()) {
                wire.writer.writeAll(pieces);
                assertThat(wire.receive(data.length)).isEqualTo(data);
            }
        });
    }

    @Test
    void drainWaitsAboveTheHighWaterMarkUntilTheLowOne() {
        Loopback.run(() -> {
            try (Wire wire = Wire.open()) {
                wire.writer.setWaterMarks(10_000_000, 0);
                int high = wire.fill();
                int low = high / 4;
                wire.writer.setWaterMarks(high, low);
                Task<Void> drain = createTask(wire.writer::drain);
                yieldNow();
                assertThat(drain.isDone()).isTrue();
                wire.writer.write("x");
                drain = createTask(wire.writer::drain);
                yieldNow();
                while (!drain.isDone()) {
                    if (wire.writer.bufferSize() <= low) { // it is woken, and runs in the next iteration
                        yieldNow();
                        assertThat(drain.isDone()).isTrue();
                    } else {
                        wire.peer.read(ByteBuffer.allocate(5_000));
                        yieldNow();
                    }
                }
                assertThat(wire.writer.bufferSize()).isLessThanOrEqualTo(low);
            }
        });
    }

    @Test
    void aWriterThatDrainsHoldsNoMoreThanTheMarksAndOnePiece() {
        Loopback.run(() -> {
            byte[] data = random(2_000_000);
            try (Wire wire = Wire.open()) {
                wire.writer.setWaterMarks(10_000, 1_000);
                List<Integer> sizes = new ArrayList<>();
                Task<Void> writing = createTask(() -> {
                    for (int at = 0; at < data.length; at += 8_000) {
                        wire.writer.write(data, at, 8_000);
                        sizes.add(wire.writer.bufferSize());
                        wire.writer.drain();
                    }
                });
                assertThat(wire.receive(data.length)).isEqualTo(data);
                Asyncio.await(writing);
                assertThat(sizes).allSatisfy(size -> assertThat(size).isLessThanOrEqualTo(18_000));
                assertThat(sizes).anySatisfy(size -> assertThat(size).isGreaterThan(10_000));
            }
        });
    }

    @Test
    void multipleDrain() {
        Loopback.run(() -> {
            try (Wire wire = Wire.open()) {
                wire.fill();
                List<Task<Void>> drains = new ArrayList<>();
                for (int i = 0; i < 10; i++) {
                    drains.add(createTask(wire.writer::drain));
                }
                yieldNow();
                yieldNow();
                assertThat(drains).noneMatch(Task::isDone);
                while (!drains.get(0).isDone()) {
                    wire.receive();
                    yieldNow();
                }
                assertThat(drains).allMatch(Task::isDone);
                gather(drains);
            }
        });
    }

    @Test
    void aCancelledDrainLeavesTheOthersAlone() {
        Loopback.run(() -> {
            try (Wire wire = Wire.open()) {
                wire.fill();
                Task<Void> one = createTask(wire.writer::drain);
                Task<Void> other = createTask(wire.writer::drain);
                yieldNow();
                one.cancel();
                while (!other.isDone()) {
                    wire.receive();
                    yieldNow();
                }
                assertThat(one.isCancelled()).isTrue();
                assertThat(other.isCancelled()).isFalse();
                wire.writer.write("x");
                wire.writer.drain();
            }
        });
    }

    @Test
    void drainRaises() {
        Loopback.run(() -> {
            try (Wire wire = Wire.open()) {
                wire.peer.close();
                try {
                    while (true) {
                        wire.writer.write("foo\n");
                        wire.writer.drain();
                        yieldNow();
                    }
                } catch (IOException e) {
                    assertThat(wire.connection.isClosing()).isTrue();
                }
            }
        });
    }

    @Test
    void waterMarksAreChecked() {
        Loopback.run(() -> {
            try (Wire wire = Wire.open()) {
                assertThat(wire.writer.highWater()).isEqualTo(HIGH);
                assertThat(wire.writer.lowWater()).isEqualTo(LOW);
                assertThatThrownBy(() -> wire.writer.setWaterMarks(1, 2))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("high (1) must be >= low (2) must be >= 0");
                assertThatThrownBy(() -> wire.writer.setWaterMarks(1, -1)).isInstanceOf(IllegalArgumentException.class);
                wire.writer.setWaterMarks(0, 0);
                assertThat(wire.writer.highWater()).isZero();
                wire.writer.write("x");
                wire.writer.drain();
                assertThat(wire.writer.bufferSize()).isZero();
            }
        });
    }

    @Test
    void higherMarksLetWritersGoOnWhenTheyAreReached() {
        Loopback.run(() -> {
            try (Wire wire = Wire.open()) {
                int before = wire.fill();
                Task<Void> drain = createTask(wire.writer::drain);
                yieldNow();
                yieldNow();
                wire.writer.setWaterMarks(before, before);
                yieldNow();
                assertThat(drain.isDone()).isTrue();
                assertThat(wire.writer.bufferSize()).isEqualTo(before);
            }
        });
    }

    @Test
    void writeEofFollowsWhatWasWritten() {
        Loopback.run(() -> {
            byte[] data = random(1_000_000);
            try (Wire wire = Wire.open()) {
                wire.writer.write(data);
                wire.writer.writeEof();
                wire.writer.writeEof();
                assertThatThrownBy(() -> wire.writer.write("x"))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("Cannot write after writeEof()");
                assertThat(wire.receiveAll()).isEqualTo(data);
                wire.peer.write(ByteBuffer.wrap(bytes("still open\n")));
                assertThat(wire.reader.readLine()).isEqualTo("still open");
                wire.connection.close();
            }
        });
    }

    @Test
    void closeSendsWhatWasWrittenAndAbortDoesNot() {
        Loopback.run(() -> {
            byte[] data = random(1_000_000);
            try (Wire wire = Wire.open()) {
                wire.writer.write(data);
                wire.writer.close();
                wire.writer.write("lost");
                assertThat(wire.writer.isClosing()).isTrue();
                assertThat(wire.receiveAll()).isEqualTo(data);
                wire.writer.waitClosed();
            }
            try (Wire wire = Wire.open()) {
                wire.writer.write(data);
                wire.writer.close();
                wire.writer.abort();
                wire.writer.waitClosed();
                assertThat(wire.receiveAll().length).isLessThan(data.length);
            }
        });
    }

    @Test
    void whoWaitsForRoomOnAConnectionThatIsAbortedIsTold() {
        Loopback.run(() -> {
            try (Wire wire = Wire.open()) {
                wire.fill();
                Task<Void> drain = createTask(wire.writer::drain);
                yieldNow();
                yieldNow();
                wire.writer.abort();
                assertThat(failure(drain)).hasMessageContaining("Connection lost");
            }
        });
    }

    @Test
    void aResetInMidWriteIsToldByDrainAndClose() {
        Loopback.run(() -> {
            try (Wire wire = Wire.open()) {
                wire.fill();
                Task<Void> drain = createTask(wire.writer::drain);
                yieldNow();
                yieldNow();
                wire.reset();
                IOException lost = failure(drain);
                assertThat(wire.reader.exception()).isSameAs(lost);
                assertThat(wire.writer.bufferSize()).isZero();
                assertThat(failure(createTask(wire.writer::waitClosed))).isSameAs(lost);
                assertThat(failure(createTask(wire.connection::close))).hasCause(lost);
            }
        });
    }

    @Test
    void whatIsWrittenToALostConnectionIsMissedByClose() {
        Loopback.run(() -> {
            for (int size : new int[] {1, 1_000_000}) {
                try (Wire wire = Wire.open()) {
                    wire.reset();
                    IOException lost = failure(createTask(() -> {
                        wire.reader.read(1);
                    }));
                    wire.connection.close(); // nothing is missing yet
                    wire.writer.write(new byte[size]);
                    assertThat(failure(createTask(wire.connection::close))).hasCause(lost);
                }
            }
        });
    }

    @Test
    void aLargePieceThatMeetsAResetIsMissedByClose() {
        Loopback.run(() -> {
            try (Wire wire = Wire.open()) {
                wire.reset();
                wire.writer.write(new byte[1_000_000]);
                assertThat(failure(createTask(wire.connection::close))).isNotNull();
            }
        });
    }

    @Test
    void whatATryStatementFailsWithMayBeTheSameThatItsConnectionWasLostBy() {
        Loopback.run(() -> {
            try (Wire wire = Wire.open();
                    Connection connection = wire.connection) {
                wire.fill();
                wire.reset();
                connection.writer().drain();
            } catch (IOException e) {
                assertThat(e.getSuppressed()).hasSize(1);
                assertThat(e.getSuppressed()[0])
                        .hasMessageStartingWith("The connection was lost before everything was sent: ")
                        .hasCause(e);
            }
        });
    }

    @Test
    void aCancelledCloseLosesWhatIsLeft() {
        Loopback.run(() -> {
            try (Wire wire = Wire.open()) {
                wire.writer.write(new byte[1_000_000]);
                Task<Void> closing = createTask(wire.connection::close);
                yieldNow();
                yieldNow();
                assertThat(closing.isDone()).isFalse();
                closing.cancel();
                try {
                    Asyncio.await(closing);
                } catch (CancelledError e) {
                    assertThat(wire.receiveAll().length).isLessThan(1_000_000);
                }
            }
        });
    }

    @Async
    private static IOException failure(Task<?> task) {
        try {
            Asyncio.await(task);
            throw new AssertionError("no failure");
        } catch (CompletionException e) {
            return (IOException) e.getCause();
        }
    }

    private static byte[] random(int length) {
        byte[] data = new byte[length];
        new Random(length).nextBytes(data);
        return data;
    }
}
