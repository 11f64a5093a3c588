package dev.weft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Programs made at random do here what they do in asyncio: everything happens in the same order, at the same times, with
 * the same values and failures. They and what CPython printed are in {@code asyncio-programs.txt}; to compare others, make
 * them with {@code src/test/python/asyncio_programs.py} and name the file: {@code -Dweft.asyncio.programs=FILE}.
 */
class ComparedProgramsTest {
    @ParameterizedTest(name = "{0}")
    @MethodSource
    void everyTraceIsTheSame(String name, TaskFactory tasks, String program, List<String> expected) {
        assertThat(ComparedProgram.trace(ProgramText.parse(program), tasks)).isEqualTo(expected);
    }

    static Stream<Arguments> everyTraceIsTheSame() throws IOException {
        return Stream.of(read().strip().split("\n\n")).map(entry -> {
            List<String> lines = entry.lines().toList();
            String name = lines.get(0);
            TaskFactory tasks = name.endsWith(" eager") ? TaskFactory.EAGER : TaskFactory.LAZY;
            return Arguments.of("program " + name, tasks, lines.get(1), lines.subList(2, lines.size()));
        });
    }

    private static String read() throws IOException {
        String file = System.getProperty("weft.asyncio.programs");
        if (file != null) {
            return Files.readString(Path.of(file));
        }
        try (InputStream stream = ComparedProgramsTest.class.getResourceAsStream("asyncio-programs.txt")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
