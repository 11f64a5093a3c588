package dev.weft.agent.compiler;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.util.Textifier;
import org.objectweb.asm.util.TraceMethodVisitor;

/** The instructions of a method as text, one string each, without line numbers and labels that no instruction names. */
final class Listing {
    private static final Pattern LABEL = Pattern.compile("\\bL\\d+\\b");

    private Listing() {}

    /** Without stack maps. */
    static List<String> of(MethodNode method) {
        return lines(method).stream().filter(line -> !line.startsWith("FRAME")).toList();
    }

    static List<String> withFrames(MethodNode method) {
        return lines(method);
    }

    private static List<String> lines(MethodNode method) {
        Textifier printer = new Textifier();
        TraceMethodVisitor visitor = new TraceMethodVisitor(printer);
        List<String> lines = new ArrayList<>();
        for (AbstractInsnNode insn : method.instructions) {
            printer.text.clear();
            insn.accept(visitor);
            String text =
                    String.join("", printer.text.stream().map(Object::toString).toList());
            lines.add(text.strip().replaceAll("\n\\s*", " "));
        }
        Set<String> used = new HashSet<>();
        for (String line : lines) {
            Matcher label = LABEL.matcher(line);
            while (label.find()) {
                if (!line.equals(label.group()) && !line.startsWith("LINENUMBER")) {
                    used.add(label.group());
                }
            }
        }
        Map<String, String> names = new HashMap<>(); // in the order in which they are met
        return lines.stream()
                .filter(line -> !line.startsWith("LINENUMBER"))
                .filter(line -> !LABEL.matcher(line).matches() || used.contains(line))
                .map(line -> LABEL.matcher(line)
                        .replaceAll(label -> names.computeIfAbsent(label.group(), name -> "L" + names.size())))
                .toList();
    }
}
