package dev.weft.benchmarks.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** One JVM that runs one program, started by JMH. */
final class Fork {
    private static final TimeValue PATIENCE = TimeValue.minutes(2);

    private final Path agent;
    private final Path log;

    /** What JMH says is added to the log. */
    Fork(Path agent, Path log) {
        this.agent = agent;
        this.log = log;
    }

    /** What it measured; if it fails, an exception says why. */
    Figures run(Program program, Jdk jdk, Effort effort) throws IOException {
        List<String> jvmArguments = new ArrayList<>(Compare.HEAP);
        if (program.cell().contender().runsWithAgent()) {
            jvmArguments.add("-javaagent:" + agent);
        }
        jvmArguments.addAll(program.jvmArguments());
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + Pattern.quote(program.benchmark()) + "$")
                .jvm(jdk.java().toString())
                .jvmArgsPrepend()
                .jvmArgs(jvmArguments.toArray(new String[0]))
                .jvmArgsAppend()
                .forks(1)
                .warmupIterations(effort.warmups())
                .warmupTime(TimeValue.milliseconds(effort.warmupTime()))
                .measurementIterations(effort.iterations())
                .measurementTime(TimeValue.milliseconds(effort.iterationTime()))
                .timeout(PATIENCE)
                .shouldFailOnError(true);
        program.parameters().forEach(options::param);
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8)) {
            Collection<RunResult> results = new Runner(
                            options.build(), OutputFormatFactory.createFormatInstance(out, VerboseMode.NORMAL))
                    .run();
            if (results.size() != 1) {
                throw new IllegalStateException("JMH knows no benchmark " + program.benchmark());
            }
            RunResult result = results.iterator().next();
            return program.cell().usesOtherThreads() ? Figures.of(result) : Figures.fastest(result);
        } catch (RunnerException e) {
            throw new IllegalStateException(
                    Child.reason(said.toString(StandardCharsets.UTF_8), String.valueOf(e.getMessage())), e);
        } finally {
            Files.write(log, said.toByteArray(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }
}
