package dev.weft.agent.tests.corpus;

import java.util.Iterator;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** Programs in the syntax of newer releases than 17, compiled while the test runs: the rest of shapes 19, 36 and 37. */
class NewerSyntaxTest {
    @TestFactory
    @EnabledForJreRange(min = JRE.JAVA_21)
    Stream<DynamicTest> ofJava21() {
        return comparisons("PatternsCorpus", """
                import static dev.weft.agent.tests.corpus.Suspensions.*;
                import dev.weft.*;
                import java.util.*;

                final class PatternsCorpus {
                    sealed interface Shape permits Circle, Square, Group {}
                    record Circle(double radius) implements Shape {}
                    record Square(int side, String name) implements Shape {}
                    record Group(Shape first, Shape second) implements Shape {}
                    enum Colour { RED, GREEN }

                    @Async
                    static Object patternSwitch() {
                        String result = "";
                        for (Object value : Arrays.asList("text", "", 5, -5, 7L, Colour.RED, Colour.GREEN, null, new int[] {1})) {
                            result += switch (p(value)) {
                                case null -> p("null");
                                case String text when text.isEmpty() -> p("empty");
                                case String text -> text + p(text);
                                case Integer number when number < 0 -> {
                                    v();
                                    yield "negative" + number;
                                }
                                case Integer number -> i(number) + 1;
                                case Long number -> l(number) + 1;
                                case Colour.RED -> p("red");
                                case Colour other -> other + p("!");
                                case int[] array -> array.length + p("ints");
                                default -> "other";
                            };
                            result += ",";
                        }
                        return result;
                    }

                    @Async
                    static Object suspensionInAGuard() {
                        String result = "";
                        for (Object value : List.of("a", "bb", "ccc", 1, 2)) {
                            result += switch (value) {
                                case String text when i(text.length()) == 1 -> "one" + p(text);
                                case String text when z(text.length() == 2) && i(1) == 1 -> "two" + p(text);
                                case String text -> "many" + p(text);
                                case Integer number when p(number) == 1 -> "1";
                                case Integer number -> "n" + i(number);
                                default -> throw new IllegalStateException(p("never"));
                            };
                        }
                        return result;
                    }

                    @Async
                    static double area(Shape shape) {
                        return switch (shape) {
                            case Circle(double radius) -> d(radius) * radius;
                            case Square(int side, String name) when name.equals(p("double")) -> 2.0 * i(side) * side;
                            case Square(int side, var name) -> i(side) * side + name.length();
                            case Group(Circle(var radius), Square(var side, var name)) -> d(radius) + side + p(name).length();
                            case Group(Shape first, Shape second) -> area(first) + area(second);
                        };
                    }

                    @Async
                    static Object recordPatterns() {
                        Circle circle = new Circle(1.5);
                        Square square = new Square(i(2), p("name"));
                        return area(circle) + "," + area(square) + "," + area(new Square(3, "double")) + ","
                                + area(new Group(circle, square)) + "," + area(new Group(new Group(square, circle), circle));
                    }

                    @Async
                    static Object patternsOfInstanceof() {
                        Object value = p(new Group(new Circle(d(2)), new Square(i(3), "s")));
                        if (value instanceof Group(Circle(var radius), Square(int side, String name)) && z(side > 1)) {
                            v();
                            return radius + side + p(name);
                        }
                        return "never";
                    }

                    @Async
                    static Object failingAccessor() {
                        record Broken(Object value) {
                            public Object value() {
                                throw new IllegalStateException("broken");
                            }
                        }
                        try {
                            return switch (p((Object) new Broken(1))) {
                                case Broken(String text) -> p(text);
                                default -> "default";
                            };
                        } catch (MatchException e) {
                            return "match " + p(e.getCause().getMessage());
                        }
                    }

                    @Async
                    static Object patternsInLambdas() throws Exception {
                        AsyncFunction<Object, String> function = value -> switch (value) {
                            case String text when z(text.length() > 1) -> p(text);
                            case String text -> "short";
                            default -> "other" + i(1);
                        };
                        return function.apply("long") + function.apply("x") + function.apply(1);
                    }

                    @Async
                    static Object switchAsAnOperand() {
                        Object value = p("x");
                        return 1 + i(2) + "a".concat(p("b")) + switch (value) {
                            case Integer number -> i(number);
                            case String text -> {
                                try {
                                    fail(new IllegalStateException(text));
                                    yield p("never");
                                } catch (IllegalStateException e) {
                                    yield p(e.getMessage());
                                }
                            }
                            default -> 0L;
                        };
                    }
                }
                """);
    }

    @TestFactory
    @EnabledForJreRange(min = JRE.JAVA_25)
    Stream<DynamicTest> ofJava25() {
        return comparisons("FlexibleCorpus", """
                import static dev.weft.agent.tests.corpus.Suspensions.*;
                import module java.base;
                import dev.weft.Async;
                import dev.weft.Coroutine;

                final class FlexibleCorpus {
                    record Point(int x, int y) {}

                    static class Base {
                        final String text;

                        Base(String text) {
                            this.text = text + describe();
                        }

                        String describe() {
                            return "base";
                        }
                    }

                    static final class Derived extends Base {
                        private final int early;

                        Derived(int value, String text) {
                            if (value < 0) {
                                throw new IllegalArgumentException("negative");
                            }
                            early = value;
                            String prepared = text + value;
                            super(prepared);
                        }

                        @Override
                        String describe() {
                            return "derived" + early;
                        }

                        @Async
                        static Derived of(int value, String text) {
                            return new Derived(i(value), p(text));
                        }
                    }

                    @Async
                    static Object flexibleConstructors() {
                        String refused = "";
                        try {
                            Derived.of(-1, "x");
                        } catch (IllegalArgumentException e) {
                            refused = e.getMessage() + p("!");
                        }
                        return Derived.of(5, "text").text + refused;
                    }

                    @Async
                    static Object unnamedVariables() throws Exception {
                        int sum = 0;
                        for (var _ : List.of(1, 2)) {
                            sum += i(1);
                        }
                        Object value = p(new Point(1, 2));
                        if (value instanceof Point(int x, _) && z(true)) {
                            sum += x;
                        }
                        try {
                            fail(new IllegalStateException("x"));
                        } catch (IllegalStateException _) {
                            sum += i(100);
                        }
                        var _ = p("dropped");
                        Coroutine<Integer> lambda = () -> switch (value) {
                            case Point(_, int y) when i(y) > 5 -> 0;
                            case Point(_, int y) -> i(y);
                            case Object _ -> -1;
                        };
                        return sum + lambda.run();
                    }
                }
                """);
    }

    private static Stream<DynamicTest> comparisons(String className, String source) {
        Map<String, byte[]> classFiles = Compiler.compile(className, source);
        Iterator<Program> originals =
                Program.in(load(className, CorpusLoader.untouched(classFiles))).iterator();
        return Program.in(load(className, CorpusLoader.rewritten(classFiles))).stream()
                .map(rewritten -> {
                    Program original = originals.next();
                    return DynamicTest.dynamicTest(rewritten.name(), () -> Comparison.thorough(original, rewritten));
                });
    }

    private static Class<?> load(String className, ClassLoader loader) {
        try {
            return Class.forName(className, true, loader);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
