package dev.weft.agent.compiler;

import java.util.List;
import java.util.function.Predicate;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.LocalVariableNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/** Keeps all variables in scope across suspension points, and not only those that are read again: for debuggers. */
final class ScopedLocals {
    private ScopedLocals() {}

    /**
     * @param savable which types of variables can be restored whatever is done with them
     */
    static void keep(MethodNode method, List<SuspensionPoint> points, Predicate<Object> savable) {
        if (isThisAlwaysThere(method)) {
            points.forEach(point -> point.live().set(0));
        }
        if (method.localVariables == null) {
            return;
        }
        InsnList insns = method.instructions;
        for (LocalVariableNode variable : method.localVariables) {
            int start = insns.indexOf(variable.start);
            int end = insns.indexOf(variable.end);
            for (SuspensionPoint point : points) {
                int callIndex = insns.indexOf(point.call());
                if (start <= callIndex && callIndex < end && holds(point, variable.index, savable)) {
                    point.live().set(variable.index);
                }
            }
        }
    }

    /** Whether the first slot holds {@code this} wherever the method is. */
    static boolean isThisAlwaysThere(MethodNode method) {
        if ((method.access & Opcodes.ACC_STATIC) != 0) {
            return false;
        }
        for (AbstractInsnNode insn : method.instructions) {
            if (insn.getOpcode() >= Opcodes.ISTORE
                    && insn.getOpcode() <= Opcodes.ASTORE
                    && ((VarInsnNode) insn).var == 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean holds(SuspensionPoint point, int slot, Predicate<Object> savable) {
        return slot < point.locals().size()
                && ValueKind.ofFrameType(point.locals().get(slot)) != null
                && savable.test(point.locals().get(slot));
    }
}
