package dev.weft.benchmarks.report;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * A benchmark of the comparison with one choice of its parameters: what JMH knows it by, and what its annotations want the
 * JVM to be started with.
 */
record Program(Cell cell, String benchmark, Map<String, String> parameters, List<String> jvmArguments) {
    private static final String PACKAGE = "dev.weft.benchmarks.compare.";

    /** All that this jar holds. */
    static List<Program> all() {
        OutputFormat nothing = OutputFormatFactory.createFormatInstance(
                new PrintStream(OutputStream.nullOutputStream()), VerboseMode.SILENT);
        return BenchmarkList.defaultList().getAll(nothing, List.of()).stream()
                .filter(entry -> entry.getUserClassQName().startsWith(PACKAGE))
                .flatMap(entry -> of(entry).stream())
                .toList();
    }

    private static List<Program> of(BenchmarkListEntry entry) {
        String type = entry.getUserClassQName();
        String method = entry.getUsername().substring(type.length() + 1);
        List<String> jvmArguments = new ArrayList<>();
        for (Collection<String> some : List.of(
                entry.getJvmArgsPrepend().orElse(List.of()),
                entry.getJvmArgs().orElse(List.of()),
                entry.getJvmArgsAppend().orElse(List.of()))) {
            jvmArguments.addAll(some);
        }
        return choices(new TreeMap<>(entry.getParams().orElse(Map.of()))).stream()
                .map(choice -> new Program(
                        new Cell(type.substring(PACKAGE.length()), variant(choice), Contender.of(method)),
                        entry.getUsername(),
                        choice,
                        jvmArguments))
                .toList();
    }

    private static String variant(Map<String, String> choice) {
        return choice.entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                .collect(Collectors.joining(" "));
    }

    /** Each combination of the parameters' values. */
    static List<Map<String, String>> choices(Map<String, String[]> parameters) {
        List<Map<String, String>> choices = List.of(Map.of());
        for (Map.Entry<String, String[]> parameter : parameters.entrySet()) {
            List<Map<String, String>> more = new ArrayList<>();
            for (Map<String, String> choice : choices) {
                for (String value : parameter.getValue()) {
                    Map<String, String> longer = new LinkedHashMap<>(choice);
                    longer.put(parameter.getKey(), value);
                    more.add(longer);
                }
            }
            choices = more;
        }
        return choices;
    }
}
