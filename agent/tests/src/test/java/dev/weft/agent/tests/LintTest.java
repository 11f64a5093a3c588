package dev.weft.agent.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the agent says of likely mistakes when it loads their class. */
class LintTest {
    private static final Path SOURCE = Path.of("src/test/java/dev/weft/agent/tests/LintPrograms.java");
    private static final Pattern WARNING = Pattern.compile(
            "WARNING: dev\\.weft\\.agent\\.tests\\.LintPrograms\\.\\S+\\(LintPrograms\\.java:(\\d+)\\) (.*)");

    /** Loads the programs, and runs none of them. */
    static final class Loading {
        private Loading() {}

        public static void main(String[] args) throws ClassNotFoundException {
            Class.forName("dev.weft.agent.tests.LintPrograms");
        }
    }

    @Test
    void everyMistakeIsToldWithItsLine() throws IOException {
        String output = ChildJvm.withAgentOptions(Loading.class, "").output();

        assertThat(linesOf(output, "drops the task")).isEqualTo(linesWith("// dropped task"));
        assertThat(linesOf(output, "drops the coroutine that later gives"))
                .isEqualTo(linesWith("// dropped coroutine"));
        assertThat(linesOf(output, "catches CancelledError around the call of pause"))
                .isEqualTo(linesWith("// swallowed"));
    }

    @Test
    void nothingIsToldWhereNobodyWantsToKnow() {
        assertThat(ChildJvm.withAgentOptions(Loading.class, "lint=false").output())
                .doesNotContain("WARNING");
    }

    private static List<Integer> linesOf(String output, String finding) {
        return WARNING.matcher(output)
                .results()
                .filter(match -> match.group(2).startsWith(finding))
                .map((MatchResult match) -> Integer.valueOf(match.group(1)))
                .sorted()
                .toList();
    }

    private static List<Integer> linesWith(String comment) throws IOException {
        List<String> source = Files.readAllLines(SOURCE);
        List<Integer> lines = new ArrayList<>();
        for (int i = 0; i < source.size(); i++) {
            if (source.get(i).endsWith(comment)) {
                lines.add(i + 1);
            }
        }
        return lines;
    }
}
