package dev.weft.benchmarks;

import dev.weft.benchmarks.report.Compare;
import dev.weft.benchmarks.report.Places;
import dev.weft.benchmarks.servers.IdleHeap;
import dev.weft.benchmarks.servers.Servers;
import dev.weft.benchmarks.servers.SystemCalls;
import dev.weft.benchmarks.soak.Soak;
import dev.weft.benchmarks.startup.Startup;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs the benchmarks with the agent attached.
 *
 * <pre>
 * java -jar benchmarks/target/benchmarks.jar compare    Weft and others on two JDKs; or some of it: rounds=3 Switch PingPong
 * java -jar benchmarks/target/benchmarks.jar report FILE ...     tables and plots of figures that compare has written
 * java -jar benchmarks/target/benchmarks.jar servers    what servers take for a message; or some of it: rounds=3 jdks=25 http
 * java -jar benchmarks/target/benchmarks.jar syscalls   counts the system calls of Weft's server with strace; fails if there are too many
 * java -jar benchmarks/target/benchmarks.jar idle       what 10,000 connections on which nothing happens hold of a server's heap
 * java -jar benchmarks/target/benchmarks.jar soak       servers for long, with faults; or some of it: seconds=600 connects load
 * java -jar benchmarks/target/benchmarks.jar frames     the three representations of a frame
 * java -jar benchmarks/target/benchmarks.jar startup    what the agent costs programs that do not need it, or those named (Spring ...)
 * java -jar benchmarks/target/benchmarks.jar short ...  the same in a tenth of the time, for a rough look
 * java -jar benchmarks/target/benchmarks.jar Switch -prof gc     anything else is for JMH
 * </pre>
 *
 * The agent is the one that was built next to this jar; {@code -Dweft.agent=FILE} names another one.
 */
public final class Main {
    private Main() {}

    public static void main(String[] args) throws Exception {
        List<String> words = new ArrayList<>(List.of(args));
        boolean brief = words.remove("short");
        String command = words.isEmpty() ? "compare" : words.get(0);
        List<String> more = words.isEmpty() ? words : words.subList(1, words.size());
        switch (command) {
            case "compare" -> Compare.run(project(), agentJar(), brief, more);
            case "report" -> Compare.report(project(), agentJar(), more);
            case "servers" -> Servers.run(new Places(project(), agentJar()), ownJar(), brief, more);
            case "syscalls" -> SystemCalls.run(new Places(project(), agentJar()), ownJar());
            case "idle" -> IdleHeap.run(new Places(project(), agentJar()), ownJar());
            case "soak" -> Soak.run(ownJar(), agentJar(), brief, more);
            case "startup" -> Startup.run(ownJar(), agentJar(), brief ? 3 : 20, more);
            case "frames" -> {
                run(List.of("dev.weft.benchmarks.frames"), brief, false);
                child("dev.weft.benchmarks.frames.FrameSizes");
                for (int time = 0; time < (brief ? 1 : 5); time++) {
                    for (String kind : List.of("SHAPES_AND_DISPATCHER", "HIDDEN_FRAMES", "SHAPES_AND_POINTS")) {
                        child("dev.weft.benchmarks.frames.FirstUse", kind);
                    }
                }
            }
            default -> run(words, brief, true);
        }
    }

    private static void run(List<String> words, boolean brief, boolean agent)
            throws CommandLineOptionException, RunnerException, IOException {
        CommandLineOptions line = new CommandLineOptions(words.toArray(new String[0]));
        if (line.shouldHelp()) {
            line.showHelp();
            return;
        }
        // Before those that are appended, on the command line or by a benchmark's annotations: the last one counts.
        List<String> jvmArguments = new ArrayList<>(line.getJvmArgs().orElse(Compare.HEAP));
        if (agent) {
            jvmArguments.add("-javaagent:" + agentJar());
        }
        ChainedOptionsBuilder options = new OptionsBuilder().parent(line).jvmArgs(jvmArguments.toArray(new String[0]));
        if (brief) {
            TimeValue time = TimeValue.milliseconds(200);
            options.forks(1)
                    .warmupIterations(3)
                    .warmupTime(time)
                    .measurementIterations(3)
                    .measurementTime(time);
        }
        Collection<RunResult> results = new Runner(options.build()).run();
        Medians.print(results, System.out);
    }

    private static void child(String mainClass, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        command.addAll(List.of(arguments));
        int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (exit != 0) {
            throw new IllegalStateException("exit code " + exit + " of " + command);
        }
    }

    /** The folder in whose {@code benchmarks/target} this jar lies. */
    private static Path project() {
        return ownJar().resolve("../../..").normalize();
    }

    private static Path agentJar() {
        String named = System.getProperty("weft.agent");
        Path agent = named != null ? Path.of(named) : project().resolve("agent/target/weft-agent.jar");
        if (!Files.exists(agent)) {
            throw new IllegalStateException("There is no agent at " + agent
                    + ". Build it with mvn package, or name it with -Dweft.agent=FILE.");
        }
        return agent;
    }

    private static Path ownJar() {
        try {
            return Path.of(Main.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
