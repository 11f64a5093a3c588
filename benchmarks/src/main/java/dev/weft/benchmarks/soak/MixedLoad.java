package dev.weft.benchmarks.soak;

import static dev.weft.Asyncio.run;
import static dev.weft.Asyncio.taskGroup;

import dev.weft.Async;
import dev.weft.EventLoop;
import dev.weft.io.Server;
import java.time.Duration;
import java.util.Locale;

/**
 * A server in one loop and its clients in another, for some minutes. Every byte is accounted for: clients check each that they
 * get, and in the end both sides have counted the same. Descriptors and heap must not grow.
 *
 * <p>Arguments: seconds, the seed.
 */
public final class MixedLoad {
    private static final int CLIENTS = 40;

    private MixedLoad() {}

    public static void main(String[] args) throws Exception {
        long seconds = Long.parseLong(args[0]);
        long seed = Long.parseLong(args[1]);
        System.out.println("seed " + seed);
        MixedServer handlers = new MixedServer();
        EventLoop serverLoop = EventLoop.background();
        Server server = serverLoop
                .submit(() -> Server.builder().backlog(1_000).listen(null, 0, handlers::serve))
                .get();
        int port = server.port();
        MixedTotals totals = new MixedTotals();
        run(() -> {
            load(port, 5, seed - 1, totals); // what is loaded and compiled once
            Growth growth = Growth.begin();
            int rounds = (int) Math.max(1, seconds / 15);
            for (int i = 0; i < rounds; i++) {
                load(port, seconds / rounds, seed + i, totals);
                growth.print(totals.visits);
            }
            growth.check();
        });
        serverLoop.submit(() -> server.shutdown(Duration.ofSeconds(10))).get();
        System.out.printf(
                Locale.ROOT,
                "%,d visits; %,d bytes to the server, which counts %,d; %,d back, it counts %,d; %,d left in the middle%n",
                totals.visits,
                totals.sent,
                handlers.received.get(),
                totals.received,
                handlers.sent.get(),
                totals.left);
        if (totals.sent != handlers.received.get() || totals.received != handlers.sent.get()) {
            throw new IllegalStateException("Bytes are missing.");
        }
    }

    /** Suspends until all clients have ended. */
    @Async
    private static void load(int port, long seconds, long seed, MixedTotals totals) {
        EventLoop loop = EventLoop.running();
        long end = loop.time() + Duration.ofSeconds(seconds).toNanos();
        taskGroup(group -> {
            for (int i = 0; i < CLIENTS; i++) {
                MixedClient client = new MixedClient(port, seed * CLIENTS + i, totals);
                group.createTask(() -> {
                    while (loop.time() < end) {
                        client.visit();
                        totals.visits++;
                    }
                });
            }
        });
    }
}
