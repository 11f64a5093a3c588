package dev.weft.agent;

import dev.weft.agent.compiler.CompiledClass;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Collectors;

/** The file of the option {@code report=}: one line for each rewritten and each refused method, as classes are loaded. */
public final class Report {
    private static final Logger LOGGER = System.getLogger("dev.weft.agent");

    private final Path file;

    public Report(Path file) {
        this.file = file;
        write("", StandardOpenOption.TRUNCATE_EXISTING);
    }

    public synchronized void add(CompiledClass compiled) {
        StringBuilder lines = new StringBuilder();
        String name = compiled.name().replace('/', '.');
        compiled.methods()
                .forEach(method -> lines.append("rewritten ")
                        .append(name)
                        .append('.')
                        .append(method.name())
                        .append(method.descriptor())
                        .append(" lines ")
                        .append(method.lines().stream().map(String::valueOf).collect(Collectors.joining(",")))
                        .append('\n'));
        compiled.refusals()
                .forEach(refusal ->
                        lines.append("refused ").append(refusal.message()).append('\n'));
        if (lines.length() > 0) {
            try {
                write(lines.toString(), StandardOpenOption.APPEND);
            } catch (UncheckedIOException e) { // no reason to go on without the rewritten class
                LOGGER.log(Level.WARNING, e.getMessage(), e.getCause());
            }
        }
    }

    private void write(String text, StandardOpenOption mode) {
        try {
            Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.WRITE, mode);
        } catch (IOException e) {
            throw new UncheckedIOException("report=" + file + " cannot be written", e);
        }
    }
}
