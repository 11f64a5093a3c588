package dev.weft.agent.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A main class run to its end in a JVM of its own, of the same JDK and with the same class path: its exit status and all it printed. */
record ChildJvm(int status, String output) {
    private static final long MINUTES = 3;

    /** Runs {@code main} with the agent that the present JVM was started with. */
    static ChildJvm withAgent(Class<?> main, List<String> options, String... arguments) {
        List<String> all = new ArrayList<>(options);
        all.add(agentOption());
        return start(main, all, arguments);
    }

    /** Runs {@code main} with the agent and these options of it instead of the present JVM's. */
    static ChildJvm withAgentOptions(Class<?> main, String agentOptions, String... options) {
        List<String> all = new ArrayList<>(List.of(options));
        String present = agentOption();
        int jar = present.indexOf(".jar") + ".jar".length();
        all.add(present.substring(0, jar) + (agentOptions.isEmpty() ? "" : "=" + agentOptions));
        return start(main, all);
    }

    /** Runs {@code main} as if nobody had heard of the agent. */
    static ChildJvm withoutAgent(Class<?> main, String... arguments) {
        return start(main, List.of(), arguments);
    }

    private static String agentOption() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("-javaagent:") && option.contains("weft"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("These tests need -javaagent:weft-agent.jar themselves."));
    }

    private static ChildJvm start(Class<?> main, List<String> options, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        try {
            Path output = Files.createTempFile("weft-child", ".txt"); // a pipe that nobody reads could block the child
            try {
                Process process = new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
                if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                    process.destroyForcibly().waitFor();
                    throw new AssertionError(
                            "still running after " + MINUTES + " minutes: " + command + "\n" + read(output));
                }
                return new ChildJvm(process.exitValue(), read(output));
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted while waiting for " + command, e);
        }
    }

    private static String read(Path output) throws IOException {
        return Files.readString(output, StandardCharsets.UTF_8);
    }
}
