package dev.weft.agent.build;

import dev.weft.agent.build.BuildOptions.Flag;
import dev.weft.agent.compiler.AsyncSelection;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The command line of the agent jar.
 *
 * @param places folders and jars to rewrite
 * @param classPath folders and jars with what they use
 * @param output where the only place goes, or null if all stay where they are
 */
record CommandLine(
        BuildOptions options,
        List<Path> places,
        List<Path> classPath,
        @Nullable Path output) {
    static final String USAGE = """
            usage: java -jar weft-agent.jar [OPTION...] FOLDER-OR-JAR...

            Rewrites the @Async methods of class files, so that they need no agent when they run.
            Folders and jars are rewritten in place; classes that are rewritten already are left alone.

              --class-path PATH    folders and jars with the classes that these use, Weft's runtime among them
              --async PATTERNS     methods of these classes count as annotated: org.example.**,com.acme.Foo
              --output PATH        write the one folder or jar to this place instead
              --report FILE        list rewritten and refused methods in this file
              --verify             check each rewritten class as the JVM will
              --allow-refusals     methods that cannot be rewritten throw when they are called, and are no error
              --strip-signatures   remove the signatures of jars, which do not fit rewritten classes
              --no-lint            say nothing of likely mistakes, such as handlers that swallow cancellations

            Exit status: 0 done, 1 something could not be rewritten and nothing was, 2 the command was not understood.
            """;

    private static final List<String> ALL = Stream.concat(
                    Stream.of("class-path", "async", "output", "report"),
                    Arrays.stream(Flag.values()).map(Flag::text))
            .toList();

    /**
     * @throws IllegalArgumentException if the arguments cannot be understood
     */
    static CommandLine parse(List<String> arguments) {
        Parser parser = new Parser(ALL);
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String argument = rest.next();
            if (argument.equals("-cp")) {
                parser.option("class-path", rest);
            } else if (argument.startsWith("--")) {
                parser.option(argument.substring(2), rest);
            } else if (argument.startsWith("-")) {
                throw new IllegalArgumentException("unknown option " + argument);
            } else {
                parser.places.add(path(argument));
            }
        }
        if (parser.places.isEmpty()) {
            throw new IllegalArgumentException("no folder or jar is named");
        }
        if (parser.output != null && parser.places.size() > 1) {
            throw new IllegalArgumentException("--output takes one folder or jar, not " + parser.places.size());
        }
        return new CommandLine(parser.options(), parser.places, parser.classPath, parser.output);
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(text + " is not a file name", e);
        }
    }

    /** Takes one option after the other. */
    static final class Parser {
        private final List<String> known;
        private final List<Path> places = new ArrayList<>();
        private final List<Path> classPath = new ArrayList<>();
        private final Set<Flag> flags = EnumSet.noneOf(Flag.class);
        private AsyncSelection async = AsyncSelection.NONE;
        private @Nullable Path report;
        private @Nullable Path output;

        Parser(List<String> known) {
            this.known = known;
        }

        BuildOptions options() {
            return new BuildOptions(async, report, flags);
        }

        /**
         * @param option {@code name}, or {@code name=value}
         * @param rest where a value can be that does not follow the name, or null
         */
        void option(String option, @Nullable Iterator<String> rest) {
            int equals = option.indexOf('=');
            String name = equals < 0 ? option : option.substring(0, equals);
            if (!known.contains(name)) {
                throw new IllegalArgumentException("unknown option '" + name + "'; there are "
                        + String.join(
                                ", ",
                                known.stream()
                                        .filter(each -> !each.equals(Flag.RUNTIME.text()))
                                        .toList()));
            }
            for (Flag flag : Flag.values()) {
                if (flag.text().equals(name)) {
                    set(flag, equals < 0 ? "true" : option.substring(equals + 1));
                    return;
                }
            }
            String value =
                    equals >= 0 ? option.substring(equals + 1) : rest != null && rest.hasNext() ? rest.next() : "";
            if (value.isBlank()) {
                throw new IllegalArgumentException("option '" + name + "' has no value");
            }
            switch (name) {
                case "async" -> async = new AsyncSelection(List.of(value.split(",", -1)));
                case "report" -> report = path(value);
                case "output" -> output = path(value);
                default -> addClassPath(value);
            }
        }

        private void set(Flag flag, String value) {
            switch (value) {
                case "true" -> flags.add(flag);
                case "false" -> flags.remove(flag);
                default -> throw new IllegalArgumentException(flag.text() + "=" + value + ": expected true or false");
            }
        }

        private void addClassPath(String value) {
            for (String element : value.split(File.pathSeparator)) {
                if (element.equals("*") || element.endsWith("/*") || element.endsWith(File.separator + "*")) {
                    addJars(path(element.length() == 1 ? "." : element.substring(0, element.length() - 1)));
                } else if (!element.isEmpty()) {
                    classPath.add(path(element));
                }
            }
        }

        private void addJars(Path folder) {
            try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, "*.{jar,JAR}")) {
                List<Path> sorted = new ArrayList<>();
                jars.forEach(sorted::add);
                sorted.stream().sorted().forEach(classPath::add);
            } catch (IOException e) {
                throw new IllegalArgumentException(folder + " on the class path cannot be read: " + e, e);
            }
        }
    }
}
