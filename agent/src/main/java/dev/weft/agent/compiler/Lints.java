package dev.weft.agent.compiler;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;

/** Looks for the mistakes of asynchronous code that nothing else would tell of. */
final class Lints {
    private static final Set<String> STARTERS = Set.of(RuntimeNames.ASYNCIO, RuntimeNames.EVENT_LOOP);
    private static final Set<String> ITS_SUPERTYPES = Set.of("java/lang/Throwable", "java/lang/Error");

    private final ClassNode owner;
    private final Hierarchy hierarchy;
    private final List<Lint> found = new ArrayList<>();

    Lints(ClassNode owner, Hierarchy hierarchy) {
        this.owner = owner;
        this.hierarchy = hierarchy;
    }

    List<Lint> found() {
        return found;
    }

    /** A coroutine or a task that nobody keeps. A group keeps its tasks itself. */
    void findDiscarded(MethodNode method) {
        for (AbstractInsnNode insn : method.instructions) {
            if (!(insn instanceof MethodInsnNode call) || next(insn) == null || !isPop(next(insn))) {
                continue;
            }
            Type made = Type.getReturnType(call.desc);
            if (made.getSort() != Type.OBJECT) {
                continue;
            }
            if (made.getInternalName().equals(RuntimeNames.TASK) && STARTERS.contains(call.owner)) {
                add(
                        method,
                        call,
                        "drops the task that it starts: nobody can await or cancel it",
                        "Keep it, or start it in a taskGroup(group -> ...), which waits for it.");
            } else if (hierarchy.isSubtype(made.getInternalName(), RuntimeNames.COROUTINE)) {
                add(
                        method,
                        call,
                        "drops the coroutine that " + call.name + " gives: it never runs",
                        "Await it, or start it with createTask.");
            }
        }
    }

    /** A handler around a suspension point that keeps a cancellation from the caller. */
    void findSwallowed(MethodNode method, Set<MethodInsnNode> calls) {
        if (method.tryCatchBlocks.isEmpty()) {
            return;
        }
        ControlFlow flow = new ControlFlow(method);
        BitSet regular = withoutException(flow, 0, new BitSet());
        BitSet seen = new BitSet();
        for (MethodInsnNode call : calls) {
            TryCatchBlockNode block = catching(flow.handlers(method.instructions.indexOf(call)));
            if (block == null) {
                continue;
            }
            int handler = flow.handlerIndex(block);
            if (!seen.get(handler) && swallows(method, flow, handler, regular)) {
                add(
                        method,
                        block.handler,
                        "catches CancelledError around the call of " + call.name
                                + " and does not throw it on: a task cannot be cancelled there",
                        "Catch Exception instead, or catch CancelledError before and throw it on.");
            }
            seen.set(handler);
        }
    }

    // Null also if the first that catches it does so on purpose.
    private static @Nullable TryCatchBlockNode catching(List<TryCatchBlockNode> blocks) {
        for (TryCatchBlockNode block : blocks) {
            if (RuntimeNames.CANCELLED_ERROR.equals(block.type)) {
                return null;
            }
            if (block.type == null || ITS_SUPERTYPES.contains(block.type)) {
                return block;
            }
        }
        return null;
    }

    // A handler that throws on some way is taken to know what it does.
    private static boolean swallows(MethodNode method, ControlFlow flow, int handler, BitSet regular) {
        BitSet own = withoutException(flow, handler, regular);
        boolean leaves = false;
        for (int i = own.nextSetBit(0); i >= 0; i = own.nextSetBit(i + 1)) {
            int opcode = method.instructions.get(i).getOpcode();
            if (opcode == Opcodes.ATHROW) {
                return false;
            }
            leaves |= opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN;
            boolean[] joins = new boolean[1];
            flow.successors(i, next -> joins[0] |= regular.get(next));
            leaves |= joins[0];
        }
        return leaves;
    }

    /** What can be reached without an exception and without one of {@code except}. */
    private static BitSet withoutException(ControlFlow flow, int start, BitSet except) {
        BitSet reached = new BitSet();
        List<Integer> work = new ArrayList<>(List.of(start));
        while (!work.isEmpty()) {
            int insnIndex = work.remove(work.size() - 1);
            if (insnIndex < flow.size() && !reached.get(insnIndex) && !except.get(insnIndex)) {
                reached.set(insnIndex);
                flow.successors(insnIndex, work::add);
            }
        }
        return reached;
    }

    private void add(MethodNode method, AbstractInsnNode culprit, String finding, String remedy) {
        String source = owner.sourceFile == null ? "Unknown Source" : owner.sourceFile;
        found.add(new Lint(owner.name, method.name, source, line(culprit), finding, remedy));
    }

    // Of a handler the line is behind its label.
    private static int line(AbstractInsnNode insn) {
        AbstractInsnNode code = insn.getOpcode() < 0 ? next(insn) : insn;
        return SuspensionPoints.line(code == null ? insn : code);
    }

    private static @Nullable AbstractInsnNode next(AbstractInsnNode insn) {
        AbstractInsnNode next = insn.getNext();
        while (next != null && next.getOpcode() < 0) {
            next = next.getNext();
        }
        return next;
    }

    private static boolean isPop(@Nullable AbstractInsnNode insn) {
        return insn != null && insn.getOpcode() == Opcodes.POP;
    }
}
