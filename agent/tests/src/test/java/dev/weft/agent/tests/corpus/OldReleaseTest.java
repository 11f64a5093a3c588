package dev.weft.agent.tests.corpus;

import java.util.Iterator;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Class files for Java 8, the oldest that are rewritten: private members of other classes are reached by accessors, strings
 * are concatenated by builders, and resources are closed in code. Shapes 26, 58, 61 and 68.
 */
class OldReleaseTest {
    private static final String SOURCE = """
            import static dev.weft.agent.tests.corpus.Suspensions.*;
            import dev.weft.*;
            import java.util.*;

            final class OldRelease {
                private int secret = 1;

                @Async
                private String hidden(String text, long wide) {
                    secret += i(1);
                    return text + p("hidden") + wide + secret;
                }

                @Async
                private static String hiddenStatic(int k) {
                    return p("static") + i(k);
                }

                final class Inner {
                    private String own = "own";

                    @Async
                    private String work() throws Exception {
                        secret += i(2);
                        own += hidden("a", 1L << 40) + hiddenStatic(3);
                        Coroutine<String> lambda = () -> own + hidden("b", l(4)) + secret++;
                        return lambda.run() + OldRelease.this.secret;
                    }
                }

                @Async
                static Object accessors() throws Exception {
                    OldRelease outer = new OldRelease();
                    Inner inner = outer.new Inner();
                    inner.own = p("set");
                    return inner.work() + new Object() {
                        private final int k = 7;

                        @Async
                        private String deep() {
                            return outer.hidden("c", k) + hiddenStatic(outer.secret);
                        }
                    }.deep();
                }

                @Async
                static Object concatenation() {
                    String s = "s";
                    s += p("t") + 1 + l(2L) + d(1.5) + c('c') + z(true) + null;
                    char[] chars = {'x'};
                    chars[0] += i(1);
                    return s + p("u") + chars[i(0)] + new StringBuilder(p("v")).append(i(3));
                }

                static final class Closing implements AutoCloseable {
                    private final String name;

                    Closing(String name) {
                        this.name = name;
                    }

                    @Async
                    @Override
                    public void close() {
                        log("close " + p(name));
                        if (name.isEmpty()) {
                            fail(new IllegalStateException("closing"));
                        }
                    }
                }

                @Async
                static Object resources() {
                    String result = "";
                    for (int k = 0; k < 3; k++) {
                        try (Closing a = new Closing(p("a")); Closing b = k == 1 ? null : new Closing(k == 2 ? "" : "b")) {
                            result += a.name + i(k);
                            if (k == 2) {
                                fail(new IllegalArgumentException("body"));
                            }
                        } catch (IllegalArgumentException e) {
                            result += e.getMessage() + p(e.getSuppressed()[0].getMessage());
                        } finally {
                            result += p(";");
                        }
                    }
                    return result;
                }

                interface Shape {
                    @Async
                    double area();

                    @Async
                    default String text() {
                        return p("area ") + area() + Shape.unit();
                    }

                    @Async
                    static String unit() {
                        return p("m2");
                    }
                }

                enum Kind implements Shape {
                    ONE {
                        @Override
                        public double area() {
                            return d(1);
                        }
                    },
                    TWO {
                        @Override
                        public double area() {
                            return ONE.area() + d(1);
                        }
                    }
                }

                @Async
                static Object interfacesAndSwitches() {
                    String result = "";
                    Shape lambda = () -> d(2.5);
                    for (Shape shape : Arrays.asList(Kind.ONE, Kind.TWO, lambda)) {
                        result += shape.text();
                        if (shape instanceof Kind) {
                            switch ((Kind) shape) {
                                case ONE:
                                    result += i(1);
                                    break;
                                default:
                                    v();
                            }
                        }
                        switch (p("s" + result.length())) {
                            case "s10":
                                result += p("ten");
                                break;
                            default:
                                result += i(2);
                        }
                    }
                    assert z(true) : p("never");
                    return result;
                }

                static synchronized String locked() {
                    return "never suspends";
                }

                @Async
                static Object monitorsBetween() {
                    Object lock = new Object();
                    String result = p("a");
                    synchronized (lock) {
                        result += locked();
                    }
                    synchronized (OldRelease.class) {
                        result += "b";
                    }
                    return result + i(1);
                }
            }
            """;

    @TestFactory
    Stream<DynamicTest> suspensionsAreInvisible() throws ClassNotFoundException {
        Map<String, byte[]> classFiles =
                Compiler.compile("OldRelease", SOURCE, "--release", "8", "-Xlint:-options", "-g");
        Iterator<Program> originals =
                Program.in(load(CorpusLoader.untouched(classFiles))).iterator();
        return Program.in(load(CorpusLoader.rewritten(classFiles))).stream().map(rewritten -> {
            Program original = originals.next();
            return DynamicTest.dynamicTest(rewritten.name(), () -> Comparison.thorough(original, rewritten));
        });
    }

    private static Class<?> load(ClassLoader loader) throws ClassNotFoundException {
        return Class.forName("OldRelease", true, loader);
    }
}
