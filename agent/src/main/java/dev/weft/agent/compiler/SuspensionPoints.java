package dev.weft.agent.compiler;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** Finds the calls of a method that may suspend it, checks that they can, and analyses what each must save. */
final class SuspensionPoints {
    private final ClassNode owner;
    private final Hierarchy hierarchy;

    SuspensionPoints(ClassNode owner, Hierarchy hierarchy) {
        this.owner = owner;
        this.hierarchy = hierarchy;
    }

    /** The calls of {@code @Async} methods, in order. */
    Set<MethodInsnNode> calls(MethodNode method) {
        Set<MethodInsnNode> calls = new LinkedHashSet<>();
        for (AbstractInsnNode insn : method.instructions) {
            if (insn instanceof MethodInsnNode call && hierarchy.isAsync(call.owner, call.name, call.desc)) {
                calls.add(call);
            }
        }
        return calls;
    }

    /** Throws if the method cannot be rewritten. */
    void check(MethodNode method, Set<MethodInsnNode> calls) throws RefusedException {
        if (calls.isEmpty()) {
            return;
        }
        MethodInsnNode first = calls.iterator().next();
        if ((method.access & Opcodes.ACC_SYNCHRONIZED) != 0) {
            throw refused(
                    method,
                    first,
                    "it calls " + name(first) + ", which may suspend, while it holds its monitor as a synchronized"
                            + " method",
                    "Leave out synchronized: code of one loop is never interleaved between two suspension points; if it"
                            + " must be exclusive across them, use dev.weft.sync.AsyncLock.");
        }
        for (AbstractInsnNode insn : method.instructions) {
            if (insn.getOpcode() == Opcodes.JSR || insn.getOpcode() == Opcodes.RET) {
                throw refused(
                        method, first, "it has JSR or RET instructions", "Compile the class with a newer compiler.");
            }
        }
        checkMonitors(method, calls);
    }

    /** Refuses a method for a value of a type that it may not name. */
    RefusedException refusedForType(MethodNode method, AbstractInsnNode needing) {
        return refused(
                method,
                needing,
                "it uses a value whose type is private to another package across a suspension, and then hands it to a"
                        + " constructor or field of that type",
                "Do so before the suspension, or make the type public.");
    }

    RefusedException refusedAsTooLarge(MethodNode method) {
        return refused(
                method,
                calls(method).iterator().next(),
                "rewritten, it would be larger than the 65,535 bytes that a method may have",
                "Split the method.");
    }

    /** Calls whose result is at once the result of a synthetic method: of a lambda such as {@code () -> main()}. */
    Set<MethodInsnNode> tailCalls(MethodNode method, Set<MethodInsnNode> calls) {
        if ((method.access & Opcodes.ACC_SYNTHETIC) == 0) {
            return Set.of(); // people look for the others in stack traces
        }
        ControlFlow flow = new ControlFlow(method);
        Set<MethodInsnNode> tailCalls = new HashSet<>();
        for (MethodInsnNode call : calls) {
            AbstractInsnNode next = call.getNext();
            while (next != null && next.getOpcode() < 0) {
                next = next.getNext();
            }
            ValueKind result = ValueKind.of(Type.getReturnType(call.desc));
            int wanted = result == null ? Opcodes.RETURN : result.returnOpcode;
            if (next != null
                    && next.getOpcode() == wanted
                    && flow.handlers(method.instructions.indexOf(call)).isEmpty()) {
                tailCalls.add(call);
            }
        }
        return tailCalls;
    }

    /** Analyses the calls of a method without uninitialised values; those that cannot be reached are left out. */
    List<SuspensionPoint> analyse(MethodNode method, Set<MethodInsnNode> calls) {
        TypeAnalysis types = new TypeAnalysis(owner.name, method, calls::contains);
        Liveness liveness = new Liveness(method, new ControlFlow(method));
        List<SuspensionPoint> points = new ArrayList<>();
        for (MethodInsnNode call : calls) {
            TypeAnalysis.State before = types.before(call);
            if (before != null) {
                int consumed =
                        Type.getArgumentTypes(call.desc).length + (call.getOpcode() == Opcodes.INVOKESTATIC ? 0 : 1);
                List<Object> rest = before.stack().subList(0, before.stack().size() - consumed);
                BitSet live = liveness.across(method.instructions.indexOf(call));
                points.add(new SuspensionPoint(
                        call,
                        points.size(),
                        before.locals(),
                        rest,
                        copied(before, rest.size(), live),
                        live,
                        line(call)));
            }
        }
        return points;
    }

    private static List<Integer> copied(TypeAnalysis.State state, int operands, BitSet live) {
        List<Integer> copied = new ArrayList<>();
        for (int i = 0; i < operands; i++) {
            int local = state.copied().get(i);
            boolean isSaved = local != CopiedLocals.NONE
                    && live.get(local)
                    && state.locals().get(local).equals(state.stack().get(i));
            copied.add(isSaved ? local : CopiedLocals.NONE);
        }
        return copied;
    }

    private void checkMonitors(MethodNode method, Set<MethodInsnNode> calls) throws RefusedException {
        boolean hasMonitors = false;
        for (AbstractInsnNode insn : method.instructions) {
            hasMonitors |= insn.getOpcode() == Opcodes.MONITORENTER;
        }
        if (!hasMonitors) {
            return;
        }
        MonitorDepth depth = new MonitorDepth(method, new ControlFlow(method));
        for (MethodInsnNode call : calls) {
            if (depth.at(method.instructions.indexOf(call)) > 0) {
                throw refused(
                        method,
                        call,
                        "it calls " + name(call) + ", which may suspend, inside a synchronized block",
                        "Move the call out of the block: code of one loop is never interleaved between two suspension"
                                + " points; if it must be exclusive across them, use dev.weft.sync.AsyncLock.");
            }
        }
    }

    private RefusedException refused(MethodNode method, AbstractInsnNode culprit, String reason, String remedy) {
        return new RefusedException(new Refusal(
                owner.name,
                method.name,
                method.desc,
                owner.sourceFile == null ? "Unknown Source" : owner.sourceFile,
                line(culprit),
                reason,
                remedy));
    }

    private static String name(MethodInsnNode call) {
        return call.owner.substring(call.owner.lastIndexOf('/') + 1).replace('$', '.') + "." + call.name;
    }

    static int line(AbstractInsnNode insn) {
        for (AbstractInsnNode before = insn; before != null; before = before.getPrevious()) {
            if (before instanceof LineNumberNode line) {
                return line.line;
            }
        }
        return 0;
    }
}
