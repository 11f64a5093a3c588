package dev.weft.agent.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.weft.agent.build.BuildOptions.Flag;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be written after {@code java -jar weft-agent.jar}, and in the arguments of the Byte Buddy plugin. */
class CommandLineTest {
    @TempDir
    Path folder;

    private static CommandLine parse(String... arguments) {
        return CommandLine.parse(Arrays.asList(arguments));
    }

    @Test
    void placesAloneAreEnough() {
        CommandLine commandLine = parse("classes", "lib/a.jar");
        assertThat(commandLine.places()).containsExactly(Path.of("classes"), Path.of("lib/a.jar"));
        assertThat(commandLine.classPath()).isEmpty();
        assertThat(commandLine.output()).isNull();
        assertThat(commandLine.options().async().isEmpty()).isTrue();
        assertThat(commandLine.options().report()).isNull();
        assertThat(commandLine.options().flags()).isEmpty();
    }

    @Test
    void valuesFollowAfterASpaceOrAnEqualsSign() {
        for (CommandLine commandLine : List.of(
                parse("--async", "a.b.**,c.D", "--report", "r.txt", "--output", "out", "--verify", "in"),
                parse("in", "--async=a.b.**,c.D", "--report=r.txt", "--output=out", "--verify=true"))) {
            assertThat(commandLine.places()).containsExactly(Path.of("in"));
            assertThat(commandLine.output()).isEqualTo(Path.of("out"));
            assertThat(commandLine.options().report()).isEqualTo(Path.of("r.txt"));
            assertThat(commandLine.options().async().mayContain("a/b/c/X")).isTrue();
            assertThat(commandLine.options().flags()).containsExactly(Flag.VERIFY);
        }
    }

    @Test
    void theClassPathIsWrittenAsForJava() throws IOException {
        Files.createFile(folder.resolve("b.jar"));
        Files.createFile(folder.resolve("a.JAR"));
        Files.createFile(folder.resolve("c.txt"));
        String path = String.join(File.pathSeparator, "classes", folder + "/*", "", "x.jar");
        List<Path> expected =
                List.of(Path.of("classes"), folder.resolve("a.JAR"), folder.resolve("b.jar"), Path.of("x.jar"));
        assertThat(parse("--class-path", path, "in").classPath()).isEqualTo(expected);
        assertThat(parse("-cp", path, "in").classPath()).isEqualTo(expected);
        assertThat(parse("-cp", "a", "--class-path=b", "in").classPath()).containsExactly(Path.of("a"), Path.of("b"));
    }

    @Test
    void whatIsNotUnderstoodIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse("--verfy", "in"))
                .withMessageContainingAll("verfy", "class-path, async, output, report, verify")
                .withMessageNotContaining("runtime");
        assertThatIllegalArgumentException().isThrownBy(() -> parse("-x", "in")).withMessageContaining("-x");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse("in", "--report"))
                .withMessageContaining("report");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse("--verify=yes", "in"))
                .withMessageContaining("verify=yes: expected true or false");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse("--async=a.*.b", "in"))
                .withMessageContaining("a.*.b");
        assertThatIllegalArgumentException().isThrownBy(() -> parse("--verify")).withMessageContaining("no folder");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse("--output=x", "a", "b"))
                .withMessageContaining("--output takes one");
    }

    @Test
    void thePluginTakesTheOptionsThatMakeSenseThere() {
        BuildOptions options = BuildOptions.parse("async=a.b.**; report=r.txt ;allow-refusals;verify=false;");
        assertThat(options.async().mayContain("a/b/X")).isTrue();
        assertThat(options.report()).isEqualTo(Path.of("r.txt"));
        assertThat(options.flags()).containsExactly(Flag.ALLOW_REFUSALS);
        assertThat(BuildOptions.parse("").flags()).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BuildOptions.parse("output=x"))
                .withMessageContaining("async, report, verify, allow-refusals");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BuildOptions.parse("async"))
                .withMessageContaining("has no value");
    }

    @Test
    void helpIsPrintedAndMistakesEndWithIt() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        assertThat(Main.run(List.of("--help"), new PrintStream(out), new PrintStream(messages)))
                .isZero();
        assertThat(out.toString()).isEqualTo(CommandLine.USAGE);
        assertThat(messages.toString()).isEmpty();
        assertThat(Main.run(List.of(), new PrintStream(out), new PrintStream(messages)))
                .isEqualTo(2);
        assertThat(messages.toString()).startsWith("weft: no folder or jar").endsWith(CommandLine.USAGE);
    }
}
