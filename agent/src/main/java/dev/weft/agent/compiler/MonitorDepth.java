package dev.weft.agent.compiler;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;

/** How many {@code synchronized} blocks of the method surround each instruction: a forward data flow. */
final class MonitorDepth {
    private static final int UNREACHED = -1;
    private static final int ENOUGH = 64; // ends the flow where monitors are entered in a loop and never left

    private final int[] depths;

    MonitorDepth(MethodNode method, ControlFlow flow) {
        depths = new int[flow.size()];
        Arrays.fill(depths, UNREACHED);
        Deque<Integer> work = new ArrayDeque<>();
        reach(0, 0, work);
        while (!work.isEmpty()) {
            int insnIndex = work.pop();
            int before = depths[insnIndex];
            int opcode = method.instructions.get(insnIndex).getOpcode();
            int after = opcode == Opcodes.MONITORENTER
                    ? Math.min(before + 1, ENOUGH)
                    : opcode == Opcodes.MONITOREXIT ? Math.max(before - 1, 0) : before;
            flow.successors(insnIndex, next -> reach(next, after, work));
            if (mayThrow(opcode)) {
                int thrown = Math.min(before, after);
                for (TryCatchBlockNode block : flow.handlers(insnIndex)) {
                    reach(flow.handlerIndex(block), thrown, work);
                }
            }
        }
    }

    int at(int insnIndex) {
        return depths[insnIndex];
    }

    // Compilers leave the moves around a monitorenter and a monitorexit to the handlers of the surrounding code.
    private static boolean mayThrow(int opcode) {
        return opcode > Opcodes.NOP
                && (opcode < Opcodes.ILOAD || opcode > Opcodes.ALOAD)
                && (opcode < Opcodes.ISTORE || opcode > Opcodes.ASTORE)
                && opcode != Opcodes.GOTO;
    }

    private void reach(int insnIndex, int depth, Deque<Integer> work) {
        if (insnIndex < depths.length && depth > depths[insnIndex]) {
            depths[insnIndex] = depth;
            work.push(insnIndex);
        }
    }
}
