package dev.weft.agent.compiler;

import java.util.List;
import org.objectweb.asm.Opcodes;

/**
 * What an instruction from {@code pop} to {@code swap} does: takes {@code depth} operands and leaves those that
 * {@code result} lists, by their positions among the taken ones, the deepest being 0.
 */
record StackMove(int depth, List<Integer> result) {
    static StackMove of(int opcode, List<Object> stack) {
        boolean wideTop = isWide(stack, 0);
        return switch (opcode) {
            case Opcodes.POP -> new StackMove(1, List.of());
            case Opcodes.POP2 -> new StackMove(wideTop ? 1 : 2, List.of());
            case Opcodes.SWAP -> new StackMove(2, List.of(1, 0));
            case Opcodes.DUP -> new StackMove(1, List.of(0, 0));
            case Opcodes.DUP_X1 -> new StackMove(2, List.of(1, 0, 1));
            case Opcodes.DUP_X2 ->
                isWide(stack, 1) ? new StackMove(2, List.of(1, 0, 1)) : new StackMove(3, List.of(2, 0, 1, 2));
            case Opcodes.DUP2 -> wideTop ? new StackMove(1, List.of(0, 0)) : new StackMove(2, List.of(0, 1, 0, 1));
            case Opcodes.DUP2_X1 ->
                wideTop ? new StackMove(2, List.of(1, 0, 1)) : new StackMove(3, List.of(1, 2, 0, 1, 2));
            case Opcodes.DUP2_X2 -> dup2x2(stack, wideTop);
            default -> throw new IllegalArgumentException("opcode " + opcode);
        };
    }

    private static StackMove dup2x2(List<Object> stack, boolean wideTop) {
        if (wideTop) {
            return isWide(stack, 1) ? new StackMove(2, List.of(1, 0, 1)) : new StackMove(3, List.of(2, 0, 1, 2));
        }
        return isWide(stack, 2)
                ? new StackMove(3, List.of(1, 2, 0, 1, 2))
                : new StackMove(4, List.of(2, 3, 0, 1, 2, 3));
    }

    private static boolean isWide(List<Object> stack, int fromTop) {
        int index = stack.size() - 1 - fromTop;
        return index >= 0 && TypeAnalysis.isWide(stack.get(index));
    }
}
