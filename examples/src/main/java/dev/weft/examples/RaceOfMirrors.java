package dev.weft.examples;

import static dev.weft.Asyncio.*;
import static dev.weft.examples.Mail.D;

import dev.weft.*;
import java.io.IOException;
import java.time.Duration;

/** The same question to several: the first answer counts, whoever is slower is cancelled, and a failure is no answer. */
public final class RaceOfMirrors {
    private RaceOfMirrors() {}

    public static void main(String[] args) {
        run(() -> program());
    }

    @Async
    static void program() {
        Stopwatch watch = new Stopwatch();
        String page = race(
                () -> fetch("slow", D), () -> fetch("far", D.dividedBy(2)), () -> unreachable("near", D.dividedBy(4)));
        System.out.println(page);
        System.out.println("slow is left after " + watch); // it was cancelled, and race has waited for its end
        try {
            race(() -> unreachable("near", D.dividedBy(4)), () -> unreachable("far", D.dividedBy(2)));
        } catch (ExceptionGroup e) {
            System.out.println("nobody answers: " + e.exceptions());
        }
    }

    @Async
    private static String fetch(String mirror, Duration delay) {
        sleep(delay);
        return "page from " + mirror;
    }

    @Async
    private static String unreachable(String mirror, Duration delay) throws IOException {
        sleep(delay);
        System.out.println(mirror + " is down");
        throw new IOException(mirror + " is down");
    }
}
