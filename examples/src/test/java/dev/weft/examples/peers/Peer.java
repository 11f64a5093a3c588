package dev.weft.examples.peers;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A program of this machine that talks with ours. */
public final class Peer implements AutoCloseable {
    /** One for each thing that blocks: the common pool may have a single thread. */
    private static final Executor THREADS = work -> {
        Thread thread = new Thread(work, "peer");
        thread.setDaemon(true);
        thread.start();
    };

    private final Process process;
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>()); // that it has printed

    private int port;

    private Peer(Process process) {
        this.process = process;
    }

    /** Skips the test if there is no such program. */
    static void assumeInstalled(String program) {
        Assumptions.assumeTrue(find(program) != null, program + " is not installed: nothing to talk with");
    }

    private static String find(String program) {
        List<String> folders =
                new ArrayList<>(Arrays.asList(System.getenv("PATH").split(File.pathSeparator)));
        folders.add("/usr/sbin");
        for (String folder : folders) {
            Path file = Path.of(folder, program);
            if (Files.isExecutable(file)) {
                return file.toString();
            }
        }
        return null;
    }

    private static ProcessBuilder builder(String... command) {
        String[] found = command.clone();
        found[0] = find(command[0]);
        return new ProcessBuilder(found);
    }

    /** Runs a program with something to read, and gives what it has printed. It has to succeed. */
    static byte[] run(byte[] input, String... command) throws Exception {
        Process process = builder(command).start();
        try {
            CompletableFuture<byte[]> errors =
                    CompletableFuture.supplyAsync(() -> readAll(process.getErrorStream()), THREADS);
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> write(input, process), THREADS);
            byte[] output = process.getInputStream().readAllBytes();
            if (process.waitFor() != 0) {
                throw new AssertionError(String.join(" ", command) + " has ended with " + process.exitValue() + ":\n"
                        + new String(errors.get(), StandardCharsets.UTF_8)
                        + new String(output, StandardCharsets.UTF_8));
            }
            sent.get();
            return output;
        } finally {
            process.destroyForcibly();
        }
    }

    static String run(String... command) throws Exception {
        return new String(run(new byte[0], command), StandardCharsets.UTF_8);
    }

    private static byte[] readAll(InputStream stream) {
        try {
            return stream.readAllBytes();
        } catch (IOException e) {
            return new byte[0]; // it was ended
        }
    }

    private static void write(byte[] input, Process process) {
        try (var stdin = process.getOutputStream()) {
            stdin.write(input);
        } catch (IOException e) {
            // it did not want all of it
        }
    }

    /** Starts a server, and waits until it prints a line that contains {@code ready}. */
    static Peer start(String ready, String... command) throws Exception {
        Process process = builder(command).redirectErrorStream(true).start();
        Peer peer = new Peer(process);
        CompletableFuture<Boolean> started = new CompletableFuture<>();
        THREADS.execute(() -> peer.read(ready, started));
        if (!started.get(30, TimeUnit.SECONDS)) {
            throw new IOException(String.join(" ", command) + " does not start: " + peer.lines());
        }
        return peer;
    }

    /** Starts a server that cannot choose a port itself. */
    static Peer startAtFreePort(String ready, Command command) throws Exception {
        IOException taken = null;
        for (int attempt = 0; attempt < 3; attempt++) {
            int port = FreePort.any();
            try {
                Peer peer = start(ready, command.at(port).toArray(String[]::new));
                peer.port = port;
                return peer;
            } catch (IOException e) {
                taken = e; // the port, perhaps
            }
        }
        throw taken;
    }

    interface Command {
        List<String> at(int port) throws Exception;
    }

    int port() {
        return port;
    }

    private void read(String ready, CompletableFuture<Boolean> started) {
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line;
            while ((line = output.readLine()) != null) {
                lines.add(line);
                if (line.contains(ready)) {
                    started.complete(true);
                }
            }
        } catch (IOException e) {
            lines.add(e.toString());
        } finally {
            started.complete(false);
        }
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit()
                .orTimeout(5, TimeUnit.SECONDS)
                .exceptionally(slow -> process.destroyForcibly())
                .join();
    }
}
