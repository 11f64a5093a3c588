package dev.weft.examples;

import static dev.weft.Asyncio.*;
import static dev.weft.examples.Mail.D;

import dev.weft.*;

/** A generator makes elements while others take them; a loop over it suspends until the next one is there. */
public final class Countdown {
    private Countdown() {}

    public static void main(String[] args) {
        run(() -> program());
    }

    static AsyncIterable<Integer> countdown(int from) {
        return generate(out -> {
            try {
                for (int i = from; i > 0; i--) {
                    sleep(D.dividedBy(4));
                    out.yield(i);
                }
            } finally {
                System.out.println("clock put away");
            }
        });
    }

    @Async
    static void program() {
        Task<Void> other = createTask(() -> {
            sleep(D.dividedBy(2).plusMillis(1));
            System.out.println("others run meanwhile");
        });
        for (int seconds : countdown(3)) {
            System.out.println(seconds);
        }
        await(other);
        try (AsyncIterator<Integer> clock = countdown(10).iterator()) {
            System.out.println("only the first: " + clock.next());
        }
    }
}
