package dev.weft.benchmarks.servers;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A process of its own that makes traffic as it is told in lines of its standard input, and answers each with one line.
 *
 * <pre>
 *   warm LOAD PORT PID ANSWERS                     has so many answers, and more until the server's compilers have
 *                                                  nothing to do; at most 15 seconds each
 *   measure LOAD PORT PID SETTLE-MILLIS MILLIS     answers; nanoseconds of the server's processor time, of this one's, of time;
 *                                                  settles again, for at most 5 seconds, while others have a tenth of the core
 *   open LOAD PORT [CONNECTIONS]                   opens connections, and has one answer on each
 *   more ANSWERS                                   has so many more
 *   close                                          closes them
 * </pre>
 */
public final class Generator {
    private static final long LONGEST_WARMUP = TimeUnit.SECONDS.toNanos(15);
    private static final long LONGEST_SETTLING = TimeUnit.SECONDS.toNanos(5);
    private static final long QUIET = TimeUnit.MILLISECONDS.toNanos(200);

    private @Nullable Traffic open;

    private Generator() {}

    public static void main(String[] args) throws IOException {
        Generator generator = new Generator();
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String line;
        while ((line = commands.readLine()) != null) {
            System.out.println(generator.answer(line.split(" ")));
        }
    }

    private String answer(String[] words) {
        try {
            return switch (words[0]) {
                case "measure" -> measure(words);
                case "warm" -> {
                    warm(words);
                    yield "warm";
                }
                case "open" -> {
                    Load load = Load.of(words[1]);
                    Traffic traffic = traffic(load, Integer.parseInt(words[2]));
                    open = traffic;
                    int connections = words.length > 3 ? Integer.parseInt(words[3]) : load.connections();
                    for (int i = 0; i < connections; i++) { // so that nobody waits long to be accepted
                        traffic.open(1);
                        traffic.runUntil(load.inFlight());
                    }
                    yield "opened";
                }
                case "more" -> {
                    Traffic traffic = opened();
                    traffic.resume();
                    traffic.runUntil(Long.parseLong(words[1]));
                    yield "done";
                }
                case "close" -> {
                    opened().close();
                    yield "closed";
                }
                default -> throw new IllegalArgumentException(words[0]);
            };
        } catch (IOException | RuntimeException e) {
            return "failed " + e;
        }
    }

    private Traffic opened() {
        if (open == null) {
            throw new IllegalStateException("Nothing is open.");
        }
        return open;
    }

    private static void warm(String[] words) throws IOException {
        Load load = Load.of(words[1]);
        CpuClock server = new CpuClock(Long.parseLong(words[3]));
        long wanted = Long.parseLong(words[4]);
        try (Traffic traffic = traffic(load, Integer.parseInt(words[2]))) {
            traffic.open(load.connections());
            long end = System.nanoTime() + LONGEST_WARMUP;
            while (traffic.answers() < wanted && System.nanoTime() < end) {
                traffic.runFor(TimeUnit.MILLISECONDS.toNanos(20));
            }
            end = System.nanoTime() + LONGEST_WARMUP;
            long before = server.compilerNanos();
            while (System.nanoTime() < end) {
                traffic.runFor(QUIET);
                long now = server.compilerNanos();
                if (now - before < QUIET / 50) {
                    return;
                }
                before = now;
            }
        }
    }

    private static String measure(String[] words) throws IOException {
        Load load = Load.of(words[1]);
        CpuClock server = new CpuClock(Long.parseLong(words[3]));
        CpuClock own = new CpuClock(ProcessHandle.current().pid());
        long settling = TimeUnit.MILLISECONDS.toNanos(Long.parseLong(words[4]));
        long window = TimeUnit.MILLISECONDS.toNanos(Long.parseLong(words[5]));
        try (Traffic traffic = traffic(load, Integer.parseInt(words[2]))) {
            traffic.open(load.connections());
            long end = System.nanoTime() + LONGEST_SETTLING;
            while (Used.in(traffic, settling, server, own).share() < 0.9 && System.nanoTime() < end) {
                // mostly it is compilers that are still at work
            }
            Used used = Used.in(traffic, window, server, own);
            return String.format(Locale.ROOT, "%d %d %d %d", used.answers, used.server, used.own, used.wall);
        }
    }

    /** Answers that came in some time, and nanoseconds. */
    private record Used(long answers, long server, long own, long wall) {
        static Used in(Traffic traffic, long nanos, CpuClock server, CpuClock own) throws IOException {
            long serverBefore = server.nanos();
            long ownBefore = own.nanos();
            long wallBefore = System.nanoTime();
            long answers = traffic.runFor(nanos);
            long wall = System.nanoTime() - wallBefore;
            return new Used(answers, server.nanos() - serverBefore, own.nanos() - ownBefore, wall);
        }

        double share() {
            return (server + own) / (double) wall;
        }
    }

    private static Traffic traffic(Load load, int port) throws IOException {
        byte[] request = load.request();
        byte[] answer = load.mode() == Load.Mode.HTTP ? asked(request, port) : request;
        return new Traffic(port, request, answer, load.inFlight(), load.churn());
    }

    /** What a server answers in HTTP; so long as its header says. */
    private static byte[] asked(byte[] request, int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request);
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            String head;
            do {
                head = answer.toString(StandardCharsets.ISO_8859_1);
                int next = socket.getInputStream().read();
                if (next < 0) {
                    throw new EOFException("The server has closed the connection after: " + head);
                }
                answer.write(next);
            } while (!answer.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n"));
            int length = Arrays.stream(
                            answer.toString(StandardCharsets.ISO_8859_1).split("\r\n"))
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                    .mapToInt(line -> Integer.parseInt(line.split(":")[1].strip()))
                    .findFirst()
                    .orElseThrow(() -> new IOException("An answer without Content-Length."));
            answer.write(socket.getInputStream().readNBytes(length));
            if (!answer.toString(StandardCharsets.ISO_8859_1).startsWith("HTTP/1.1 200 OK\r\n")) {
                throw new IOException(answer.toString(StandardCharsets.ISO_8859_1));
            }
            return answer.toByteArray();
        }
    }
}
