package dev.weft.agent.compiler;

import java.util.BitSet;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Which locals a frame may keep while its method runs on: those that no code behind a suspension point assigns to. Where
 * such a one is saved, it has been saved before, at the first suspension.
 */
final class KeptLocals {
    private final AsyncMethod source;
    private final ControlFlow flow;
    private final BitSet keepable = new BitSet(); // slots
    private final BitSet[] later; // by index of the instruction: what suspensions from there on save

    /** @param reached the instructions behind suspension points */
    KeptLocals(AsyncMethod source, ControlFlow flow, BitSet reached) {
        this.source = source;
        this.flow = flow;
        later = new BitSet[flow.size()];
        if (source.purpose() == Purpose.DEBUGGING) {
            return; // people change values too
        }
        source.points().forEach(point -> keepable.or(point.live()));
        removeAssigned(reached);
        removeNull();
        if (!keepable.isEmpty()) {
            findLater();
        }
    }

    /** Whether the local is never saved by resumed code. */
    boolean isSavedOnce(int slot) {
        return keepable.get(slot);
    }

    /** Whether the local is saved at any point that may follow this one. */
    boolean isSavedLater(int slot, SuspensionPoint point) {
        return after(source.method().instructions.indexOf(point.call())).get(slot);
    }

    private void removeAssigned(BitSet reached) {
        int insnIndex = 0;
        for (AbstractInsnNode insn : source.method().instructions) {
            if (!reached.get(insnIndex++)) {
                continue;
            }
            if (insn.getOpcode() >= Opcodes.ISTORE && insn.getOpcode() <= Opcodes.ASTORE) {
                keepable.clear(((VarInsnNode) insn).var);
            } else if (insn instanceof IincInsnNode increment) {
                keepable.clear(increment.var);
            }
        }
    }

    // What is known to be null is not saved, there.
    private void removeNull() {
        for (SuspensionPoint point : source.points()) {
            for (int slot = 0; slot < point.locals().size(); slot++) {
                if (point.locals().get(slot).equals(Opcodes.NULL)) {
                    keepable.clear(slot);
                }
            }
        }
    }

    private void findLater() {
        MethodNode method = source.method();
        for (int i = 0; i < later.length; i++) {
            later[i] = new BitSet();
        }
        for (SuspensionPoint point : source.points()) {
            later[method.instructions.indexOf(point.call())].or(point.live());
        }
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int i = later.length - 1; i >= 0; i--) {
                int size = later[i].cardinality();
                later[i].or(after(i));
                changed |= later[i].cardinality() > size;
            }
        }
    }

    private BitSet after(int insnIndex) {
        BitSet after = new BitSet();
        flow.successors(insnIndex, next -> after.or(later[next]));
        for (TryCatchBlockNode block : flow.handlers(insnIndex)) {
            after.or(later[flow.handlerIndex(block)]);
        }
        return after;
    }
}
