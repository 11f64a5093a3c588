package dev.weft.agent.tests.random;

/** Indents Java by its braces. */
final class Layout {
    private Layout() {}

    static String indented(String source) {
        StringBuilder text = new StringBuilder();
        int depth = 0;
        for (String untrimmed : source.split("\n")) {
            String line = untrimmed.strip();
            int closes = line.startsWith("}") ? 1 : 0;
            text.append("    ".repeat(Math.max(0, depth - closes))).append(line).append('\n');
            depth += (int) (count(line, '{') - count(line, '}'));
        }
        return text.toString();
    }

    private static long count(String line, char brace) {
        return line.chars().filter(c -> c == brace).count();
    }
}
