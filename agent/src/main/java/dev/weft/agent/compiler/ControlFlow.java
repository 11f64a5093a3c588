package dev.weft.agent.compiler;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntConsumer;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;

/** Which instruction may follow which, exceptions included; by index, so any edit of the method voids it. */
final class ControlFlow {
    private final InsnList insns;
    private final List<List<TryCatchBlockNode>> handlers = new ArrayList<>();

    ControlFlow(MethodNode method) {
        insns = method.instructions;
        for (int i = 0; i < insns.size(); i++) {
            handlers.add(List.of());
        }
        for (TryCatchBlockNode block : method.tryCatchBlocks) {
            int end = insns.indexOf(block.end);
            for (int i = insns.indexOf(block.start); i < end; i++) {
                addHandler(i, block);
            }
        }
    }

    // A handler behind a catch-all of the same range is never reached. So a catch clause around a synchronized block
    // does not look as if it could begin with the monitor held.
    private void addHandler(int insnIndex, TryCatchBlockNode block) {
        List<TryCatchBlockNode> present = handlers.get(insnIndex);
        if (present.isEmpty()) {
            present = new ArrayList<>(2);
            handlers.set(insnIndex, present);
        } else if (present.get(present.size() - 1).type == null) {
            return;
        }
        present.add(block);
    }

    int size() {
        return insns.size();
    }

    /** The blocks whose handlers an exception thrown by the instruction may reach, in the order of the table. */
    List<TryCatchBlockNode> handlers(int insnIndex) {
        return handlers.get(insnIndex);
    }

    int handlerIndex(TryCatchBlockNode block) {
        return insns.indexOf(block.handler);
    }

    /** Calls {@code action} for each instruction that may follow without an exception. */
    void successors(int insnIndex, IntConsumer action) {
        AbstractInsnNode insn = insns.get(insnIndex);
        if (insn instanceof JumpInsnNode jump) {
            action.accept(insns.indexOf(jump.label));
            if (jump.getOpcode() == Opcodes.GOTO) {
                return;
            }
        } else if (insn instanceof TableSwitchInsnNode table) {
            action.accept(insns.indexOf(table.dflt));
            acceptAll(table.labels, action);
            return;
        } else if (insn instanceof LookupSwitchInsnNode lookup) {
            action.accept(insns.indexOf(lookup.dflt));
            acceptAll(lookup.labels, action);
            return;
        } else if (endsMethod(insn.getOpcode())) {
            return;
        }
        if (insnIndex + 1 < insns.size()) {
            action.accept(insnIndex + 1);
        }
    }

    /** The instructions that can be reached from the given ones, exceptions included. */
    BitSet reachableFrom(List<Integer> starts) {
        BitSet reached = new BitSet(insns.size());
        List<Integer> work = new ArrayList<>(starts);
        starts.forEach(reached::set);
        IntConsumer reach = index -> {
            if (!reached.get(index)) {
                reached.set(index);
                work.add(index);
            }
        };
        while (!work.isEmpty()) {
            int insnIndex = work.remove(work.size() - 1);
            successors(insnIndex, reach);
            if (insns.get(insnIndex).getOpcode() >= 0) {
                handlers(insnIndex).forEach(block -> reach.accept(handlerIndex(block)));
            }
        }
        return reached;
    }

    private void acceptAll(List<LabelNode> labels, IntConsumer action) {
        labels.forEach(label -> action.accept(insns.indexOf(label)));
    }

    private static boolean endsMethod(int opcode) {
        return opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN || opcode == Opcodes.ATHROW;
    }
}
