package dev.weft.agent.compiler;

import java.util.BitSet;
import java.util.List;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * A call that may suspend its caller.
 *
 * @param state its position among the method's suspension points
 * @param locals the types of the locals by slot, a long or double followed by TOP
 * @param rest the types of the operands below the call's own arguments, from the bottom
 * @param live the slots that are needed afterwards
 * @param line of the source, 0 if unknown
 */
record SuspensionPoint(MethodInsnNode call, int state, List<Object> locals, List<Object> rest, BitSet live, int line) {
    Type result() {
        return Type.getReturnType(call.desc);
    }
}
