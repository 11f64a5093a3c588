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

/** A program run to its end in a JVM of its own, of the same JDK: its exit status and all it printed. */
public record ChildJvm(int status, String output) {
    private static final long MINUTES = 3;

    /** Runs {@code main} with the agent that the present JVM was started with. */
    public static ChildJvm withAgent(Class<?> main, List<String> options, String... arguments) {
        List<String> all = new ArrayList<>(options);
        all.add(agentOption());
        return start(main, all, arguments);
    }

    /** Runs {@code main} with the agent and these options of it instead of the present JVM's. */
    public static ChildJvm withAgentOptions(Class<?> main, String agentOptions, String... options) {
        List<String> all = new ArrayList<>(List.of(options));
        all.add(agentOption(agentOptions));
        return start(main, all);
    }

    /** Runs {@code main} as if nobody had heard of the agent. */
    public static ChildJvm withoutAgent(Class<?> main, String... arguments) {
        return start(main, List.of(), arguments);
    }

    /** Runs {@code main} with these options alone. */
    public static ChildJvm withOptions(Class<?> main, List<String> options, String... arguments) {
        return start(main, options, arguments);
    }

    /** The option with which the present JVM was given the agent. */
    public static String agentOption() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("-javaagent:") && option.contains("weft"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("These tests need -javaagent:weft-agent.jar themselves."));
    }

    /** The same with other options of the agent. */
    public static String agentOption(String agentOptions) {
        String present = agentOption();
        String jar = present.substring(0, present.indexOf(".jar") + ".jar".length());
        return agentOptions.isEmpty() ? jar : jar + "=" + agentOptions;
    }

    private static ChildJvm start(Class<?> main, List<String> options, String... arguments) {
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        all.addAll(List.of(arguments));
        return tool(Path.of(""), "java", all);
    }

    /** Runs a command of the JDK, such as java or jarsigner, in a folder, with these arguments alone. */
    public static ChildJvm tool(Path folder, String name, List<String> arguments) {
        return run(folder, Path.of(System.getProperty("java.home"), "bin", name).toString(), arguments);
    }

    /** Runs any program in a folder, with these arguments alone. */
    public static ChildJvm run(Path folder, String program, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(arguments);
        try {
            Path output = Files.createTempFile("weft-child", ".txt"); // a pipe that nobody reads could block the child
            try {
                Process process = new ProcessBuilder(command)
                        .directory(folder.toAbsolutePath().toFile())
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
