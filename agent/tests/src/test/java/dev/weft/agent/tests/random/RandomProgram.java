package dev.weft.agent.tests.random;

import dev.weft.agent.tests.random.Method.Home;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A random Java class with a program of the corpus, the same one for the same seed, and how it is compiled.
 *
 * <p>It ends, since methods and loops share a supply of fuel, and it is deterministic, exceptions that it happens to throw
 * included. Any expression may contain a call that suspends, and most leave their value in the trace.
 *
 * @param large it may pass the limits of the JVM, so that a refusal to rewrite it is no failure
 */
public record RandomProgram(
        String className, String text, int release, boolean eclipse, List<String> options, boolean large) {
    private static final long SPREAD = 0x9e3779b97f4a7c15L; // the first choices of successive seeds are else the same
    private static final int OLDEST = 17;
    private static final int NEWEST_OF_ECLIPSE = 24;

    /** For the language of the running JDK or of the oldest one. */
    public static RandomProgram of(long seed) {
        Random random = new Random(seed * SPREAD);
        boolean eclipse = random.nextInt(4) == 0;
        int release = random.nextInt(3) == 0 ? OLDEST : Runtime.version().feature();
        List<String> options = new ArrayList<>(List.of(random.nextInt(3) == 0 ? "-g:none" : "-g"));
        if (random.nextInt(4) == 0) {
            options.add(eclipse ? "-preserveAllLocals" : "-XDstringConcat=inline");
        }
        Size size = Size.of(random);
        String className = "Random" + Long.toHexString(seed) + "Corpus";
        Draft draft = new Draft(className, random, release);
        String text = Layout.indented(new Writer(draft, new Declarations(draft, size)).write());
        return new RandomProgram(className, text, release, eclipse, options, !size.isNormal());
    }

    /** The same for the other compiler, if it is meant for this one. */
    public RandomProgram compiledBy(boolean theEclipseCompiler) {
        return theEclipseCompiler == eclipse
                ? this
                : new RandomProgram(className, text, release, theEclipseCompiler, List.of("-g"), large);
    }

    /** The same with another text. */
    public RandomProgram with(String otherText) {
        return new RandomProgram(className, otherText, release, eclipse, options, large);
    }

    /** All that its compiler is to be told. */
    public List<String> arguments() {
        List<String> arguments = new ArrayList<>(options);
        String version = String.valueOf(eclipse ? Math.min(release, NEWEST_OF_ECLIPSE) : release);
        arguments.addAll(List.of("-source", version, "-target", version));
        return arguments;
    }

    /** Puts the parts of the program together. */
    private record Writer(Draft draft, Declarations declarations) {
        String write() {
            declarations.invent();
            String main = declarations.members(Home.MAIN);
            return """
                    import static dev.weft.agent.tests.corpus.Suspensions.*;
                    import static dev.weft.agent.tests.random.Tracing.*;
                    import dev.weft.*;
                    import dev.weft.agent.tests.corpus.Slowly;
                    import java.util.function.*;
                    @SuppressWarnings("all")
                    public class NAME {
                    static final Object LOCK = new Object();
                    static int fuel;
                    static Main me;
                    static boolean more() { return --fuel > 0; }
                    static boolean spent() { return --fuel < 0; }
                    static <T> T same(T value) { return value; }
                    @Async static <T> T go(Coroutine<T> c) throws Exception { return c.run(); }
                    @Async static <T extends Comparable<? super T> & java.io.Serializable> T larger(T a, T b) {
                        v();
                        return a.compareTo(b) > 0 ? p(a) : b;
                    }
                    interface Wide { @Async double of(long a, byte b, double c) throws Exception; }
                    interface Mixed { @Async long of(boolean a, float b, short c, char d, String e, long f, int g) throws Exception; }
                    interface Own<A, R> { @Async R of(A a, int b) throws Exception; }
                    interface Narrow extends Own<String, String> { @Async @Override String of(String a, int b) throws Exception; }
                    static class Problem extends RuntimeException { Problem(String message) { super(message); } }
                    static class Quiet implements AutoCloseable {
                        final String id;
                        final int kind;
                        Quiet(String id, int kind) {
                            this.id = id;
                            this.kind = kind;
                            log("open " + this);
                            if (kind == 3 && id.isEmpty()) throw new Problem("cannot open");
                        }
                        public void close() {
                            log("close " + this);
                            if (kind == 2) throw new Problem("close " + this);
                        }
                        public String toString() { return id + kind; }
                    }
                    static class Door extends Quiet implements AsyncCloseable {
                        Door(String id, int kind) { super(id, kind); }
                        @Async public void close() {
                            v();
                            log("closing " + this);
                            if (kind == 1) fail(new IllegalStateException("stuck " + this));
                            super.close();
                            v();
                        }
                    }
                    record Pair(Object left, int right) {
                    Pair {
                        if (right == 5) throw new Problem("refused");
                    }
                    PAIRS}
                    enum Color {
                    RED {
                    REDS},
                    GREEN, BLUE {
                    BLUES};
                    COLORS}
                    static class Node {
                    NODE_FIELDSNode next;
                    String name;
                    Node(int a) { this(a, 2L, "n"); }
                    Node(int a, long b, String c) {
                        n_int = a;
                        n_long = b;
                        name = c;
                        next = s_Node;
                        s_Node = this; // escapes before it is complete
                        log("node " + a + b + c);
                    }
                    public String toString() { return "node" + n_int + n_long + name; }
                    NODES}
                    static class SubNode extends Node {
                    SubNode(int a, long b, String c, double d) { super(a, b, c); n_double = d; }
                    SUBNODES}
                    static abstract class Base<T> {
                    BASES}
                    interface Trait {
                    TRAITS}
                    static class Main extends Base<String> implements Trait {
                    FIELDSMain() {
                    INITIAL}
                    public String toString() { return "main"; }
                    class Inner extends Node {
                    Inner(int a, long b, String c) { super(a, b, c); log("inner of " + f_int); }
                    INNERS}
                    MAINSSTARTSstatic void end() {
                    SHOWN}
                    }
                    STATICSstatic void reset() {
                    fuel = 0;
                    RESETs_Node = null;
                    s_Node = new Node(7);
                    s_Pair = new Pair("pair", 1);
                    me = new Main();
                    me.f_Node = new Node(8);
                    me.f_Pair = new Pair(Color.RED, 2);
                    }
                    @Async static Object program() throws Exception {
                    reset();
                    v();
                    CALLSMain.end();
                    return p("end");
                    }
                    }
                    """.replace("NAME", draft.className)
                    .replace("NODE_FIELDS", nodeFields())
                    .replace("PAIRS", declarations.members(Home.PAIR))
                    .replace("REDS", declarations.overriding(Home.COLOR, 60))
                    .replace("BLUES", declarations.overriding(Home.COLOR, 60))
                    .replace("COLORS", declarations.members(Home.COLOR))
                    .replace("SUBNODES", declarations.overriding(Home.NODE, 80))
                    .replace("NODES", declarations.members(Home.NODE))
                    .replace("BASES", declarations.abstractMembers(Home.BASE) + declarations.members(Home.BASE))
                    .replace("TRAITS", declarations.abstractMembers(Home.TRAIT) + declarations.members(Home.TRAIT))
                    .replace("INNERS", declarations.members(Home.INNER))
                    .replace(
                            "MAINS",
                            main + declarations.overriding(Home.BASE, 70) + declarations.overriding(Home.TRAIT, 70))
                    .replace("FIELDS", declarations.fields("TYPE f_"))
                    .replace("STATICS", declarations.fields("static TYPE s_"))
                    .replace("INITIAL", declarations.initial("f_"))
                    .replace("RESET", declarations.initial("s_"))
                    .replace("SHOWN", declarations.shown("s_") + declarations.shown("me.f_"))
                    .replace("STARTS", declarations.starts())
                    .replace("CALLS", calls());
        }

        private static String nodeFields() {
            StringBuilder text = new StringBuilder();
            Type.PRIMITIVES.forEach(type -> text.append(type + " n_" + type.id() + ";\n"));
            return text.toString();
        }

        private String calls() {
            StringBuilder text = new StringBuilder();
            draft.methods.forEach(method -> text.append("Main.start" + method.number() + "();\n"));
            return text.toString();
        }
    }
}
