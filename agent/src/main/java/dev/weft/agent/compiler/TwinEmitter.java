package dev.weft.agent.compiler;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Emits the twin: the original code plus a test after each call that may suspend.
 *
 * <pre>
 *   String x = foo$async(a, co);
 *   if (co.suspended) goto SPILL_0;
 *   ...
 * SPILL_0:                                  // out of line, behind all of the original code
 *   Frame$R1I0J0 frame = new Frame$R1I0J0();
 *   frame.r0 = a;
 *   weft$suspend(co, frame, 0);             // links the frame to its callee's
 *   return null;
 * </pre>
 */
final class TwinEmitter extends BodyEmitter {
    private final Type returnType;

    private TwinEmitter(AsyncMethod source, SlotMap slots, int continuationSlot) {
        super(source, slots, continuationSlot);
        returnType = Type.getReturnType(source.method().desc);
    }

    static MethodNode emit(AsyncMethod source) {
        MethodNode method = source.method();
        int arguments = argumentSlots(method.access, method.desc);
        List<Object> added = new ArrayList<>(Collections.nCopies(arguments, (Object) Opcodes.TOP));
        added.add(RuntimeNames.CONTINUATION);
        boolean moved = storesWideOverLastArgument(method, arguments);
        SlotMap slots = moved ? new SlotMap(0, arguments + 1, added) : new SlotMap(arguments, 1, added);
        TwinEmitter emitter = new TwinEmitter(source, slots, arguments);
        if (moved) {
            emitter.moveArguments();
        }
        return emitter.emit();
    }

    private MethodNode emit() {
        MethodNode twin = Twins.newTwin(source.method());
        for (AbstractInsnNode insn : source.method().instructions) {
            SuspensionPoint point = pointAt(insn);
            if (point == null) {
                copy(insn);
            } else {
                callTwin(point.call());
                testSuspended(point);
            }
        }
        source.points().forEach(this::emitSpill);
        finish(twin);
        return twin;
    }

    private void emitSpill(SuspensionPoint point) {
        int[] operands = storeOperands(point);
        int frameSlot = freeSlot() + 2 * operands.length;
        FrameLayout layout = source.layout();
        layout.create(code, frameSlot);
        for (FrameLayout.Variable variable : layout.saved(point)) {
            int slot = variable.isOperand() ? operands[variable.index()] : slots.slot(variable.index());
            layout.save(code, variable, frameSlot, slot);
        }
        suspend(point, frameSlot);
        code.insn(Opcodes.POP).returnDefault(returnType);
    }

    private void moveArguments() {
        MethodNode method = source.method();
        int slot = 0;
        if ((method.access & Opcodes.ACC_STATIC) == 0) {
            code.aload(0).astore(slots.slot(0));
            slot = 1;
        }
        for (Type type : Type.getArgumentTypes(method.desc)) {
            code.add(new VarInsnNode(type.getOpcode(Opcodes.ILOAD), slot));
            code.add(new VarInsnNode(type.getOpcode(Opcodes.ISTORE), slots.slot(slot)));
            slot += type.getSize();
        }
    }

    static int argumentSlots(int access, String descriptor) {
        return (Type.getArgumentsAndReturnSizes(descriptor) >> 2) - ((access & Opcodes.ACC_STATIC) == 0 ? 0 : 1);
    }

    // Shrinkers store a long into the last argument's slot and the one behind it, where the continuation is.
    private static boolean storesWideOverLastArgument(MethodNode method, int arguments) {
        for (AbstractInsnNode insn : method.instructions) {
            if ((insn.getOpcode() == Opcodes.LSTORE || insn.getOpcode() == Opcodes.DSTORE)
                    && ((VarInsnNode) insn).var == arguments - 1) {
                return true;
            }
        }
        return false;
    }
}
