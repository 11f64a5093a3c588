package dev.weft.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.weft.agent.compiler.Purpose;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", ";", " ; "})
    void withoutArgumentsThereAreDefaults(String arguments) {
        Options options = Options.parse(arguments);

        assertThat(options.async().isEmpty()).isTrue();
        assertThat(options.report()).isNull();
        assertThat(options.verify()).isFalse();
        assertThat(options.purpose()).isEqualTo(Purpose.PRODUCTION);
    }

    @Test
    void optionsAreSeparatedBySemicolonsAndValuesByCommas() {
        Options options = Options.parse("async=com.acme.Foo,org.example.**; report=out/weft.txt ;verify=true");

        assertThat(options.async().mayContain("com/acme/")).isTrue();
        assertThat(options.async().mayContain("org/example/deep/")).isTrue();
        assertThat(options.report()).isEqualTo(Path.of("out/weft.txt"));
        assertThat(options.verify()).isTrue();
    }

    @Test
    void variablesAreKeptForDebuggersOnRequest() {
        assertThat(Options.parse("debug=true").purpose()).isEqualTo(Purpose.DEBUGGING);
        assertThat(Options.parse("debug=false").purpose()).isEqualTo(Purpose.PRODUCTION);
    }

    @Test
    void valueMayContainAnEqualsSign() {
        assertThat(Options.parse("report=a=b.txt").report()).isEqualTo(Path.of("a=b.txt"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            verify=yes     | verify=yes: expected true or false
            verify         | option 'verify' has no value; write verify=value
            report=        | option 'report' has no value; write report=value
            asinc=Foo      | unknown option 'asinc'; there are async=, report=, verify=, debug= and lint=
            asinc          | unknown option 'asinc'; there are async=, report=, verify=, debug= and lint=
            =Foo           | unknown option ''; there are async=, report=, verify=, debug= and lint=
            async=a.*.b    | async=a.*.b: expected a class name, a.package.* or a.package.** (every package below)
            async=a.B,,c.D | async=: expected a class name, a.package.* or a.package.** (every package below)
            async=a.B,     | async=: expected a class name, a.package.* or a.package.** (every package below)
            async=,        | async=: expected a class name, a.package.* or a.package.** (every package below)
            """)
    void mistakesAreNamedTogetherWithWhatCanBeWritten(String arguments, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.parse(arguments))
                .withMessage(message);
    }

    @Test
    void fileNameThatCannotBeIsRejected() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.parse("report=a\0b"))
                .withMessage("report=a\0b is not a file name");
    }
}
