package dev.weft.examples;

import static dev.weft.Asyncio.*;
import static dev.weft.examples.Mail.D;

import dev.weft.*;
import dev.weft.sync.AsyncQueue;

/** Work through a queue with two places: who is faster waits for the others. */
public final class ProducersAndConsumers {
    private ProducersAndConsumers() {}

    public static void main(String[] args) {
        run(() -> program());
    }

    @Async
    static void program() {
        AsyncQueue<String> letters = AsyncQueue.fifo(2);
        taskGroup(group -> {
            group.createTask(() -> carry("Anna", letters));
            group.createTask(() -> carry("Bob", letters));
            for (int i = 1; i <= 5; i++) {
                letters.put("letter " + i);
                System.out.println("letter " + i + " is in the queue");
            }
            letters.shutdown(false); // consumers take what is left, then their loops end
        });
        System.out.println("all delivered");
    }

    @Async
    private static void carry(String name, AsyncQueue<String> letters) {
        for (String letter : letters) {
            sleep(D);
            System.out.println(name + " has delivered " + letter);
        }
    }
}
