package dev.weft.benchmarks.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Heap of parked tasks: programs that print contender, depth and the bytes of one. */
final class Parked {
    private static final String MAIN = "dev.weft.benchmarks.compare.ParkedTasks";
    private static final Pattern BYTES = Pattern.compile("^\\w+ \\d+ ([0-9.]+)$", Pattern.MULTILINE);

    private static final List<Contender> CONTENDERS = List.of(
            Contender.WEFT,
            Contender.CALLBACKS,
            Contender.KOTLIN,
            Contender.VIRTUAL_THREADS,
            Contender.COMPLETABLE_FUTURE,
            Contender.EA_ASYNC);

    private static final List<String> JVM_ARGUMENTS = List.of(
            "-Xms2g",
            "-Xmx2g",
            "-Djdk.virtualThreadScheduler.parallelism=1",
            "-Djdk.virtualThreadScheduler.maxPoolSize=1");

    private final Path agent;

    Parked(Path agent) {
        this.agent = agent;
    }

    static List<Program> all() {
        List<Program> programs = new ArrayList<>();
        for (String depth : List.of("1", "5")) {
            for (Contender contender : CONTENDERS) {
                if (contender == Contender.CALLBACKS && !depth.equals("1")) {
                    continue; // nobody calls a callback but the loop
                }
                Cell cell = new Cell(Cell.PARKED, "depth=" + depth, contender);
                programs.add(new Program(cell, MAIN, Map.of("depth", depth), JVM_ARGUMENTS));
            }
        }
        return programs;
    }

    Figures run(Program program, Jdk jdk) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(jdk.java().toString()));
        command.addAll(program.jvmArguments());
        if (program.cell().contender().runsWithAgent()) {
            command.add("-javaagent:" + agent);
        }
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                program.benchmark(),
                program.cell().contender().id,
                String.valueOf(program.parameters().get("depth"))));
        return new Figures(Double.NaN, Double.NaN, Double.NaN, Double.NaN, bytes(Child.output(command)));
    }

    static double bytes(String output) {
        Matcher matcher = BYTES.matcher(output);
        if (!matcher.find()) {
            throw new IllegalStateException("No bytes in: " + output);
        }
        return Double.parseDouble(matcher.group(1));
    }
}
