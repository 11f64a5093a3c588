package dev.weft.examples;

import static dev.weft.Asyncio.*;

import dev.weft.*;
import dev.weft.io.*;
import dev.weft.sync.AsyncSemaphore;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;

/**
 * Which ports of a host are open, as in {@code PortScanner 192.0.2.1 1 1024}. There is a task for each port, and a semaphore that
 * lets only some of them try at the same time; one more task shows how far they are. Without arguments it looks for three servers of
 * its own.
 */
public final class PortScanner {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final String host;
    private final List<Integer> ports;
    private final AsyncSemaphore attempts = new AsyncSemaphore(200);
    private final List<Integer> open = new ArrayList<>();
    private int done; // no lock: all tasks run on one thread

    private PortScanner(String host, List<Integer> ports) {
        this.host = host;
        this.ports = ports;
    }

    public static void main(String[] args) {
        if (args.length == 3) {
            List<Integer> ports = IntStream.rangeClosed(Integer.parseInt(args[1]), Integer.parseInt(args[2]))
                    .boxed()
                    .toList();
            run(() -> System.out.println(scan(args[0], ports)));
        } else {
            run(() -> program());
        }
    }

    @Async
    static void program() throws IOException {
        try (Server first = Server.listen("127.0.0.1", 0, Echo::echo);
                Server second = Server.listen("127.0.0.1", 0, Echo::echo)) {
            TreeSet<Integer> ports = new TreeSet<>();
            for (int distance = 0; distance < 100; distance++) {
                ports.add(first.port() - distance);
                ports.add(second.port() - distance);
            }
            List<Integer> open = scan("127.0.0.1", List.copyOf(ports));
            System.out.println("found both: " + open.containsAll(List.of(first.port(), second.port())));
        }
    }

    /** Suspends until all ports were tried, and gives those that are open. */
    @Async
    static List<Integer> scan(String host, List<Integer> ports) {
        PortScanner scanner = new PortScanner(host, ports);
        taskGroup(group -> {
            Task<Void> progress = group.createTask(() -> scanner.showProgress());
            gather(ports.stream().map(scanner::attempt).toList());
            progress.cancel();
        });
        System.err.print("\r" + scanner + "\n");
        return scanner.open.stream().sorted().toList();
    }

    private Coroutine<Boolean> attempt(int port) {
        return () -> attempts.withPermit(() -> isOpen(port));
    }

    @Async
    private boolean isOpen(int port) {
        try {
            timeout(PATIENCE, () -> Connection.open(host, port).close());
            open.add(port);
            return true;
        } catch (AsyncTimeoutException | CompletionException e) { // nobody answers, or it is refused
            return false;
        } finally {
            done++;
        }
    }

    @Async
    private void showProgress() {
        while (true) {
            System.err.print("\r" + this);
            sleep(Duration.ofMillis(100));
        }
    }

    @Override
    public String toString() {
        return done + " of " + ports.size() + " ports, " + open.size() + " open";
    }
}
