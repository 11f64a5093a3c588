package dev.weft.benchmarks.soak;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Runs the programs of this package one after the other, each in a JVM of its own with the agent; those that are named, or
 * all:
 *
 * <pre>
 * connects   100,000 connections one after the other: no descriptor is left
 * load       mixed traffic with faults for seconds=120: no byte is missing, nothing grows (seed=N)
 * </pre>
 */
public final class Soak {
    private static final Set<String> PROGRAMS = Set.of("connects", "load");

    private final Path jar;
    private final Path agent;

    private Soak(Path jar, Path agent) {
        this.jar = jar;
        this.agent = agent;
    }

    /** Runs what the words say. */
    public static void run(Path jar, Path agent, boolean brief, List<String> words)
            throws IOException, InterruptedException {
        List<String> programs = new ArrayList<>(words);
        String seconds = setting(programs, "seconds", brief ? "15" : "120");
        String seed = setting(programs, "seed", Long.toString(System.nanoTime() >>> 20));
        for (String program : programs) {
            if (!PROGRAMS.contains(program)) {
                throw new IllegalArgumentException("There is no \"" + program + "\"; there are " + PROGRAMS + ".");
            }
        }
        boolean all = programs.isEmpty();
        Soak soak = new Soak(jar, agent);
        if (all || programs.contains("connects")) {
            soak.runToEnd(ManyConnects.class, brief ? "10000" : "100000");
        }
        if (all || programs.contains("load")) {
            soak.runToEnd(MixedLoad.class, seconds, seed);
        }
    }

    private static String setting(List<String> words, String name, String otherwise) {
        for (String word : words) {
            if (word.startsWith(name + "=")) {
                words.remove(word);
                return word.substring(name.length() + 1);
            }
        }
        return otherwise;
    }

    private void runToEnd(Class<?> main, String... arguments) throws IOException, InterruptedException {
        int status = program(main, arguments).start().waitFor();
        if (status != 0) {
            throw new IllegalStateException(main.getSimpleName() + " has ended with status " + status);
        }
    }

    private ProcessBuilder program(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-javaagent:" + agent));
        command.addAll(List.of("-cp", jar.toString(), main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).inheritIO();
    }
}
