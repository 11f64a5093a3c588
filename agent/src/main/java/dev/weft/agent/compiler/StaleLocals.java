package dev.weft.agent.compiler;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Which local variables of a resume body hold a dummy, because no code reads what the source has put there: a forward data
 * flow from the suspension points. A slot is stale if it is on one of the ways that lead to an instruction.
 */
final class StaleLocals {
    private final MethodNode method;
    private final ControlFlow flow;
    private final @Nullable BitSet[] before; // by index of the instruction, null where no point leads
    private final Deque<Integer> work = new ArrayDeque<>();

    StaleLocals(AsyncMethod source, ControlFlow flow) {
        this.flow = flow;
        method = source.method();
        before = new BitSet[flow.size()];
        if (method.localVariables == null || method.localVariables.isEmpty()) {
            return; // nobody will ask
        }
        for (SuspensionPoint point : source.points()) {
            int callIndex = method.instructions.indexOf(point.call());
            BitSet after = resumedAt(point);
            flow.successors(callIndex, next -> join(next, after));
            joinHandlers(callIndex, after);
        }
        while (!work.isEmpty()) {
            int insnIndex = work.remove();
            BitSet state = before(insnIndex);
            joinHandlers(insnIndex, state);
            BitSet after = (BitSet) state.clone();
            AbstractInsnNode insn = method.instructions.get(insnIndex);
            if (insn.getOpcode() >= Opcodes.ISTORE && insn.getOpcode() <= Opcodes.ASTORE) {
                after.clear(((VarInsnNode) insn).var);
            }
            IntConsumer toNext = next -> join(next, after);
            flow.successors(insnIndex, toNext);
        }
    }

    /** The stale slots when the instruction is about to be executed. */
    BitSet before(int insnIndex) {
        BitSet state = before[insnIndex];
        return state == null ? new BitSet() : state;
    }

    /** The slots that are not restored. */
    BitSet resumedAt(SuspensionPoint point) {
        BitSet stale = new BitSet();
        stale.set(0, method.maxLocals);
        for (int slot = 0; slot < point.locals().size(); slot++) {
            if (point.live().get(slot) && ValueKind.ofFrameType(point.locals().get(slot)) != null) {
                stale.clear(slot);
            }
        }
        return stale;
    }

    private void joinHandlers(int insnIndex, BitSet state) {
        for (TryCatchBlockNode block : flow.handlers(insnIndex)) {
            join(flow.handlerIndex(block), state);
        }
    }

    private void join(int insnIndex, BitSet state) {
        BitSet known = before[insnIndex];
        if (known == null) {
            before[insnIndex] = (BitSet) state.clone();
            work.add(insnIndex);
            return;
        }
        int size = known.cardinality();
        known.or(state);
        if (known.cardinality() > size) {
            work.add(insnIndex);
        }
    }
}
