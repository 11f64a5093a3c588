package dev.weft.agent.compiler;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.LabelNode;

/**
 * Where the locals of a method are in a copy of it that has locals of its own in between.
 *
 * @param kept how many slots at the beginning stay where they are
 * @param shift how far the others move
 * @param added the types of the copy's own locals, by slot; TOP where it has none
 */
record SlotMap(int kept, int shift, List<Object> added) {
    int slot(int original) {
        return original < kept ? original : original + shift;
    }

    /** The locals of a stack map, given those of the original by slot with a TOP after each long and double. */
    Object[] frameLocals(List<Object> originalBySlot) {
        int size = added.size();
        for (int slot = 0; slot < originalBySlot.size(); slot++) {
            size = Math.max(size, slot(slot) + 1);
        }
        Object[] bySlot = new Object[size];
        Arrays.fill(bySlot, Opcodes.TOP);
        for (int slot = 0; slot < added.size(); slot++) {
            bySlot[slot] = added.get(slot);
        }
        for (int slot = 0; slot < originalBySlot.size(); slot++) {
            Object type = originalBySlot.get(slot);
            if (!type.equals(Opcodes.TOP)) {
                bySlot[slot(slot)] = type;
            }
        }
        List<Object> compact = new ArrayList<>();
        for (int slot = 0; slot < bySlot.length; slot++) {
            compact.add(bySlot[slot]);
            if (TypeAnalysis.isWide(bySlot[slot])) {
                slot++;
            }
        }
        return compact.toArray();
    }

    FrameNode frame(List<Object> localsBySlot, List<Object> stack) {
        Object[] locals = frameLocals(localsBySlot);
        return new FrameNode(Opcodes.F_NEW, locals.length, locals, stack.size(), stack.toArray());
    }

    /** The same stack map in the copy, whose labels {@code labels} gives. */
    FrameNode frame(FrameNode original, Map<LabelNode, LabelNode> labels) {
        List<Object> bySlot = new ArrayList<>();
        for (Object type : original.local) {
            bySlot.add(copied(type, labels));
            if (TypeAnalysis.isWide(type)) {
                bySlot.add(Opcodes.TOP);
            }
        }
        List<Object> stack = new ArrayList<>();
        original.stack.forEach(type -> stack.add(copied(type, labels)));
        return frame(bySlot, stack);
    }

    private static Object copied(Object type, Map<LabelNode, LabelNode> labels) {
        return type instanceof LabelNode label ? requireNonNull(labels.get(label)) : type;
    }
}
