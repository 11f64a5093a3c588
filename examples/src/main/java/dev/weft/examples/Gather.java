package dev.weft.examples;

import static dev.weft.Asyncio.*;
import static dev.weft.examples.Mail.D;
import static dev.weft.examples.Mail.send;

import dev.weft.*;
import java.time.Duration;
import java.util.List;

/** Several coroutines at once, and the list of what they gave back: in the order asked, whichever was ready first. */
public final class Gather {
    private Gather() {}

    public static void main(String[] args) {
        run(() -> program());
    }

    @Async
    static void program() {
        values();
        outcomes();
        failure();
    }

    @Async
    static void values() {
        Stopwatch watch = new Stopwatch();
        List<String> replies = gather(
                () -> send("John Doe", D),
                () -> send("Anna Herb", D.multipliedBy(2).dividedBy(3)),
                () -> send("Bob", D.dividedBy(3)));
        System.out.println(replies);
        System.out.println("elapsed " + watch);
    }

    /** {@code gatherOutcomes} never fails: each place of its list holds a value or an exception. */
    @Async
    static void outcomes() {
        List<Outcome<String>> outcomes = gatherOutcomes(() -> send("X"), () -> refuse("boom", Duration.ZERO));
        for (Outcome<String> outcome : outcomes) {
            System.out.println(outcome.exception() == null ? outcome.value() : outcome.exception());
        }
    }

    /** {@code gather} fails with the first failure. The others go on; where they should not, use {@code taskGroup}. */
    @Async
    static void failure() {
        try {
            gather(() -> send("survivor"), () -> refuse("boom", D.dividedBy(2)));
        } catch (IllegalArgumentException e) {
            int others = allTasks().size() - 1;
            System.out.println("caught " + e + " others alive: " + others);
        }
        sleep(D);
    }

    @Async
    private static String refuse(String reason, Duration delay) {
        sleep(delay);
        throw new IllegalArgumentException(reason);
    }
}
