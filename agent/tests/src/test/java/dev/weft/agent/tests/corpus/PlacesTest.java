package dev.weft.agent.tests.corpus;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The same bodies at every place where a method can be. */
class PlacesTest {
    /** Each declares all that a call of {@code PlaceCorpus.call()} needs. */
    private static final Map<String, String> PLACES = new LinkedHashMap<>();

    /** Each uses the parameters {@code int number, long wide, String text} and returns an {@code Object}. */
    private static final Map<String, String> BODIES = new LinkedHashMap<>();

    static {
        String parameters = "(int number, long wide, String text) throws Exception";
        String arguments = "(i(3), l(4L), p(\"text\"))";
        PLACES.put(
                "a static method",
                "@Async private static Object work" + parameters
                        + " {BODY} @Async static Object call() throws Exception { return work" + arguments + "; }");
        PLACES.put(
                "an instance method",
                "@Async Object work" + parameters
                        + " {BODY} @Async static Object call() throws Exception { return new PlaceCorpus().work"
                        + arguments
                        + "; }");
        PLACES.put(
                "a private instance method",
                "@Async private Object work" + parameters
                        + " {BODY} @Async static Object call() throws Exception { return new PlaceCorpus().work"
                        + arguments
                        + "; }");
        PLACES.put(
                "a lambda",
                "interface Work { @Async Object work" + parameters
                        + "; } @Async static Object call() throws Exception { Work work = (number, wide, text) -> {BODY}; return"
                        + " work.work" + arguments + "; }");
        PLACES.put(
                "a lambda with captures",
                "@Async static Object call() throws Exception { int number = i(3); long wide = l(4L); String text = p(\"text\");"
                        + " Coroutine<Object> work = () -> {BODY}; return work.run(); }");
        PLACES.put(
                "a lambda that captures this",
                "int number = 3; long wide = 4; String text = \"text\"; @Async Object made() throws Exception {"
                        + " Coroutine<Object> work = () -> {BODY}; return work.run(); } @Async static Object call() throws"
                        + " Exception { v(); l(1); i(1); return new PlaceCorpus().made(); }");
        PLACES.put(
                "a default method",
                "interface Work { @Async default Object work" + parameters
                        + " {BODY} } @Async static Object call() throws Exception { return new Work() {}.work"
                        + arguments
                        + "; }");
        PLACES.put(
                "a private interface method",
                "interface Work { @Async default Object call" + parameters
                        + " { return work(number, wide, text); } @Async private Object work" + parameters
                        + " {BODY} } @Async static Object call() throws Exception { return new Work() {}.call"
                        + arguments
                        + "; }");
        PLACES.put(
                "a static interface method",
                "interface Work { @Async static Object work" + parameters
                        + " {BODY} } @Async static Object call() throws Exception { return Work.work" + arguments
                        + "; }");
        PLACES.put(
                "a lambda in an interface",
                "interface Work { @Async static Object work" + parameters
                        + " { Coroutine<Object> work = () -> {BODY}; return work.run(); } } @Async static Object call() throws"
                        + " Exception { return Work.work" + arguments + "; }");
        PLACES.put(
                "a record",
                "record Work(int number, long wide, String text) { @Async Object work() throws Exception {BODY} } @Async static"
                        + " Object call() throws Exception { return new Work" + arguments + ".work(); }");
        PLACES.put(
                "the body of an enum constant",
                "enum Work { ONE { @Override Object work" + parameters + " {BODY} }; @Async abstract Object work"
                        + parameters + "; } @Async static Object call() throws Exception { return Work.ONE.work"
                        + arguments + "; }");
        PLACES.put(
                "an enum",
                "enum Work { ONE; @Async Object work" + parameters
                        + " {BODY} } @Async static Object call() throws Exception { return Work.ONE.work" + arguments
                        + "; }");
        PLACES.put(
                "a static nested class",
                "static final class Work { @Async private Object work" + parameters
                        + " {BODY} } @Async static Object call() throws Exception { return new Work().work" + arguments
                        + "; }");
        PLACES.put(
                "a superclass",
                "abstract static class Base { @Async Object work" + parameters
                        + " {BODY} } static class Work extends Base { @Override Object work" + parameters
                        + " { return super.work(number, wide, text); } } @Async static Object call() throws Exception {"
                        + " Base work = new Work(); return work.work" + arguments + "; }");
        PLACES.put(
                "an inner class",
                "class Work { @Async Object work" + parameters
                        + " {BODY} } @Async static Object call() throws Exception { return new PlaceCorpus().new Work().work"
                        + arguments + "; }");
        PLACES.put(
                "an anonymous class with captures",
                "@Async static Object call() throws Exception { int number = i(3); long wide = l(4L); String text = p(\"text\");"
                        + " return new Coroutine<Object>() { public Object run() throws Exception {BODY} }.run(); }");
        PLACES.put(
                "a local class with captures",
                "@Async static Object call() throws Exception { int number = i(3); long wide = l(4L); String text = p(\"text\");"
                        + " class Work { @Async Object work() throws Exception {BODY} } return new Work().work(); }");
        PLACES.put(
                "a method reference",
                "interface Work { @Async Object work" + parameters + "; } @Async private static Object referred"
                        + parameters
                        + " {BODY} @Async static Object call() throws Exception { Work work = PlaceCorpus::referred; return"
                        + " work.work" + arguments + "; }");
        PLACES.put(
                "a local record",
                "@Async static Object call() throws Exception { record Work(int number) { @Async Object work(long wide, String"
                        + " text) throws Exception {BODY} } return new Work(i(3)).work(l(4), p(\"text\")); }");
        PLACES.put(
                "an overriding generic method",
                "interface Work<A, B> { @Async Object work(int number, A wide, B text) throws Exception; } static class Works"
                        + " implements Work<Long, String> { public Object work(int number, Long wide, String text) throws"
                        + " Exception {BODY} } @Async static Object call() throws Exception { Work<Long, String> work = new"
                        + " Works(); return work.work" + arguments + "; }");

        BODIES.put("expressions", """
                int[] array = {1, 2, 3};
                array[i(1)] += number + i(2);
                return number + i(5) + (wide - l(6)) * 2 + text + p("x") + array[1] + (z(number > 2) ? f(1.5f) : d(2.5));
                """);
        BODIES.put("loops and jumps", """
                StringBuilder result = new StringBuilder(p("s"));
                outer:
                for (int k = 0; k < number; k++) {
                    for (String each : new String[] {"a", text, "b"}) {
                        if (i(k) == 1 && each.equals("b")) {
                            continue outer;
                        }
                        if (k == 2) {
                            break outer;
                        }
                        result.append(p(each)).append(wide);
                    }
                }
                return result.toString();
                """);
        BODIES.put("exceptions", """
                String result = "";
                for (int k = 0; k < 3; k++) {
                    try {
                        result += p(text) + number;
                        if (k == 1) {
                            fail(new IllegalStateException("one"));
                        }
                        if (k == 2) {
                            return result + wide;
                        }
                    } catch (IllegalStateException e) {
                        result += e.getMessage() + l(wide);
                    } finally {
                        log(result + i(k));
                    }
                }
                return "not reached";
                """);
        BODIES.put("construction", """
                StringBuilder first = new StringBuilder(new String(p(text)) + number).append(i(1));
                var list = new java.util.ArrayList<Object>(java.util.Arrays.asList(wide, new StringBuilder(p("x")), text));
                list.add(new Object[] {p("y"), i(number)}.length);
                return first + list.toString();
                """);
        BODIES.put("switches", """
                String result = "";
                for (int k = 0; k < number; k++) {
                    result += switch (i(k)) {
                        case 0 -> p(text);
                        case 1 -> {
                            v();
                            yield wide;
                        }
                        default -> switch (p("s" + k)) {
                            case "s2" -> "two" + l(wide);
                            default -> "other";
                        };
                    };
                }
                return result;
                """);
        BODIES.put("lambdas", """
                String local = p("local");
                int count = i(2);
                Coroutine<Object> inner = () -> {
                    AsyncFunction<Integer, Object> deeper = k -> p(local) + k + count;
                    return deeper.apply(i(count)) + local;
                };
                return inner.run() + "" + inner.await();
                """);
    }

    static {
        BODIES.put("operators", """
                int x = number;
                x += i(2);
                x = x++ + i(x);
                long[] longs = {wide, 2, 3};
                longs[i(1)] <<= i(3);
                longs[2]++;
                byte small = (byte) (x + b((byte) 100));
                small += s((short) 7);
                String s = "<" + text;
                s += p(">") + x + c('c') + longs[1]++ + l(1) + f(1.5f) + d(wide);
                boolean flag = z(x > 3) && wide > l(2) || z(false);
                s += flag ? i(x) : p("no");
                return s + small + longs[1] + longs[2] + (flag ^ z(true));
                """);
        BODIES.put("finally and resources", """
                StringBuilder order = new StringBuilder(text);
                for (int k = 0; k < number; k++) {
                    try (AutoCloseable first = () -> order.append("!"); AutoCloseable second = p((AutoCloseable) null)) {
                        try {
                            order.append(p("t")).append(k);
                            if (k == 1) {
                                continue;
                            }
                            fail(new IllegalStateException("x" + wide));
                        } finally {
                            order.append(p("f"));
                        }
                    } catch (IllegalStateException e) {
                        order.append(e.getMessage()).append(i(k));
                    } finally {
                        v();
                    }
                }
                return order.toString();
                """);
        BODIES.put("patterns and casts", """
                String result = "";
                for (Object value : new Object[] {number, wide, text, null, new int[] {1}}) {
                    if (p(value) instanceof String s && s.length() == i(4)) {
                        result += s + p("string");
                    } else if (value instanceof Integer n) {
                        v();
                        result += n + i(n);
                    } else if (!(value instanceof Long n)) {
                        result += p("other");
                    } else {
                        result += (long) p(value) + n;
                    }
                }
                assert z(result.length() > 3) : p("short");
                return result;
                """);
        BODIES.put("monitors and calls", """
                Object lock = new Object();
                int sum = number;
                String result = p("a");
                synchronized (lock) {
                    result += text + wide;
                }
                for (int k = 0; k < 2; k++) {
                    synchronized (result) {
                        synchronized (lock) {
                            sum += k;
                        }
                    }
                    result += Math.max(sum, i(k)) + String.valueOf(l(wide)).concat(p("c"));
                }
                return result;
                """);
    }

    @TestFactory
    Stream<DynamicContainer> bodiesDoTheSameEverywhere() {
        StringBuilder source = new StringBuilder(
                "import static dev.weft.agent.tests.corpus.Suspensions.*; import dev.weft.*; final class Places {}\n");
        PLACES.forEach((place, declarations) -> BODIES.forEach((name, body) -> source.append("final class ")
                .append(className(place, name))
                .append(" {\n")
                .append(declarations
                        .replace("PlaceCorpus", className(place, name))
                        .replace("BODY", "\n" + body))
                .append("}\n")));
        Map<String, byte[]> classFiles = Compiler.compile("Places", source.toString());
        CorpusLoader untouched = CorpusLoader.untouched(classFiles);
        CorpusLoader rewritten = CorpusLoader.rewritten(classFiles);
        return PLACES.keySet().stream()
                .map(place -> DynamicContainer.dynamicContainer(
                        "in " + place,
                        BODIES.keySet().stream()
                                .map(body -> DynamicTest.dynamicTest(
                                        body, () -> compare(className(place, body), untouched, rewritten)))));
    }

    private static void compare(String className, ClassLoader untouched, ClassLoader rewritten)
            throws ClassNotFoundException {
        Comparison.thorough(
                Program.of(Class.forName(className, true, untouched), "call"),
                Program.of(Class.forName(className, true, rewritten), "call"));
    }

    private static String className(String place, String body) {
        return (body + " in " + place).replace(" ", "");
    }
}
