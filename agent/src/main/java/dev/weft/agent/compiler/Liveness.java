package dev.weft.agent.compiler;

import java.util.BitSet;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Which local variables are still needed: a backward data flow over all edges, exceptions included.
 *
 * <p>An instruction inside a try range needs what the handlers need, since it may throw before it has stored anything.
 */
final class Liveness {
    private final ControlFlow flow;
    private final BitSet[] liveIn;

    Liveness(MethodNode method, ControlFlow flow) {
        this.flow = flow;
        liveIn = new BitSet[flow.size()];
        for (int i = 0; i < liveIn.length; i++) {
            liveIn[i] = new BitSet();
        }
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int i = liveIn.length - 1; i >= 0; i--) {
                BitSet live = after(i);
                apply(method.instructions.get(i), live);
                addHandlers(i, live);
                if (!live.equals(liveIn[i])) {
                    liveIn[i] = live;
                    changed = true;
                }
            }
        }
    }

    /** The slots that a suspension at this call must keep: whether it returns or throws, they may be read. */
    BitSet across(int callIndex) {
        BitSet live = after(callIndex);
        addHandlers(callIndex, live);
        return live;
    }

    private BitSet after(int insnIndex) {
        BitSet live = new BitSet();
        flow.successors(insnIndex, next -> live.or(liveIn[next]));
        return live;
    }

    private void addHandlers(int insnIndex, BitSet live) {
        for (TryCatchBlockNode block : flow.handlers(insnIndex)) {
            live.or(liveIn[flow.handlerIndex(block)]);
        }
    }

    private static void apply(AbstractInsnNode insn, BitSet live) {
        if (insn instanceof VarInsnNode variable) {
            boolean store = insn.getOpcode() >= Opcodes.ISTORE && insn.getOpcode() <= Opcodes.ASTORE;
            live.set(variable.var, !store);
        } else if (insn instanceof IincInsnNode increment) {
            live.set(increment.var);
        }
    }
}
