package dev.weft.agent.tests.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes a random Java class with a program of the corpus: the same one for the same seed.
 *
 * <p>It ends, since methods only call those behind them and loops share a supply of fuel; and it is deterministic,
 * exceptions that it happens to throw included. Any expression may contain a call that suspends.
 */
final class RandomProgram {
    private static final List<String> TYPES =
            List.of("int", "long", "float", "double", "boolean", "byte", "short", "char", "String", "Object", "int[]");
    private static final int METHODS = 6;

    private record Variable(String type, String name, boolean assignable) {}

    private record Method(int number, String result, List<String> parameters, boolean isStatic) {}

    private final Random random;
    private final String name;
    private final StringBuilder source = new StringBuilder();
    private final List<Method> methods = new ArrayList<>();
    private final List<Variable> scope = new ArrayList<>();
    private int names;
    private int indent = 1;
    private int depth;
    private int loops;
    private boolean inLambda;
    private int lambdaScope;
    private Method current = new Method(0, "Object", List.of(), false);

    private RandomProgram(long seed) {
        random = new Random(seed);
        name = "Random" + (seed & 0x7fffffff) + "Corpus";
    }

    /** The name and the source of the class of a seed. */
    record Source(String className, String text) {
        static Source of(long seed) {
            RandomProgram program = new RandomProgram(seed);
            return new Source(program.name, program.write());
        }
    }

    private String write() {
        for (int i = 0; i < METHODS; i++) {
            List<String> parameters = random.ints(random.nextInt(4), 0, TYPES.size())
                    .mapToObj(TYPES::get)
                    .toList();
            methods.add(new Method(i, i == 0 ? "Object" : type(), parameters, random.nextBoolean()));
        }
        line("import static dev.weft.agent.tests.corpus.Suspensions.*;");
        line("import dev.weft.*;");
        line("@SuppressWarnings(\"all\")");
        open("public class " + name + " {");
        line("static int fuel; int field = 3; static long total; String text = \"t\"; double[] cells = {1, 2, 3};");
        line("enum Color { RED, GREEN, BLUE }");
        line("record Pair(Object left, int right) {}");
        line("interface Shape { @Async default int area(int x) { return i(x) + edge(); } @Async int edge(); }");
        line(
                "class Square implements Shape { final int side; Square(int side, Object o) { this.side = side + field; }");
        line("    public int edge() { return i(side); } }");
        line("static class Door implements AutoCloseable { final String id;");
        line("    Door(String id) { this.id = id; log(\"open \" + id); }");
        line(
                "    @Async public void close() { v(); log(\"close \" + id); if (\"b\".equals(id)) fail(new RuntimeException(id)); } }");
        line("@Async static <T> T go(Coroutine<T> c) throws Exception { return c.run(); }");
        line("@Async static int map(AsyncFunction<Integer, Integer> f, int x) throws Exception { return f.apply(x); }");
        line("@Async static Object program() throws Exception {" + " fuel = 60; total = 0; v(); return new " + name
                + "().start(); }");
        line("@Async Object start() throws Exception { return m0(" + arguments(methods.get(0)) + "); }");
        methods.forEach(this::method);
        close("}");
        return source.toString();
    }

    private void method(Method method) {
        current = method;
        scope.clear();
        String parameters = IntStream.range(0, method.parameters().size())
                .mapToObj(i -> {
                    String parameter = "a" + i;
                    scope.add(new Variable(method.parameters().get(i), parameter, true));
                    return method.parameters().get(i) + " " + parameter;
                })
                .collect(Collectors.joining(", "));
        open("@Async " + (method.number() > 0 && method.isStatic() ? "static " : "") + method.result() + " m"
                + method.number() + "(" + parameters + ") throws Exception {");
        block(3 + random.nextInt(4));
        line("return " + expression(method.result()) + ";");
        close("}");
    }

    private void block(int statements) {
        int size = scope.size();
        for (int i = 0; i < statements; i++) {
            statement();
        }
        while (scope.size() > size) {
            scope.remove(scope.size() - 1);
        }
    }

    private void statement() {
        if (++depth > 4) {
            line("log(" + expression("int") + ");");
            depth--;
            return;
        }
        switch (random.nextInt(15)) {
            case 0, 1 -> declare();
            case 2, 3 -> assign();
            case 4 -> branch();
            case 5 -> forLoop();
            case 6 -> whileLoop();
            case 7 -> tryCatch();
            case 8 -> resources();
            case 9 -> switchStatement();
            case 10 -> jump();
            case 11 -> logValue(type());
            case 12 -> lambda();
            case 13 -> compound();
            default -> forEach();
        }
        depth--;
    }

    private void logValue(String type) {
        String value = expression(type);
        line("log(" + (type.equals("int[]") ? "java.util.Arrays.toString(" + value + ")" : value) + ");");
    }

    private void declare() {
        String type = type();
        String variable = "v" + names++;
        line(type + " " + variable + " = " + expression(type) + ";");
        scope.add(new Variable(type, variable, true));
    }

    private void assign() {
        List<Variable> targets = scope.stream()
                .skip(inLambda ? lambdaScope : 0)
                .filter(Variable::assignable)
                .toList();
        if (targets.isEmpty()) {
            line(self() + "field = " + expression("int") + ";");
        } else {
            Variable target = targets.get(random.nextInt(targets.size()));
            line(target.name() + " = " + expression(target.type()) + ";");
        }
    }

    private void compound() {
        switch (random.nextInt(5)) {
            case 0 -> line("total += " + expression("long") + ";");
            case 1 -> line(self() + "cells[" + index() + "] *= " + expression("double") + ";");
            case 2 -> line(self() + "field " + pick("+=", "-=", "<<=", "^=") + " " + expression("int") + ";");
            case 3 -> line("log(" + self() + "field++ + " + expression("int") + " + --" + self() + "field);");
            default -> line(self() + "text += " + expression("String") + ";");
        }
    }

    private void branch() {
        open("if (" + expression("boolean") + ") {");
        block(2);
        close(random.nextBoolean() ? "}" : "} else {" + System.lineSeparator() + "log(" + expression("long") + "); }");
    }

    private void forLoop() {
        String variable = "k" + names++;
        boolean labelled = random.nextInt(3) == 0;
        open((labelled ? "l" + variable + ": " : "") + "for (int " + variable + " = 0; " + variable + " < "
                + (1 + random.nextInt(4)) + " && --fuel > 0; " + variable + "++) {");
        scope.add(new Variable("int", variable, false));
        loops++;
        block(2);
        if (labelled) {
            line("if (" + expression("boolean") + ") { if (fuel % 2 == 0) continue l" + variable + "; else break l"
                    + variable + "; }");
        }
        loops--;
        scope.remove(scope.size() - 1);
        close("}");
    }

    private void whileLoop() {
        boolean testedLast = random.nextBoolean();
        String condition = "--fuel > 0 && " + expression("boolean");
        open(testedLast ? "do {" : "while (" + condition + ") {");
        loops++;
        block(2);
        loops--;
        close(testedLast ? "} while (" + condition + ");" : "}");
    }

    private void forEach() {
        String variable = "e" + names++;
        if (random.nextBoolean()) {
            open("for (int " + variable + " : " + expression("int[]") + ") {");
            line("if (--fuel < 0) break;");
            scope.add(new Variable("int", variable, true));
        } else {
            open("for (String " + variable + " : java.util.List.of(\"p\", " + expression("String") + " + \"\")) {");
            line("if (--fuel < 0) break;");
            scope.add(new Variable("String", variable, true));
        }
        loops++;
        block(2);
        loops--;
        scope.remove(scope.size() - 1);
        close("}");
    }

    private void tryCatch() {
        open("try {");
        block(2);
        if (random.nextInt(3) == 0) {
            line("if (" + expression("boolean") + ") fail(new IllegalStateException(\"x\" + " + expression("int")
                    + "));");
        }
        int form = random.nextInt(3);
        if (form != 0) {
            close("} catch ("
                    + pick("IllegalStateException", "ArithmeticException | NullPointerException", "RuntimeException")
                    + " ex) {");
            indent++;
            line("log(\"caught\" + " + expression("String") + ");");
            if (random.nextInt(4) == 0) {
                line("if (" + expression("boolean") + ") throw ex;");
            }
        }
        if (form != 1) {
            close("} finally {");
            indent++;
            line("log(\"finally\" + " + expression("int") + ");");
            if (random.nextInt(6) == 0) {
                line("if (" + expression("boolean") + ") " + returnStatement());
            }
        }
        close("}");
    }

    private void resources() {
        String variable = "d" + names++;
        open("try (Door " + variable + " = new Door(p(\"" + pick("a", "b") + "\")); Door z" + variable + " = "
                + pick("null", "new Door(\"c\" + " + expression("int") + ")") + ") {");
        block(1);
        line("log(" + variable + ".id + " + expression("int") + ");");
        close("} catch (RuntimeException ex) {");
        indent++;
        line("log(ex.getMessage() + ex.getSuppressed().length + " + expression("String") + ");");
        close("}");
    }

    private void switchStatement() {
        switch (random.nextInt(3)) {
            case 0 -> {
                open("switch (" + expression("int") + " & 3) {");
                line("case 0: log(" + expression("int") + ");");
                line("case 1: log(" + expression("String") + "); break;");
                line("case 2: { log(" + expression("long") + "); }");
                line("default: log(" + expression("boolean") + ");");
            }
            case 1 -> {
                open("switch (p(\"" + pick("Aa", "BB", "q") + "\")) {");
                line("case \"Aa\" -> log(" + expression("double") + ");");
                line("case \"BB\", \"C\" -> log(" + expression("char") + ");");
                line("default -> log(" + expression("float") + ");");
            }
            default -> {
                open("switch (Color.values()[" + expression("int") + " & 1]) {");
                line("case RED: log(" + expression("byte") + "); break;");
                line("case GREEN: log(" + expression("short") + "); break;");
                line("default: log(" + expression("Object") + ");");
            }
        }
        close("}");
    }

    private void jump() {
        if (loops > 0 && !inLambda) {
            line("if (" + expression("boolean") + ") " + pick("break;", "continue;"));
        } else if (random.nextBoolean()) {
            line("if (" + expression("boolean") + ") " + returnStatement());
        } else {
            line("assert " + expression("int") + " != 12345 : " + expression("String") + ";");
        }
    }

    private String returnStatement() {
        return inLambda ? "{ log(\"no return\"); }" : "return " + expression(current.result()) + ";";
    }

    private void lambda() {
        if (inLambda) {
            declare();
            return;
        }
        inLambda = true;
        String variable = "f" + names++;
        List<Variable> outer = List.copyOf(scope);
        scope.removeIf(Variable::assignable); // only what is effectively final can be captured
        List<Variable> captured = new ArrayList<>();
        for (Variable local : outer) {
            if (local.assignable() && captured.size() < 3) {
                String copy = "c" + names++;
                line("final " + local.type() + " " + copy + " = " + local.name() + ";");
                captured.add(new Variable(local.type(), copy, false));
            }
        }
        scope.clear();
        scope.addAll(captured);
        lambdaScope = scope.size();
        if (random.nextBoolean()) {
            String type = pick("Integer", "String", "Object");
            open("Coroutine<" + type + "> " + variable + " = () -> {");
            block(2);
            line("return " + expression(type.equals("Integer") ? "int" : type) + ";");
            close("};");
            line("log(go(" + variable + "));");
        } else {
            open("AsyncFunction<Integer, Integer> " + variable + " = x -> {");
            scope.add(new Variable("int", "x", false));
            block(2);
            line("return x + " + expression("int") + ";");
            close("};");
            inLambda = false;
            scope.clear();
            scope.addAll(outer);
            line("log(map(" + variable + ", " + expression("int") + "));");
        }
        inLambda = false;
        scope.clear();
        scope.addAll(outer);
    }

    private String expression(String type) {
        if (++depth > 6 || random.nextInt(6) == 0) {
            depth--;
            return literalOrVariable(type);
        }
        String result = random.nextInt(3) == 0 ? leaf(type, literalOrVariable(type)) : operation(type);
        depth--;
        return result;
    }

    private String operation(String type) {
        if (random.nextInt(5) == 0) {
            return "(" + expression("boolean") + " ? " + expression(type) + " : " + expression(type) + ")";
        }
        if (random.nextInt(6) == 0) {
            String call = call(type);
            if (call != null) {
                return call;
            }
        }
        if (random.nextInt(8) == 0 && !type.equals("int[]")) {
            String yielded = "y" + names++;
            return "(switch (" + expression("int") + " & 1) { case 0 -> " + expression(type) + "; default -> { log("
                    + literalOrVariable("int") + "); " + type + " " + yielded + " = " + expression(type) + "; yield "
                    + yielded + "; } })";
        }
        return switch (type) {
            case "int" -> integer();
            case "long" -> "(" + expression("long") + pick(" + ", " * ", " - ") + expression("int") + ")";
            case "float" -> "(" + expression("float") + pick(" + ", " * ") + expression("short") + ")";
            case "double" -> "(" + expression("double") + pick(" + ", " / ", " - ") + expression("float") + ")";
            case "boolean" -> bool();
            case "byte", "short", "char" -> "(" + type + ") (" + expression("int") + " + " + expression(type) + ")";
            case "String" -> string();
            case "Object" -> object();
            default -> "new int[] {" + expression("int") + ", " + expression("int") + "}";
        };
    }

    private String integer() {
        return switch (random.nextInt(9)) {
            case 0 -> "(" + expression("int") + " / " + expression("int") + ")";
            case 1 -> expression("int[]") + "[" + index() + "]";
            case 2 -> "(int) " + leaf("long", expression("long"));
            case 3 -> "new Pair(" + expression("Object") + ", " + expression("int") + ").right()";
            case 4 ->
                inStatic()
                        ? "(int) total"
                        : "new Square(" + expression("int") + ", " + expression("String") + ").area("
                                + expression("int") + ")";
            case 5 -> "(" + expression("String") + " + 1).length()";
            case 6 -> "Integer.valueOf(" + expression("int") + ")";
            default -> "(" + expression("int") + pick(" + ", " - ", " * ", " ^ ", " >> ") + expression("int") + ")";
        };
    }

    private String bool() {
        return switch (random.nextInt(4)) {
            case 0 -> "(" + expression("boolean") + pick(" && ", " || ", " ^ ") + expression("boolean") + ")";
            case 1 -> "!" + leaf("boolean", expression("boolean"));
            case 2 -> {
                String matched = "s" + names++;
                yield "((Object) (" + expression("Object") + ") instanceof String " + matched + " && " + matched
                        + ".length() > 1)";
            }
            default -> "(" + expression("int") + pick(" < ", " == ", " >= ") + expression("long") + ")";
        };
    }

    private String string() {
        return switch (random.nextInt(4)) {
            case 0 ->
                "new StringBuilder(" + leaf("String", "\"s\"") + ").append((int) " + expression("int")
                        + ").append((boolean) " + expression("boolean") + ").toString()";
            case 1 -> "String.valueOf(" + expression("double") + ")";
            default -> "(" + expression("String") + " + " + expression("long") + " + " + leaf("String", "\"w\"") + ")";
        };
    }

    private String object() {
        return switch (random.nextInt(4)) {
            case 0 -> "new Pair(" + leaf("Object", "null") + ", " + expression("int") + ")";
            case 1 -> "(Object) " + expression("int");
            case 2 ->
                "new Object() { final int q = " + random.nextInt(9)
                        + "; public String toString() { return \"o\" + q; } }" + ".toString().concat("
                        + expression("String") + " + \"\")";
            default -> "(Object) " + expression("String");
        };
    }

    private String call(String type) {
        List<Method> callable = methods.stream()
                .filter(method ->
                        method.number() > current.number() && method.result().equals(type))
                .filter(method -> method.isStatic() || !inStatic())
                .toList();
        if (callable.isEmpty()) {
            return null;
        }
        Method method = callable.get(random.nextInt(callable.size()));
        return "m" + method.number() + "(" + arguments(method) + ")";
    }

    private String arguments(Method method) {
        return method.parameters().stream().map(this::expression).collect(Collectors.joining(", "));
    }

    private String literalOrVariable(String type) {
        List<Variable> known =
                scope.stream().filter(variable -> variable.type().equals(type)).toList();
        if (!known.isEmpty() && random.nextInt(4) != 0) {
            return known.get(random.nextInt(known.size())).name();
        }
        int number = random.nextInt(7);
        return switch (type) {
            case "int" -> String.valueOf(number);
            case "long" -> number + "L";
            case "float" -> number + ".5f";
            case "double" -> number + ".25";
            case "boolean" -> String.valueOf(number > 2);
            case "byte", "short" -> "((" + type + ") " + number * 50 + ")";
            case "char" -> "'" + (char) ('a' + number) + "'";
            case "String" -> number == 0 ? "((String) null)" : "\"" + number + "\"";
            case "Object" -> number == 0 ? "((Object) null)" : "((Object) \"" + number + "\")";
            default -> "new int[] {" + number + ", 2}";
        };
    }

    private String leaf(String type, String argument) {
        String leaf = switch (type) {
            case "String", "Object", "int[]" -> "p";
            default -> type.equals("boolean") ? "z" : type.substring(0, 1);
        };
        return leaf + "(" + argument + ")";
    }

    private String index() {
        return "(" + expression("int") + " & 1)";
    }

    private boolean inStatic() {
        return current.number() > 0 && current.isStatic();
    }

    private String self() {
        return inStatic() ? "new " + name + "()." : "";
    }

    private String type() {
        return TYPES.get(random.nextInt(TYPES.size()));
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private void open(String text) {
        line(text);
        indent++;
    }

    private void close(String text) {
        indent--;
        line(text);
    }

    private void line(String text) {
        source.append("    ".repeat(indent - 1)).append(text).append('\n');
    }
}
