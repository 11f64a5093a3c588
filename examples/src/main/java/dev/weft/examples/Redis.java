package dev.weft.examples;

import static dev.weft.Asyncio.*;

import dev.weft.*;
import dev.weft.io.*;
import dev.weft.sync.AsyncQueue;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A client of Redis in one file. Any number of tasks may call commands at the same time: they go out together over one connection,
 * and one task hands the replies, which come in the same order, to those who wait for them.
 *
 * <p>As a program it tries out a server: {@code Redis localhost 6379}.
 */
public final class Redis implements AsyncCloseable {
    private static final byte[] END_OF_LINE = {'\r', '\n'};

    private final Connection connection;
    private final ArrayDeque<AsyncFuture<Object>> calls = new ArrayDeque<>(); // in the order in which they were sent
    private final AsyncQueue<String> messages = AsyncQueue.fifo(100); // of channels that are subscribed to
    private final Task<Void> replies = createTask("replies of Redis", () -> readReplies());

    private boolean subscribed;

    private Redis(Connection connection) {
        this.connection = connection;
    }

    public static void main(String[] args) {
        String host = args.length > 0 ? args[0] : "localhost";
        int port = args.length > 1 ? Integer.parseInt(args[1]) : 6379;
        run(() -> program(InetSocketAddress.createUnresolved(host, port)));
    }

    @Async
    static void program(SocketAddress address) throws IOException {
        try (Redis redis = Redis.open(address);
                Redis listener = Redis.open(address)) {
            redis.call("SET", "weft:greeting", "Grüße\r\n");
            System.out.println("greeting: " + ((String) redis.call("GET", "weft:greeting")).strip());
            System.out.println("nothing: " + redis.call("GET", "weft:nothing"));

            List<Object> counts =
                    gather(Collections.nCopies(1000, (Coroutine<Object>) () -> redis.call("INCR", "weft:count")));
            System.out.println("a thousand calls at once: " + counts.get(0) + " to " + counts.get(999));
            try {
                redis.call("INCR", "weft:greeting");
            } catch (RefusedException e) {
                System.out.println("refused: " + e.getMessage());
            }
            System.out.println("deleted: " + redis.call("DEL", "weft:greeting", "weft:count"));

            AsyncIterable<String> channel = listener.subscribe("weft:news");
            Task<Void> author = createTask(() -> publish(redis, "one", "two", "end"));
            for (String news : channel) {
                System.out.println("news: " + news);
                if (news.equals("end")) {
                    break;
                }
            }
            await(author);
        } catch (ConnectException e) {
            System.out.println("there is no Redis: " + e.getMessage());
        }
    }

    @Async
    private static void publish(Redis redis, String... news) throws IOException {
        for (String one : news) {
            redis.call("PUBLISH", "weft:news", one);
        }
    }

    /** Connects to a server. */
    @Async
    public static Redis open(SocketAddress address) throws IOException {
        return new Redis(Connection.open(address));
    }

    /**
     * Sends a command and suspends until its reply has come: a String, a Long, a List of these, or null.
     *
     * @throws RefusedException if the server does not do it
     * @throws IOException if the connection is lost
     */
    @Async
    public Object call(String... command) throws IOException {
        if (replies.isDone()) {
            throw new EOFException("The connection is closed");
        }
        AsyncFuture<Object> reply = EventLoop.running().createFuture();
        calls.add(reply);
        StreamWriter writer = connection.writer();
        writer.write("*" + command.length + "\r\n");
        for (String word : command) {
            byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
            writer.write("$" + bytes.length + "\r\n");
            writer.write(bytes);
            writer.write(END_OF_LINE);
        }
        writer.drain(); // it is sent when all tasks that can run have added theirs
        Object result = await(reply);
        if (result instanceof IOException failure) {
            throw failure;
        }
        return result;
    }

    /** Subscribes to a channel, and gives what is published in all that were subscribed to. */
    @Async
    public AsyncIterable<String> subscribe(String channel) throws IOException {
        subscribed = true;
        call("SUBSCRIBE", channel);
        return messages;
    }

    @Async
    private void readReplies() {
        Object end = new EOFException("The connection is closed");
        try {
            while (true) {
                Object reply = readReply();
                if (subscribed && reply instanceof List<?> words && words.get(0).equals("message")) {
                    messages.put((String) words.get(2)); // behind it the name of the channel
                } else {
                    answer(calls.remove(), reply);
                }
            }
        } catch (IOException e) {
            end = e;
        } finally {
            messages.shutdown(false);
            while (!calls.isEmpty()) {
                answer(calls.remove(), end);
            }
        }
    }

    private static void answer(AsyncFuture<Object> call, Object reply) {
        if (!call.isDone()) { // its task may have been cancelled
            call.setResult(reply);
        }
    }

    /** Suspends until there is one of the five kinds of replies. What went wrong is a value too. */
    @Async
    private Object readReply() throws IOException {
        String line = connection.reader().readLine();
        if (line == null) {
            throw new EOFException("Redis has closed the connection");
        }
        String rest = line.substring(1);
        switch (line.charAt(0)) {
            case '+':
                return rest;
            case '-':
                return new RefusedException(rest);
            case ':':
                return Long.valueOf(rest);
            case '$':
                return readText(Integer.parseInt(rest));
            case '*':
                return readList(Integer.parseInt(rest));
            default:
                throw new IOException("This is no reply: " + line);
        }
    }

    @Async
    private String readText(int length) throws IOException {
        if (length < 0) {
            return null;
        }
        byte[] text = connection.reader().readExactly(length + END_OF_LINE.length);
        return new String(text, 0, length, StandardCharsets.UTF_8);
    }

    @Async
    private List<Object> readList(int size) throws IOException {
        if (size < 0) {
            return null;
        }
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            list.add(readReply());
        }
        return list;
    }

    /** Ends the connection; calls that have no reply yet fail. */
    @Async
    @Override
    public void close() throws IOException {
        connection.close();
        await(replies);
    }

    /** The server does not do what it was asked for. */
    public static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1;

        RefusedException(String message) {
            super(message);
        }
    }
}
