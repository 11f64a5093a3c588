package dev.weft.examples;

import static dev.weft.Asyncio.*;
import static dev.weft.examples.Mail.D;

import dev.weft.*;
import dev.weft.sync.AsyncSemaphore;
import java.util.List;
import java.util.stream.Stream;

/** A semaphore lets two of many in at once. */
public final class TwoAtATime {
    private TwoAtATime() {}

    public static void main(String[] args) {
        run(() -> program());
    }

    @Async
    static void program() {
        Stopwatch watch = new Stopwatch();
        AsyncSemaphore lines = new AsyncSemaphore(2);
        List<Coroutine<String>> calls = Stream.of("Anna", "Bob", "Cleo", "Dora", "Emil")
                .<Coroutine<String>>map(name -> () -> lines.withPermit(() -> phone(name)))
                .toList();
        System.out.println(gather(calls));
        System.out.println("elapsed " + watch);
    }

    @Async
    private static String phone(String name) {
        System.out.println("calling " + name);
        sleep(D);
        return name + " says hello";
    }
}
