package dev.weft.examples;

import static dev.weft.Asyncio.*;

import dev.weft.*;
import java.time.Duration;

/**
 * Messages that take their time: what the other programs send. There is no network here, only a {@code sleep} in its place, so that
 * whatever is printed comes from the order in which the loop runs the tasks.
 */
final class Mail {
    /** How long one message takes, unless somebody says otherwise: the unit of every time that these programs print. */
    static final Duration D = Duration.ofMillis(60);

    private Mail() {}

    @Async
    static String send(String name) {
        return send(name, D);
    }

    /**
     * Sends one message. An {@code @Async} method looks like any other: it returns a {@code String}, not the promise of one. While it
     * sleeps, the loop's thread does something else.
     */
    @Async
    static String send(String name, Duration delay) {
        System.out.println("Sending message to " + name);
        sleep(delay);
        System.out.println("Message sent to " + name);
        return "reply from " + name;
    }
}
