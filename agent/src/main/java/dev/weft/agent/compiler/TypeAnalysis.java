package dev.weft.agent.compiler;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.AnalyzerAdapter;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;

/**
 * The types of locals and operands before chosen instructions, taken from the stack maps of the class file, so that no
 * class hierarchy is needed.
 *
 * <p>A type is what stack maps hold: a constant of {@link Opcodes} such as {@code INTEGER}, an internal name, or the
 * {@link Label} of the {@code NEW} of an object that is not initialised.
 */
final class TypeAnalysis {
    /**
     * Locals by slot, a long or double followed by TOP; operands from the bottom, one entry each; and for each operand the
     * local that has its value, as in {@link CopiedLocals}.
     */
    record State(List<Object> locals, List<Object> stack, List<Integer> copied) {}

    private final Map<AbstractInsnNode, State> states = new IdentityHashMap<>();
    private final Map<Label, TypeInsnNode> allocations = new HashMap<>();

    TypeAnalysis(String owner, MethodNode method, Predicate<AbstractInsnNode> wanted) {
        Adapter adapter = new Adapter(owner, method);
        List<Label> labels = new ArrayList<>();
        for (AbstractInsnNode insn : method.instructions) {
            if (insn instanceof LabelNode label) {
                labels.add(label.getLabel());
            } else if (insn.getOpcode() >= 0) {
                if (insn.getOpcode() == Opcodes.NEW) {
                    labels.forEach(label -> allocations.put(label, (TypeInsnNode) insn));
                }
                labels.clear();
            }
            if (adapter.locals != null && wanted.test(insn)) {
                states.put(insn, adapter.state());
            }
            adapter.follow(insn);
            if (insn.getOpcode() == Opcodes.NEW && adapter.stack != null) {
                allocations.put((Label) adapter.stack.get(adapter.stack.size() - 1), (TypeInsnNode) insn);
            }
        }
    }

    /** The state before the instruction, null if it cannot be reached. */
    @Nullable
    State before(AbstractInsnNode insn) {
        return states.get(insn);
    }

    /** The instruction that made a value of this type, if that is an uninitialised one. */
    @Nullable
    TypeInsnNode allocation(Object type) {
        return type instanceof Label label ? allocations.get(label) : null;
    }

    static boolean isWide(Object type) {
        return type.equals(Opcodes.LONG) || type.equals(Opcodes.DOUBLE);
    }

    private static final class Adapter extends AnalyzerAdapter {
        private final CopiedLocals copied;

        Adapter(String owner, MethodNode method) {
            super(Opcodes.ASM9, owner, method.access, method.name, method.desc, null);
            copied = new CopiedLocals(method);
        }

        void follow(AbstractInsnNode insn) {
            if (stack != null && !(stack instanceof Stack)) {
                stack = new Stack(stack); // at the beginning, and where code is reached by jumps alone
            }
            Stack before = (Stack) stack;
            if (before != null) {
                before.lowest = before.size();
            }
            insn.accept(this);
            copied.follow(insn, before == null ? 0 : before.lowest, stack);
        }

        State state() {
            List<Object> operands = new ArrayList<>();
            List<Integer> copies = new ArrayList<>();
            for (int i = 0; i < stack.size(); i++) {
                operands.add(stack.get(i));
                copies.add(copied.at(i));
                if (isWide(stack.get(i))) {
                    i++;
                }
            }
            return new State(List.copyOf(locals), operands, copies);
        }
    }

    /** Remembers how much of it an instruction has not removed. */
    private static final class Stack extends ArrayList<Object> {
        private static final long serialVersionUID = 1;

        int lowest;

        Stack(List<Object> slots) {
            super(slots);
        }

        @Override
        public Object remove(int index) {
            lowest = Math.min(lowest, index);
            return super.remove(index);
        }
    }
}
