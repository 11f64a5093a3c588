package dev.weft.agent.compiler;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Which operands have the value of a local: they were loaded from it, and nothing has been assigned to it since. Follows
 * the instructions in their order; where paths join nothing is known.
 */
final class CopiedLocals {
    static final int NONE = -1;

    private final Set<AbstractInsnNode> joins = new HashSet<>();
    private final List<Integer> locals = new ArrayList<>(); // by slot of the stack

    CopiedLocals(MethodNode method) {
        for (AbstractInsnNode insn : method.instructions) {
            if (insn instanceof JumpInsnNode jump) {
                joins.add(jump.label);
            } else if (insn instanceof TableSwitchInsnNode table) {
                joins.add(table.dflt);
                joins.addAll(table.labels);
            } else if (insn instanceof LookupSwitchInsnNode lookup) {
                joins.add(lookup.dflt);
                joins.addAll(lookup.labels);
            }
        }
    }

    /**
     * Goes on behind an instruction.
     *
     * @param untouched how many slots of the stack it has not taken
     * @param stack what is there now, a long or double followed by TOP; null if nothing gets there
     */
    void follow(AbstractInsnNode insn, int untouched, @Nullable List<Object> stack) {
        boolean unknown = stack == null || insn instanceof FrameNode || joins.contains(insn);
        int known = unknown ? 0 : untouched - changedInPlace(insn.getOpcode());
        while (locals.size() > known) {
            locals.remove(locals.size() - 1);
        }
        if (stack == null) {
            return;
        }
        if (insn instanceof IincInsnNode increment) {
            assigned(increment.var, 1, stack);
        } else if (insn instanceof VarInsnNode variable) {
            if (insn.getOpcode() <= Opcodes.ALOAD) {
                locals.add(variable.var);
            } else {
                boolean wide = insn.getOpcode() == Opcodes.LSTORE || insn.getOpcode() == Opcodes.DSTORE;
                assigned(variable.var, wide ? 2 : 1, stack);
            }
        }
        while (locals.size() < stack.size()) {
            locals.add(NONE);
        }
    }

    // Slots of the stack that get another value of the same type.
    private static int changedInPlace(int opcode) {
        return switch (opcode) {
            case Opcodes.INEG, Opcodes.FNEG, Opcodes.I2B, Opcodes.I2C, Opcodes.I2S -> 1;
            case Opcodes.LNEG, Opcodes.DNEG -> 2;
            default -> 0;
        };
    }

    private void assigned(int local, int size, List<Object> stack) {
        for (int i = 0; i < locals.size(); i++) {
            int first = locals.get(i);
            int last = TypeAnalysis.isWide(stack.get(i)) ? first + 1 : first;
            if (first < local + size && last >= local) {
                locals.set(i, NONE);
            }
        }
    }

    /** The local whose value this slot of the stack has, or {@link #NONE}. */
    int at(int slot) {
        return locals.get(slot);
    }
}
