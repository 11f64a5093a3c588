package dev.weft.examples;

import static dev.weft.Asyncio.*;

import dev.weft.*;
import java.time.Duration;

/**
 * What {@code run} does at its end: tasks that are left are cancelled, and it waits until they have cleaned up; generators
 * that nobody has read to their end are closed.
 */
public final class WhatRunFinalises {
    private WhatRunFinalises() {}

    public static void main(String[] args) {
        int result = run(() -> program());
        System.out.println(result);
    }

    @Async
    static int program() {
        Task<Void> background = createTask(() -> background());
        sleep(Duration.ZERO); // it starts
        System.out.println("generator " + numbers().iterator().next());
        System.out.println("main returns");
        return 7;
    }

    private static AsyncIterable<Integer> numbers() {
        return generate(out -> {
            try {
                for (int number = 0; ; number++) {
                    out.yield(number);
                }
            } finally {
                System.out.println("generator finalised");
            }
        });
    }

    @Async
    private static void background() {
        System.out.println("background started");
        try {
            sleep(Duration.ofHours(1));
        } catch (CancelledError e) {
            System.out.println("background cancelled by run");
            throw e; // a cancelled task should end as one
        } finally {
            System.out.println("background finally");
        }
    }
}
