package dev.weft.agent.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code shapes.md} tells what covers each shape, and is true. */
class ShapesTableTest {
    private static final Pattern ROW = Pattern.compile("\\| ([SFT])(\\d+) \\| ([^|]+) \\| (.+) \\|");
    private static final Pattern COVER = Pattern.compile("`(\\w+)(?:\\.(\\w+))?`");

    private static List<String> rows;
    private static Map<String, String> sources; // by the names of their classes

    @BeforeAll
    static void read() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("shapes.md"))) {
            rows = lines.filter(line -> ROW.matcher(line).matches()).toList();
        }
        sources = new java.util.HashMap<>();
        for (Path root : List.of(Path.of("."), Path.of(".."), Path.of("..", "..", "runtime"))) {
            try (Stream<Path> files = Files.walk(root.resolve(Path.of("src", "test", "java")))) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    String name = file.getFileName().toString();
                    sources.put(name.substring(0, name.length() - ".java".length()), Files.readString(file));
                }
            }
        }
    }

    @Test
    void eachShapeFailureAndTrapHasItsRow() {
        assertThat(numbers("S")).isEqualTo(IntStream.rangeClosed(1, 70).boxed().toList());
        assertThat(numbers("F")).isEqualTo(IntStream.rangeClosed(1, 20).boxed().toList());
        assertThat(numbers("T")).isEqualTo(IntStream.rangeClosed(0, 17).boxed().toList());
    }

    private static List<Integer> numbers(String kind) {
        return rows.stream()
                .map(ShapesTableTest::matched)
                .filter(row -> row.group(1).equals(kind))
                .map(row -> Integer.valueOf(row.group(2)))
                .toList();
    }

    @Test
    void eachCoverExists() {
        List<String> missing = new ArrayList<>();
        for (String row : rows) {
            List<String> covers = new ArrayList<>();
            Matcher cover = COVER.matcher(matched(row).group(4));
            while (cover.find()) {
                covers.add(cover.group());
                String source = sources.get(cover.group(1));
                if (source == null || cover.group(2) != null && !names(source, cover.group(2))) {
                    missing.add(cover.group() + " in " + row);
                }
            }
            assertThat(covers).as(row).isNotEmpty();
        }
        assertThat(missing).isEmpty();
    }

    private static boolean names(String source, String program) {
        return source.contains(program + "(") || source.contains("\"" + program + "\"");
    }

    private static Matcher matched(String row) {
        Matcher matcher = ROW.matcher(row);
        assertThat(matcher.matches()).isTrue();
        return matcher;
    }
}
