package dev.weft.io;

import static dev.weft.Asyncio.createTask;
import static dev.weft.Asyncio.yieldNow;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.AsyncConsumer;
import dev.weft.Asyncio;
import dev.weft.CancelledError;
import dev.weft.EventLoop;
import dev.weft.Task;
import dev.weft.internal.NioPoller;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.InetSocketAddress;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/**
 * Clients and servers are cancelled after the first iteration of their loop, after the second, and so on until they end by
 * themselves. Whatever the moment, no channel, no key of the selector and no task is left.
 */
class EverySuspensionCancelledTest {
    private static final byte[] LARGE = new byte[300_000];
    private static final int STEP = 7; // the loop looks at its channels less often

    @Test
    void aClientLeavesNothing() {
        everyMoment(moment -> {
            Server server = Server.listen(Loopback.HOST, 0, EverySuspensionCancelledTest::serve);
            Task<Void> client = createTask(() -> visit(server.port()));
            moment.cancel(client);
            ended(client);
            server.close();
        });
    }

    @Test
    void aServerLeavesNothing() {
        everyMoment(moment -> {
            int port = ConnectionTest.freePort();
            Task<Void> server = createTask(() -> {
                try (Server listening = Server.listen(Loopback.HOST, port, EverySuspensionCancelledTest::serve)) {
                    listening.serveForever();
                }
            });
            yieldNow();
            Task<Void> client = createTask(() -> visit(port));
            moment.cancel(server, client);
            server.cancel(); // if the client has ended before
            ended(client);
            ended(server);
        });
    }

    @Test
    void aHandlerLeavesNothing() {
        everyMoment(moment -> {
            Task<?>[] handler = new Task<?>[1];
            Server server = Server.listen(Loopback.HOST, 0, connection -> {
                handler[0] = Asyncio.currentTask();
                serve(connection);
            });
            Task<Void> client = createTask(() -> visit(server.port()));
            while (handler[0] == null) {
                yieldNow();
            }
            moment.cancel(handler[0]);
            ended(client);
            server.close();
        });
    }

    @Async
    private static void serve(Connection connection) throws IOException {
        try {
            String line = connection.reader().readLine();
            connection.writer().write(line + "\n");
            connection.writer().drain();
            connection.reader().readExactly(LARGE.length);
            connection.writer().write(LARGE);
            connection.writer().drain();
            connection.reader().readAll();
            connection.close();
        } catch (IOException e) {
            assertThat(connection.isClosing() || connection.reader().atEof()).isTrue();
        }
    }

    /** Each way to wait once: for one of two addresses, for a line, for room, for many bytes, for ends. */
    @Async
    private static void visit(int port) throws IOException {
        List<InetSocketAddress> addresses =
                List.of(new InetSocketAddress("127.0.0.3", port), new InetSocketAddress(Loopback.HOST, port));
        EventLoop loop = EventLoop.running();
        SocketChannel channel = new Connector(loop, null, null).connectToOne("server", addresses);
        try (Connection connection = new Connection(loop, channel, StreamReader.LIMIT)) {
            connection.writer().write("hello\n");
            assertThat(connection.reader().readLine()).isIn("hello", null);
            connection.writer().write(LARGE);
            connection.writer().drain();
            connection.reader().readExactly(LARGE.length);
            connection.writer().writeEof();
            connection.reader().readAll();
        }
    }

    @Async
    private static void ended(Task<?> task) {
        try {
            Asyncio.await(task);
        } catch (CancelledError e) {
            assertThat(task.isCancelled()).isTrue();
        } catch (CompletionException e) {
            assertThat(e.getCause()).isInstanceOf(IOException.class); // the other side was cancelled
        }
    }

    private static void everyMoment(AsyncConsumer<Moment> scenario) {
        Loopback.run(() -> {
            boolean tooLate = false;
            int last = 0;
            for (int iterations = 0; !tooLate || iterations < last + 5; iterations += iterations < 50 ? 1 : STEP) {
                Moment moment = new Moment(iterations);
                scenario.accept(moment);
                assertNothingIsLeft(iterations);
                if (moment.tooLate && !tooLate) {
                    tooLate = true;
                    last = iterations;
                }
            }
            assertThat(last).isGreaterThan(10);
        });
    }

    @Async
    private static void assertNothingIsLeft(int iterations) {
        for (int i = 0; i < 300; i++) {
            yieldNow();
        }
        for (int i = 0;
                i < 20_000 && !selector().keys().isEmpty();
                i++) { // one look at the selector forgets closed ones
            yieldNow();
        }
        assertThat(Asyncio.allTasks())
                .as("tasks after %d iterations", iterations)
                .hasSize(1);
        assertThat(selector().keys()).as("keys after %d iterations", iterations).isEmpty();
    }

    private static Selector selector() {
        try {
            Field field = NioPoller.class.getDeclaredField("selector");
            field.setAccessible(true);
            return (Selector) field.get(EventLoop.running().io$engine().poller());
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** After how many iterations to cancel. */
    private static final class Moment {
        private final int iterations;
        private boolean tooLate; // it had ended before

        Moment(int iterations) {
            this.iterations = iterations;
        }

        @Async
        void cancel(Task<?> task) {
            cancel(task, task);
        }

        /** Cancels the one, unless the other has ended before. */
        @Async
        void cancel(Task<?> task, Task<?> other) {
            for (int i = 0; i < iterations && !other.isDone(); i++) {
                yieldNow();
            }
            tooLate = other.isDone();
            task.cancel();
        }
    }
}
