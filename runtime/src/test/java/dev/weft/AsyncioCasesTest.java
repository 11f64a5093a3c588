package dev.weft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code asyncio-cases.md} tells which test holds which case of CPython's tests, and is true. */
class AsyncioCasesTest {
    private static final Pattern NUMBERED = Pattern.compile("\\| (\\d+) \\| (`.+`) \\| (.+) \\|");
    private static final Pattern PORTED = Pattern.compile("`(\\w+)#(\\w+)`");
    private static final Pattern TEST = Pattern.compile(
            "@(?:Test|ParameterizedTest|RepeatedTest)\\b(?:\\s*@\\w+(?:\\([^)]*\\))?|\\([^)]*\\))*\\s+void (\\w+)\\(");

    private static List<String> lines;
    private static final Map<String, List<String>> TESTS = new HashMap<>(); // by the simple names of their classes

    @BeforeAll
    static void read() throws IOException {
        lines = Files.readAllLines(Path.of("asyncio-cases.md"));
        readTests(Path.of("src", "test", "java"));
        readTests(Path.of("..", "agent", "tests", "src", "test", "java"));
    }

    private static void readTests(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith("Test.java")).toList()) {
                String name = file.getFileName().toString();
                name = name.substring(0, name.length() - ".java".length());
                Matcher test = TEST.matcher(Files.readString(file));
                while (test.find()) {
                    TESTS.computeIfAbsent(name, key -> new ArrayList<>()).add(test.group(1));
                }
            }
        }
    }

    @Test
    void eachNumberHasItsRow() {
        List<Integer> numbers = lines.stream()
                .map(NUMBERED::matcher)
                .filter(Matcher::matches)
                .map(row -> Integer.valueOf(row.group(1)))
                .toList();
        assertThat(numbers).isEqualTo(IntStream.rangeClosed(1, 176).boxed().toList());
    }

    @Test
    void eachRowNamesATestOrAReason() {
        for (String line : rows()) {
            String end = lastCell(line);
            boolean reason = end.startsWith("does not apply: ") || end.contains("comes with ");
            assertThat(reason || PORTED.matcher(end).find()).as(line).isTrue();
        }
    }

    @Test
    void eachTestExists() {
        List<String> missing = new ArrayList<>();
        for (String line : rows()) {
            Matcher ported = PORTED.matcher(lastCell(line));
            while (ported.find()) {
                if (!TESTS.getOrDefault(ported.group(1), List.of()).contains(ported.group(2))) {
                    missing.add(ported.group());
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    private static List<String> rows() {
        List<String> rows = lines.stream()
                .filter(line -> line.startsWith("| ") && !line.endsWith("| original | ported test |"))
                .toList();
        assertThat(rows).hasSizeGreaterThan(176);
        return rows;
    }

    private static String lastCell(String line) {
        String[] cells = line.split(" \\| ");
        return cells[cells.length - 1];
    }
}
