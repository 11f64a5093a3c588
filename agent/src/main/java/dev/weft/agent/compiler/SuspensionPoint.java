package dev.weft.agent.compiler;

import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * A call that may suspend its caller.
 *
 * @param state its position among the method's suspension points
 * @param locals the types of the locals by slot, a long or double followed by TOP
 * @param rest the types of the operands below the call's own arguments, from the bottom
 * @param copied for each of these the live local that has the same value and type, or {@link CopiedLocals#NONE}
 * @param live the slots that are needed afterwards
 * @param line of the source, 0 if unknown
 */
record SuspensionPoint(
        MethodInsnNode call,
        int state,
        List<Object> locals,
        List<Object> rest,
        List<Integer> copied,
        BitSet live,
        int line) {
    Type result() {
        return Type.getReturnType(call.desc);
    }

    /** Whether this operand need not be saved, because a local is that has the same value. */
    boolean isCopy(int operand) {
        return copied.get(operand) != CopiedLocals.NONE;
    }

    /** The same for code in which a debugger may change locals. */
    SuspensionPoint withoutCopies() {
        return new SuspensionPoint(
                call, state, locals, rest, Collections.nCopies(rest.size(), CopiedLocals.NONE), live, line);
    }
}
