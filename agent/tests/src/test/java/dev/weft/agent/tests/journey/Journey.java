package dev.weft.agent.tests.journey;

import static dev.weft.Asyncio.*;

import dev.weft.*;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A program with most of what can suspend, which needs the public API alone: an environment is right for Weft if it prints
 * there what it prints everywhere. Its package can be put into jars, modules and class loaders of its own.
 */
public final class Journey {
    /** What it prints. */
    public static final String ARRIVED =
            "train 12 on time, bus 4 late, lambda 6, reference 7, [a1, a2], copied 8, failed 9, finally 10, seat 11, EAST 12";

    private Journey() {}

    public static void main(String[] args) {
        System.out.println(travel());
    }

    public static String travel() {
        return run(() -> stations());
    }

    @Async
    static String stations() throws Exception {
        List<String> seen = new ArrayList<>();
        seen.add(new Train(slow(1)).ride(slow(2)));
        seen.add(Vehicle.bus().ride(4));
        long six = 6;
        Coroutine<String> lambda = () -> "lambda " + slow((int) six);
        seen.add(await(createTask(lambda)));
        seen.add(await(createTask(Journey::reference)));
        seen.add(gather(() -> "a" + slow(1), () -> "a" + slow(2)).toString());
        Coroutine<String> serializable = (Coroutine<String> & Serializable) () -> "copied " + slow(8);
        seen.add(copy(serializable).run());
        try {
            failing(9);
            seen.add("never here");
        } catch (IllegalStateException e) {
            seen.add(e.getMessage());
        } finally {
            seen.add("finally " + slow(10));
        }
        seen.add(new Seat(11).number());
        seen.add(Direction.EAST.turn());
        return String.join(", ", seen);
    }

    /** Its argument, after a suspension. */
    @Async
    static int slow(int value) {
        sleep(Duration.ZERO);
        return value;
    }

    @Async
    private static String reference() {
        return "reference " + slow(7);
    }

    @Async
    private static void failing(int number) {
        sleep(Duration.ZERO);
        throw new IllegalStateException("failed " + number);
    }

    @SuppressWarnings("unchecked")
    private static <T> T copy(T object) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (T) in.readObject();
        }
    }

    private record Seat(int row) {
        @Async
        String number() {
            return "seat " + slow(row);
        }
    }

    private enum Direction {
        EAST {
            @Override
            String turn() {
                return name() + " " + slow(12);
            }
        };

        @Async
        abstract String turn();
    }
}
