package dev.weft.io;

import static java.util.Objects.requireNonNull;

import dev.weft.Async;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Starts processes with other options than {@link Subprocess#exec} does.
 *
 * <pre>{@code
 * Subprocess.builder().directory(Path.of("src")).stderr(Redirect.INHERIT).exec("git", "log", "--oneline");
 * }</pre>
 *
 * <p>Where the three streams go to is said by the JDK's {@link Redirect}: {@code PIPE}, as all three do at first, {@code
 * INHERIT}, {@code DISCARD}, {@code Redirect.from(file)}, {@code Redirect.to(file)} or {@code Redirect.appendTo(file)}.
 */
public final class SubprocessBuilder {
    private final ProcessBuilder builder = new ProcessBuilder();
    private int limit = StreamReader.LIMIT;

    SubprocessBuilder() {}

    /** Sets the folder in which the process runs; null for that of this process. */
    public SubprocessBuilder directory(@Nullable Path folder) {
        builder.directory(folder == null ? null : folder.toFile());
        return this;
    }

    /** Sets a variable of the environment, which begins as that of this process; null takes it out. */
    public SubprocessBuilder environment(String name, @Nullable String value) {
        if (value == null) {
            builder.environment().remove(name);
        } else {
            builder.environment().put(name, value);
        }
        return this;
    }

    /** Sets the whole environment; nothing is taken from that of this process. */
    public SubprocessBuilder environment(Map<String, String> variables) {
        builder.environment().clear();
        builder.environment().putAll(variables);
        return this;
    }

    /** Sets where the process reads from; with {@link Redirect#DISCARD} it finds the end at once. */
    public SubprocessBuilder stdin(Redirect source) {
        builder.redirectInput(source == Redirect.DISCARD ? Redirect.from(nothing()) : source);
        return this;
    }

    /** Sets where the output goes to. */
    public SubprocessBuilder stdout(Redirect target) {
        builder.redirectOutput(target);
        return this;
    }

    /** Sets where the error output goes to. */
    public SubprocessBuilder stderr(Redirect target) {
        builder.redirectError(target);
        builder.redirectErrorStream(false);
        return this;
    }

    /** Lets the error output go where the output goes, in the order in which the process writes. */
    public SubprocessBuilder mergeStderr() {
        builder.redirectErrorStream(true);
        return this;
    }

    /** Sets the {@linkplain StreamReader limit} of the readers, in bytes. */
    public SubprocessBuilder limit(int bytes) {
        if (bytes <= 0) {
            throw new IllegalArgumentException("Limit cannot be <= 0: " + bytes);
        }
        limit = bytes;
        return this;
    }

    /** As {@link Subprocess#exec(String...)}. */
    @Async
    public Subprocess exec(String... command) throws IOException {
        return exec(List.of(command));
    }

    /** As {@link Subprocess#exec(String...)}. */
    @Async
    public Subprocess exec(List<String> command) throws IOException {
        if (command.isEmpty()) {
            throw new IllegalArgumentException("There is no command. The first string is the program, others follow.");
        }
        return Subprocess.start(copyFor(command), limit);
    }

    /** As {@link Subprocess#shell}. */
    @Async
    public Subprocess shell(String command) throws IOException {
        requireNonNull(command, "command");
        return Subprocess.start(copyFor(shellCommand(command)), limit);
    }

    /** Another one, as this one may be changed while the process is being started. */
    private ProcessBuilder copyFor(List<String> command) {
        ProcessBuilder copy = new ProcessBuilder(List.copyOf(command))
                .directory(builder.directory())
                .redirectInput(builder.redirectInput())
                .redirectOutput(builder.redirectOutput())
                .redirectError(builder.redirectError())
                .redirectErrorStream(builder.redirectErrorStream());
        Map<String, String> environment = copy.environment();
        environment.clear();
        environment.putAll(builder.environment());
        return copy;
    }

    private static List<String> shellCommand(String command) {
        if (isWindows()) {
            String shell = System.getenv("ComSpec");
            return List.of(shell == null ? "cmd.exe" : shell, "/c", command);
        }
        return List.of("/bin/sh", "-c", command);
    }

    private static File nothing() {
        return new File(isWindows() ? "NUL" : "/dev/null");
    }

    private static boolean isWindows() {
        return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
    }
}
