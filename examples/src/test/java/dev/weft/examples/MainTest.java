package dev.weft.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MainTest {
    @Test
    void runsTheNamedExamples() throws Exception {
        assertThat(Output.of(args -> Main.main(new String[] {"RunForever", "RunningLoop"})))
                .startsWith("== RunForever\ntick 0\n")
                .contains("closed: true\n\n== RunningLoop\noutside: ");
    }
}
