package dev.weft.agent.tests.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.UnsupportedSuspensionError;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Methods with more locals, suspension points and code than anybody writes by hand: shape 12. */
class LargeMethodsTest {
    private record Pair(Program untouched, Program rewritten, Program other) {}

    private static Pair compiled(String body) throws ClassNotFoundException {
        String source = """
                import static dev.weft.agent.tests.corpus.Suspensions.*;
                final class Large {
                    @dev.weft.Async
                    static Object program() {
                        %s
                    }

                    @dev.weft.Async
                    static Object small() {
                        return p("small") + i(1);
                    }
                }
                """.formatted(body);
        Map<String, byte[]> classFiles = Compiler.compile("Large", source);
        Class<?> untouched = Class.forName("Large", true, CorpusLoader.untouched(classFiles));
        Class<?> rewritten = Class.forName("Large", true, CorpusLoader.rewritten(classFiles));
        return new Pair(
                Program.of(untouched, "program"), Program.of(rewritten, "program"), Program.of(rewritten, "small"));
    }

    @Test
    void moreLocalsThanAByteCounts() throws Exception {
        StringBuilder body = new StringBuilder();
        StringBuilder sum = new StringBuilder("\"\"");
        for (int k = 0; k < 100; k++) {
            boolean suspending = k % 33 == 0;
            body.append(
                    suspending
                            ? "long l%1$d = l(%1$d); String s%1$d = p(\"s%1$d\");".formatted(k)
                            : "long l%1$d = l0 + %1$d; String s%1$d = s0 + %1$d;".formatted(k));
            body.append("int i%1$d = %1$d; i%1$d++;%n".formatted(k));
            sum.append(" + (l%1$d + i%1$d) + s%1$d".formatted(k));
        }
        Pair pair = compiled(body + "v(); i99 += 200; return " + sum + ";");
        Comparison.brief(pair.untouched(), pair.rewritten());
    }

    @Test
    void moreArgumentsThanAnyFrameHasFieldsFor() throws Exception {
        Pair pair = compiled("return l(1) + \"\" + many(1, 2L, \"3\", 4d, 5, 6L, \"7\", 8d, 9, 10L, \"11\", 12d, 13f);}"
                + "@dev.weft.Async static String many(int a, long b, String c, double d, int e, long f, String g, double h,"
                + " int i, long j, String k, double m, float n) { v(); String s = a + b + c + d + e + f; v();"
                + " return s + g + h + i + j + k + m + n;");
        Comparison.thorough(pair.untouched(), pair.rewritten());
    }

    @Test
    void moreCasesThanFitOnAPage() throws Exception {
        StringBuilder body = new StringBuilder("String a = \"\"; for (int k = 0; k < 5; k++) {\n");
        body.append("switch (i(k) * 131) {\n");
        for (int k = 0; k < 800; k++) {
            String text = k % 100 < 3 ? "case %1$d: a += p(\"%1$d\"); break;%n" : "case %1$d: a += %1$d;%n";
            body.append(text.formatted(k * 131));
        }
        body.append("default: v(); }\nswitch (p(\"s\" + k)) {\n");
        for (int k = 0; k < 300; k++) {
            body.append("case \"s%1$d\": a += %2$s; break;%n".formatted(k, k % 2 == 0 ? "p(\"even\")" : "i(k)"));
        }
        Pair pair = compiled(body + "} } return a;");
        Comparison.brief(pair.untouched(), pair.rewritten());
    }

    /** From a size on, methods cannot be rewritten; what they do then is to say so, and never anything else. */
    @ParameterizedTest
    @ValueSource(ints = {50, 150, 300, 450, 600, 900, 1300, 2000})
    void muchCode(int points) throws Exception {
        StringBuilder body = new StringBuilder("String a = p(\"a\"); long sum = 0; for (int k = 0; k < 2; k++) {\n");
        for (int k = 0; k < points; k++) {
            body.append(
                    k % 3 == 0
                            ? "sum += i(k) + %d;%n".formatted(k)
                            : k % 3 == 1
                                    ? "if (z(sum > %d)) continue;%n".formatted(100 * points)
                                    : "a = a.substring(0, 1).concat(p(\"%d\"));%n".formatted(k));
        }
        Pair pair = compiled(body + "} return a + sum;");
        Trace expected = Trace.of(pair.untouched(), Plan.nothingSuspends());
        Trace actual = Trace.of(pair.rewritten(), Plan.everythingSuspends());
        if (actual.outcome().contains(UnsupportedSuspensionError.class.getName())) {
            assertThat(points).isGreaterThan(300);
            assertThat(actual.outcome()).contains("Large.program", "Split the method");
            assertThat(Trace.of(pair.other(), Plan.everythingSuspends()).outcome())
                    .isEqualTo("returned small1");
        } else {
            assertThat(actual).isEqualTo(expected);
        }
    }

    /** Stack maps of that size are more than ASM agrees to work out where a jump has become too long. */
    @Test
    void muchCodeAndManyLocals() throws Exception {
        StringBuilder body = new StringBuilder("int sum = 0;");
        for (int k = 0; k < 220; k++) {
            body.append("long l%1$d = sum + %1$d; ".formatted(k));
        }
        body.append("while (z(sum < 10)) { sum++;");
        for (int k = 0; k < 200; k++) {
            body.append("if (sum > %1$d) { l%1$d += i(%1$d); }%n".formatted(k));
        }
        body.append("} return sum");
        for (int k = 0; k < 220; k++) {
            body.append(" + l").append(k);
        }
        Pair pair = compiled(body + ";");
        Trace actual = Trace.of(pair.rewritten(), Plan.everythingSuspends());
        assertThat(actual.outcome()).contains(UnsupportedSuspensionError.class.getName(), "Split the method");
        assertThat(Trace.of(pair.other(), Plan.everythingSuspends()).outcome()).isEqualTo("returned small1");
    }
}
