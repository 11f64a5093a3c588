package dev.weft.agent.compiler;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Postpones each {@code new} whose object would be uninitialised across a suspension point, since no frame can hold such
 * an object, until its constructor's arguments are ready.
 *
 * <pre>
 *   new Foo; dup; [x]; call a(); invokespecial Foo.&lt;init&gt;(X, A)
 *   becomes
 *   [x]; call a(); astore 2; astore 1; new Foo; dup; aload 1; aload 2; invokespecial Foo.&lt;init&gt;(X, A)
 * </pre>
 *
 * Every instruction that only moves the uninitialised reference is left out, and the stack maps lose it; where it was
 * copied to, on the stack or in locals, the object is put right after its construction. All that a program can notice is
 * that the class is initialised after the arguments and not before.
 *
 * <p>Needs: a method as the compiler wrote it. Leaves: no uninitialised value alive at any suspension point.
 */
final class NewPostponer {
    private final MethodNode method;
    private final Set<TypeInsnNode> postponed = new HashSet<>();
    private final TypeAnalysis types;

    private NewPostponer(String owner, MethodNode method, Set<MethodInsnNode> calls) {
        this.method = method;
        TypeAnalysis atCalls = new TypeAnalysis(owner, method, calls::contains);
        for (MethodInsnNode call : calls) {
            TypeAnalysis.State state = atCalls.before(call);
            if (state != null) {
                collect(atCalls, state.locals());
                collect(atCalls, state.stack());
            }
        }
        types = postponed.isEmpty() ? atCalls : new TypeAnalysis(owner, method, insn -> insn.getOpcode() >= 0);
    }

    /** Returns how many allocations were postponed. */
    static int apply(String owner, MethodNode method, Set<MethodInsnNode> calls) {
        NewPostponer postponer = new NewPostponer(owner, method, calls);
        if (!postponer.postponed.isEmpty()) {
            for (AbstractInsnNode insn : method.instructions.toArray()) {
                postponer.rewrite(insn);
            }
        }
        return postponer.postponed.size();
    }

    private void collect(TypeAnalysis analysis, List<Object> values) {
        for (Object type : values) {
            TypeInsnNode allocation = analysis.allocation(type);
            if (allocation != null) {
                postponed.add(allocation);
            }
        }
    }

    private boolean isPostponed(Object type) {
        TypeInsnNode allocation = types.allocation(type);
        return allocation != null && postponed.contains(allocation);
    }

    private boolean isSame(Object type, Object object) {
        return types.allocation(type) != null && types.allocation(type) == types.allocation(object);
    }

    private void rewrite(AbstractInsnNode insn) {
        if (insn instanceof FrameNode frame) {
            rewriteFrame(frame);
            return;
        }
        TypeAnalysis.State state = types.before(insn);
        if (state == null) {
            return;
        }
        List<Object> stack = state.stack();
        Object top = stack.isEmpty() ? Opcodes.TOP : stack.get(stack.size() - 1);
        int opcode = insn.getOpcode();
        if (opcode == Opcodes.NEW && postponed.contains(insn)) {
            replace(insn, new Code());
        } else if (opcode == Opcodes.ASTORE && isPostponed(top)) {
            replace(insn, new Code());
        } else if (opcode == Opcodes.ALOAD && isPostponed(state.locals().get(((VarInsnNode) insn).var))) {
            replace(insn, new Code());
        } else if (opcode >= Opcodes.POP && opcode <= Opcodes.SWAP) {
            rearrange(insn, stack);
        } else if (insn instanceof MethodInsnNode call && call.name.equals("<init>")) {
            int receiver = stack.size() - 1 - Type.getArgumentTypes(call.desc).length;
            if (isPostponed(stack.get(receiver))) {
                construct(call, state, receiver);
            }
        }
    }

    private void rewriteFrame(FrameNode frame) {
        if (frame.local != null) {
            frame.local = new ArrayList<>(frame.local);
            frame.local.replaceAll(type -> isPostponedInFrame(type) ? Opcodes.TOP : type);
        }
        if (frame.stack != null) {
            frame.stack = new ArrayList<>(frame.stack);
            frame.stack.removeIf(this::isPostponedInFrame);
        }
    }

    private boolean isPostponedInFrame(Object type) {
        return type instanceof LabelNode label && isPostponed(label.getLabel());
    }

    // pop, pop2, dup, ..., swap: the same move of the values that are left
    private void rearrange(AbstractInsnNode insn, List<Object> stack) {
        StackMove move = StackMove.of(insn.getOpcode(), stack);
        List<Object> operands = stack.subList(stack.size() - move.depth(), stack.size());
        if (operands.stream().noneMatch(this::isPostponed)) {
            return;
        }
        List<Integer> before = new ArrayList<>();
        for (int i = 0; i < move.depth(); i++) {
            if (!isPostponed(operands.get(i))) {
                before.add(i);
            }
        }
        List<Integer> after = move.result().stream()
                .filter(i -> !isPostponed(operands.get(i)))
                .toList();
        Code code = new Code();
        if (!before.equals(after)) {
            int[] temps = storeAll(before, operands, code);
            for (int i : after) {
                code.load(kind(operands.get(i)), temps[i]);
            }
        }
        replace(insn, code);
    }

    private void construct(MethodInsnNode call, TypeAnalysis.State state, int receiver) {
        List<Object> stack = state.stack();
        Object object = stack.get(receiver);
        int lowest = receiver; // of the copies of the reference
        while (lowest > 0 && stack.subList(0, lowest).stream().anyMatch(type -> isSame(type, object))) {
            lowest--;
        }
        List<Integer> others = new ArrayList<>();
        List<Integer> arguments = new ArrayList<>();
        for (int i = lowest; i < stack.size(); i++) {
            if (i > receiver) {
                arguments.add(i);
            } else if (!isPostponed(stack.get(i))) {
                others.add(i);
            }
        }
        Code code = new Code();
        int[] argumentTemps = storeAll(arguments, stack, code);
        int[] otherTemps = storeAll(others, stack, code);
        code.newObject(call.owner).insn(Opcodes.DUP);
        for (int i : arguments) {
            code.load(kind(stack.get(i)), argumentTemps[i]);
        }
        code.invoke(Opcodes.INVOKESPECIAL, call.owner, "<init>", call.desc, false);
        List<Integer> locals = new ArrayList<>();
        for (int slot = 0; slot < state.locals().size(); slot++) {
            if (isSame(state.locals().get(slot), object)) {
                locals.add(slot);
            }
        }
        if (others.isEmpty() && locals.isEmpty()) {
            long copies = stack.subList(lowest, receiver).stream()
                    .filter(type -> isSame(type, object))
                    .count();
            if (copies == 0) {
                code.insn(Opcodes.POP);
            }
            for (int i = 1; i < copies; i++) {
                code.insn(Opcodes.DUP);
            }
        } else {
            putCopies(stack.subList(0, receiver), lowest, object, otherTemps, locals, code);
        }
        replace(call, code);
    }

    private void putCopies(
            List<Object> stack, int lowest, Object object, int[] otherTemps, List<Integer> locals, Code code) {
        int temp = newTemp(ValueKind.REFERENCE);
        code.astore(temp);
        for (int i = lowest; i < stack.size(); i++) {
            if (isSame(stack.get(i), object)) {
                code.aload(temp);
            } else if (!isPostponed(stack.get(i))) {
                code.load(kind(stack.get(i)), otherTemps[i]);
            }
        }
        locals.forEach(slot -> code.aload(temp).astore(slot));
        code.insn(Opcodes.ACONST_NULL).astore(temp); // or the object would live as long as the call
    }

    // Stores the operands with these indices, from the top down; gives back the slot of each.
    private int[] storeAll(List<Integer> indices, List<Object> operands, Code code) {
        int[] temps = new int[operands.size()];
        for (int i = indices.size() - 1; i >= 0; i--) {
            int operand = indices.get(i);
            ValueKind kind = kind(operands.get(operand));
            temps[operand] = newTemp(kind);
            code.store(kind, temps[operand]);
        }
        return temps;
    }

    private int newTemp(ValueKind kind) {
        int slot = method.maxLocals;
        method.maxLocals += kind.slots();
        return slot;
    }

    private static ValueKind kind(Object type) {
        ValueKind kind = ValueKind.ofFrameType(type);
        if (kind == null) {
            throw new IllegalStateException("an operand without a type");
        }
        return kind;
    }

    private void replace(AbstractInsnNode insn, Code code) {
        method.instructions.insertBefore(insn, code);
        method.instructions.remove(insn);
    }
}
