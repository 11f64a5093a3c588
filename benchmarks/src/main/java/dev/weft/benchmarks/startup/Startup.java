package dev.weft.benchmarks.startup;

import static java.util.Objects.requireNonNull;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Starts programs that have nothing to do with the agent: without any agent, with one that does nothing, and with ours. It
 * compares the medians of the time that they take and of the processors' time.
 *
 * <p>The three take turns: whatever else the machine does, it most likely does to all. The first turn does not count.
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

    /** Measures the programs of these names with this agent; all, if none is named. */
    public static void run(Path ownJar, Path agent, int rounds, List<String> programs)
            throws IOException, InterruptedException {
        System.out.printf(
                "JDK %s, %d rounds; milliseconds, and the median of the ratios to no agent%n",
                Runtime.version(), rounds);
        System.out.println("program  agent      wall   ratio      CPU   ratio");
        Startup startup = new Startup(ownJar, agent, rounds);
        for (String program : programs.isEmpty() ? PROGRAMS : programs) {
            startup.measure(program);
        }
    }

    private enum Variant {
        NONE,
        NOTHING,
        WEFT
    }

    private void measure(String program) throws IOException, InterruptedException {
        Map<Variant, List<Taken>> taken = new EnumMap<>(Variant.class);
        List<Variant> order = new ArrayList<>(List.of(Variant.values()));
        for (int round = 0; round <= rounds; round++) {
            for (Variant variant : order) {
                Taken one = take(program, variant);
                if (round > 0) {
                    taken.computeIfAbsent(variant, key -> new ArrayList<>()).add(one);
                }
            }
            Collections.rotate(order, 1);
        }
        for (Variant variant : Variant.values()) {
            List<Taken> runs = requireNonNull(taken.get(variant));
            List<Taken> reference = requireNonNull(taken.get(Variant.NONE));
            System.out.printf(
                    Locale.ROOT,
                    "%-8s %-8s %6.0f %7.3f %8.0f %7.3f%n",
                    program,
                    variant.name().toLowerCase(Locale.ROOT),
                    median(runs.stream().map(Taken::wall)),
                    ratio(runs, reference, Taken::wall),
                    median(runs.stream().map(Taken::cpu)),
                    ratio(runs, reference, Taken::cpu));
        }
        String output = start(program, List.of("-javaagent:" + ownJar + "=" + agent));
        System.out.println("         " + line(output, "agent: "));
    }

    private Taken take(String program, Variant variant) throws IOException, InterruptedException {
        List<String> options = switch (variant) {
            case NONE -> List.of();
            case NOTHING -> List.of("-javaagent:" + ownJar + "=nothing");
            case WEFT -> List.of("-javaagent:" + agent);
        };
        long start = System.nanoTime();
        String output = start(program, options);
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
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(command + "\n" + output);
        }
        return output;
    }

    private String classPath() throws IOException {
        try (Stream<Path> jars = Files.list(ownJar.resolveSibling("startup"))) {
            return Stream.concat(jars.sorted(), Stream.of(ownJar)) // the peers in it have some of the same classes
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

    private static double ratio(List<Taken> runs, List<Taken> reference, Function<Taken, Double> figure) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            ratios.add(figure.apply(runs.get(i)) / figure.apply(reference.get(i)));
        }
        return median(ratios.stream());
    }

    private static double median(Stream<Double> values) {
        List<Double> sorted = values.sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
