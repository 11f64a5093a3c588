package dev.weft.agent.build;

import dev.weft.agent.Report;
import dev.weft.agent.build.BuildOptions.Flag;
import dev.weft.agent.compiler.CallGuards;
import dev.weft.agent.compiler.CompiledClass;
import dev.weft.agent.compiler.PoolScan;
import dev.weft.agent.compiler.Refusal;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One run of the command line: reads all class files, compiles those that are concerned, and writes only if all could be.
 */
final class Build {
    private static final Pattern VERSIONED = Pattern.compile("META-INF/versions/(9|[1-9]\\d{1,3})/.*");
    private static final int OLDEST = 8;
    private static final int SHOWN = 10;

    private final CommandLine commandLine;
    private final PrintStream out;
    private final PrintStream messages;
    private final ClassPath classPath;
    private final @Nullable Report report;
    private final Map<Integer, BuildCompiler> compilers = new TreeMap<>();
    private final List<Work> works = new ArrayList<>();
    private boolean failed;

    private Build(CommandLine commandLine, PrintStream out, PrintStream messages) {
        this.commandLine = commandLine;
        this.out = out;
        this.messages = messages;
        classPath = new ClassPath(commandLine.classPath());
        report = commandLine.options().report() == null
                ? null
                : new Report(commandLine.options().report());
    }

    /** One of the places, and what becomes of it. */
    private record Work(Place place, int classes, Map<String, byte[]> concerned, Map<String, byte[]> changed) {}

    /** Whether everything could be rewritten; if not, {@code messages} tells why, and nothing has been written. */
    static boolean run(CommandLine commandLine, PrintStream out, PrintStream messages)
            throws IOException, BuildException {
        Build build = new Build(commandLine, out, messages);
        try (build.classPath) {
            return build.run();
        }
    }

    private boolean run() throws IOException, BuildException {
        for (Path path : commandLine.places()) {
            add(Place.of(path));
        }
        for (Work work : works) {
            work.concerned
                    .entrySet()
                    .removeIf(file -> !compilerFor(file.getKey()).concerns(file.getValue()));
        }
        classPath.missing().clear(); // asked for by classes that nobody rewrites
        for (Work work : works) {
            work.concerned.forEach((path, classFile) -> compile(work, path, classFile));
            checkSignature(work);
        }
        tellOfMissing();
        if (!failed) {
            for (Work work : works) {
                write(work);
            }
        }
        return !failed;
    }

    private void add(Place place) throws IOException, BuildException {
        Map<String, byte[]> classFiles = place.classFiles();
        works.add(new Work(place, classFiles.size(), classFiles, new LinkedHashMap<>()));
        for (Map.Entry<String, byte[]> file : classFiles.entrySet()) {
            try {
                PoolScan scan = PoolScan.of(file.getValue());
                classPath.add(scan.name(), versionOf(file.getKey()), file.getValue());
            } catch (RuntimeException e) {
                throw new BuildException(file.getKey() + " in " + place.path() + " is not a class file: " + e, e);
            }
        }
    }

    private static int versionOf(String path) {
        Matcher versioned = VERSIONED.matcher(path);
        return versioned.matches() ? Integer.parseInt(versioned.group(1)) : OLDEST;
    }

    private BuildCompiler compilerFor(String path) {
        return compilers.computeIfAbsent(
                versionOf(path), version -> new BuildCompiler(classPath.at(version), commandLine.options(), report));
    }

    private void compile(Work work, String path, byte[] classFile) {
        try {
            CompiledClass compiled = compilerFor(path).compile(classFile);
            for (Refusal refusal : compiled.refusals()) {
                boolean error = refusal.fatal() && !commandLine.options().has(Flag.ALLOW_REFUSALS);
                tell(error ? "error" : "warning", refusal.message());
                failed |= error;
            }
            if (!commandLine.options().has(Flag.NO_LINT)) {
                compiled.lints().forEach(lint -> tell("warning", lint.message()));
            }
            if (compiled.classFile() != null) {
                work.changed.put(path, compiled.classFile());
            }
        } catch (BuildException e) {
            tell("error", e.getMessage());
            failed = true;
        }
    }

    private void checkSignature(Work work) throws IOException {
        if (work.changed.isEmpty() || !work.place.isSigned()) {
            return;
        }
        if (commandLine.options().has(Flag.STRIP_SIGNATURES)) {
            tell("warning", work.place.path() + " was signed; sign the rewritten jar again");
        } else {
            tell(
                    "error",
                    work.place.path() + " is signed, and rewritten classes would not fit the signature."
                            + " Give --strip-signatures and sign the rewritten jar again.");
            failed = true;
        }
    }

    private void tellOfMissing() {
        classPath.missing().remove(CallGuards.MOCKITO); // looked for without need
        List<String> missing =
                classPath.missing().stream().map(name -> name.replace('/', '.')).toList();
        if (!missing.isEmpty()) {
            tell(
                    "warning",
                    "not on the class path, so that calls of their methods cannot suspend: "
                            + String.join(", ", missing.subList(0, Math.min(missing.size(), SHOWN)))
                            + (missing.size() > SHOWN ? " and " + (missing.size() - SHOWN) + " more" : ""));
        }
    }

    private void write(Work work) throws IOException {
        Path place = work.place.path();
        Path target = commandLine.output() == null ? place : commandLine.output();
        if (!work.changed.isEmpty() || !target.equals(place)) {
            work.place.write(work.changed, target);
        }
        out.println(work.changed.size() + " of " + work.classes + " classes rewritten in " + target);
    }

    private void tell(String kind, @Nullable String message) {
        messages.println("weft: " + kind + ": " + message);
    }
}
