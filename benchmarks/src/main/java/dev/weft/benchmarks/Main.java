package dev.weft.benchmarks;

import dev.weft.benchmarks.startup.Startup;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
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
 * java -jar benchmarks/target/benchmarks.jar            the first figures
 * java -jar benchmarks/target/benchmarks.jar frames     the three representations of a frame
 * java -jar benchmarks/target/benchmarks.jar startup    what the agent costs programs that do not need it, or those named (Spring ...)
 * java -jar benchmarks/target/benchmarks.jar short ...  the same in a tenth of the time, for a rough look
 * java -jar benchmarks/target/benchmarks.jar Switch -prof gc     anything else is for JMH
 * </pre>
 *
 * The agent is the one that was built next to this jar; {@code -Dweft.agent=FILE} names another one.
 */
public final class Main {
    /** Without it the first touch of each page of the heap is what an allocating benchmark measures. */
    private static final List<String> HEAP = List.of("-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch");

    private Main() {}

    public static void main(String[] args) throws Exception {
        List<String> words = new ArrayList<>(List.of(args));
        boolean brief = words.remove("short");
        if (words.isEmpty()) {
            run(List.of("dev.weft.benchmarks.[A-Z]"), brief, true);
            for (String kind : List.of("CALLBACK", "DEPTH_1", "DEPTH_5")) {
                child(withAgent(), "dev.weft.benchmarks.ParkedTasks", kind);
            }
        } else if (words.equals(List.of("frames"))) {
            run(List.of("dev.weft.benchmarks.frames"), brief, false);
            child(List.of(), "dev.weft.benchmarks.frames.FrameSizes");
            for (int time = 0; time < (brief ? 1 : 5); time++) {
                for (String representation : List.of("SHAPES_AND_DISPATCHER", "HIDDEN_FRAMES", "SHAPES_AND_POINTS")) {
                    child(List.of(), "dev.weft.benchmarks.frames.FirstUse", representation);
                }
            }
        } else if (!words.isEmpty() && words.get(0).equals("startup")) {
            Startup.run(ownJar(), agentJar(), brief ? 3 : 20, words.subList(1, words.size()));
        } else {
            run(words, brief, true);
        }
    }

    private static void run(List<String> words, boolean brief, boolean agent)
            throws CommandLineOptionException, RunnerException, IOException {
        CommandLineOptions line = new CommandLineOptions(words.toArray(new String[0]));
        if (line.shouldHelp()) {
            line.showHelp();
            return;
        }
        List<String> jvmArguments = new ArrayList<>(line.getJvmArgsAppend().orElse(Collections.emptyList()));
        jvmArguments.addAll(0, HEAP);
        if (agent) {
            jvmArguments.addAll(withAgent());
        }
        ChainedOptionsBuilder options =
                new OptionsBuilder().parent(line).jvmArgsAppend(jvmArguments.toArray(new String[0]));
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

    private static void child(List<String> jvmArguments, String mainClass, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmArguments);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        command.addAll(List.of(arguments));
        int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (exit != 0) {
            throw new IllegalStateException("exit code " + exit + " of " + command);
        }
    }

    private static List<String> withAgent() {
        return List.of("-javaagent:" + agentJar());
    }

    private static Path agentJar() {
        String named = System.getProperty("weft.agent");
        Path agent = named != null
                ? Path.of(named)
                : ownJar().resolve("../../../agent/target/weft-agent.jar").normalize();
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
