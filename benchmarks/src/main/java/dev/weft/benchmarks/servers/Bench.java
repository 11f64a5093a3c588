package dev.weft.benchmarks.servers;

import static java.util.Objects.requireNonNull;

import dev.weft.benchmarks.report.Child;
import dev.weft.benchmarks.report.Jdk;
import dev.weft.benchmarks.report.Places;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How the processes are started: on one core, and so that a client does not take it from the server after each request. */
record Bench(Places places, Path ownJar, Path log) {
    private static final List<String> BATCH = List.of("chrt", "-b", "0");
    private static final String CORE = "0";
    private static final List<String> ON_CORE = List.of("taskset", "-c", CORE);

    /** A server that listens. */
    record Running(Peer peer, Jdk jdk, Talker process, int port) implements AutoCloseable {
        /** Gives it work until it has had so many messages, and its compilers have nothing to do. */
        void warm(Talker generator, Load load, int messages) throws IOException {
            generator.ask("warm " + load.name() + " " + port + " " + process.pid() + " " + messages);
        }

        @Override
        public void close() {
            process.close();
        }
    }

    /** Starts a server, on any core. */
    Running server(Peer peer, Jdk jdk, Load.Mode mode) throws IOException, InterruptedException {
        return server(peer, jdk, mode, List.of());
    }

    /** Starts a server whose JVM has some more arguments. */
    Running server(Peer peer, Jdk jdk, Load.Mode mode, List<String> more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(has(BATCH) ? BATCH : List.of());
        if (peer == Peer.ASYNCIO) {
            command.addAll(
                    List.of("python3", places.python("asyncio_servers.py").toString(), mode.name()));
        } else {
            command.addAll(java(jdk));
            if (peer.needsAgent()) {
                command.add("-javaagent:" + places.agent());
            }
            command.addAll(peer.jvmArguments(jdk.feature()));
            command.addAll(more);
            command.addAll(List.of(
                    "-cp", ownJar.toString(), requireNonNull(peer.program()).getName(), mode.name()));
            command.addAll(peer.arguments());
        }
        Talker process = new Talker(command, log);
        try {
            return new Running(peer, jdk, process, Peer.announced(process.line()));
        } catch (RuntimeException e) {
            process.close();
            throw new IllegalStateException(peer.label + " does not start; see " + log, e);
        }
    }

    private static List<String> java(Jdk jdk) {
        List<String> command = new ArrayList<>(List.of(jdk.java().toString()));
        command.addAll(Peer.JVM);
        return command;
    }

    /** Starts the clients, on the one core. */
    Talker generator(Jdk jdk) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(has(BATCH) ? BATCH : List.of());
        command.addAll(has(ON_CORE) ? ON_CORE : List.of());
        command.addAll(java(jdk));
        command.addAll(List.of("-cp", ownJar.toString(), Generator.class.getName()));
        return new Talker(command, log);
    }

    /** Leaves only the one core to all threads of a process. */
    static void pin(long pid) throws IOException, InterruptedException {
        if (has(ON_CORE)) {
            Child.output(List.of("taskset", "-a", "-c", "-p", CORE, String.valueOf(pid)));
        }
    }

    /**
     * Has a JVM collect all its garbage. Else what its start has left would be copied by each of its first collections: those
     * who allocate would pay for that while they are measured, and no longer some minutes later.
     */
    static void collect(Running server) throws IOException, InterruptedException {
        if (server.peer().program() != null) {
            Path jcmd = server.jdk().java().resolveSibling("jcmd");
            Child.output(
                    List.of(jcmd.toString(), String.valueOf(server.process().pid()), "GC.run"));
        }
    }

    private static boolean has(List<String> prefix) throws InterruptedException {
        List<String> command = new ArrayList<>(prefix);
        command.add("true");
        try {
            Child.output(command);
            return true;
        } catch (IOException | IllegalStateException absent) {
            return false;
        }
    }

    /** Under which conditions the processes run here. */
    static String conditions() throws InterruptedException {
        return (has(ON_CORE) ? "server and clients on core " + CORE : "on any core (no taskset)")
                + (has(BATCH) ? ", SCHED_BATCH" : ", default scheduling (no chrt)");
    }
}
