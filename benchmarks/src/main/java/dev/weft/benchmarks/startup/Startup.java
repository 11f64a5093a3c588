package dev.weft.benchmarks.startup;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Starts programs that have nothing to do with the agent, with and without it in turn, and compares the medians of the time
 * that they take and of the processor's time.
 *
 * <p>Two runs are pairs: whatever else the machine does, it most likely does to both. The first pair does not count.
 */
public final class Startup {
    private static final List<String> PROGRAMS = List.of("Spring", "Jetty", "Kotlinc");

    private final Path ownJar;
    private final Path agent;
    private final int rounds;

    private Startup(Path ownJar, Path agent, int rounds) {
        this.ownJar = ownJar;
        this.agent = agent;
        this.rounds = rounds;
    }

    /** What one run took, in milliseconds. */
    private record Taken(double wall, double cpu) {}

    /** Measures all programs with this agent. */
    public static void run(Path ownJar, Path agent, int rounds) throws IOException, InterruptedException {
        System.out.printf("JDK %s, %d pairs%n", Runtime.version(), rounds);
        System.out.println("program   wall ms without, with   ratio    CPU ms without, with   ratio");
        Startup startup = new Startup(ownJar, agent, rounds);
        for (String program : PROGRAMS) {
            startup.measure(program);
        }
    }

    private void measure(String program) throws IOException, InterruptedException {
        List<Taken> without = new ArrayList<>();
        List<Taken> with = new ArrayList<>();
        for (int round = 0; round <= rounds; round++) {
            boolean agentFirst = round % 2 == 0;
            Taken first = take(program, agentFirst);
            Taken second = take(program, !agentFirst);
            if (round > 0) {
                with.add(agentFirst ? first : second);
                without.add(agentFirst ? second : first);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%-8s %10.0f %10.0f %12.3f %12.0f %10.0f %12.3f%n",
                program,
                median(without.stream().map(Taken::wall)),
                median(with.stream().map(Taken::wall)),
                ratio(
                        with.stream().map(Taken::wall).toList(),
                        without.stream().map(Taken::wall).toList()),
                median(without.stream().map(Taken::cpu)),
                median(with.stream().map(Taken::cpu)),
                ratio(
                        with.stream().map(Taken::cpu).toList(),
                        without.stream().map(Taken::cpu).toList()));
        String output = start(program, List.of("-javaagent:" + ownJar + "=" + agent));
        System.out.println("         " + line(output, "agent: "));
    }

    private Taken take(String program, boolean withAgent) throws IOException, InterruptedException {
        long start = System.nanoTime();
        String output = start(program, withAgent ? List.of("-javaagent:" + agent) : List.of());
        double wall = (System.nanoTime() - start) / 1e6;
        return new Taken(wall, Double.parseDouble(line(output, "cpu ").substring("cpu ".length())));
    }

    private String start(String program, List<String> options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:TieredStopAtLevel=1"); // C2 has not much to do in so short a time, and makes noise
        command.addAll(options);
        command.addAll(List.of("-cp", classPath(), Startup.class.getPackageName() + "." + program + "Start"));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(command + "\n" + output);
        }
        return output;
    }

    private String classPath() throws IOException {
        try (Stream<Path> jars = Files.list(ownJar.resolveSibling("startup"))) {
            return Stream.concat(Stream.of(ownJar), jars.sorted())
                    .map(Path::toString)
                    .collect(Collectors.joining(File.pathSeparator));
        }
    }

    private static String line(String output, String start) {
        return output.lines()
                .filter(line -> line.startsWith(start))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(output));
    }

    private static double ratio(List<Double> with, List<Double> without) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < with.size(); i++) {
            ratios.add(with.get(i) / without.get(i));
        }
        return median(ratios.stream());
    }

    private static double median(Stream<Double> values) {
        List<Double> sorted = values.sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
