package dev.weft.agent.compiler;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.LocalVariableNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.VarInsnNode;

/** What the twin and the resume body of a method have in common: a copy of its code with calls of twins. */
abstract class BodyEmitter {
    final AsyncMethod source;
    final SlotMap slots;
    final int continuationSlot;
    final Code code = new Code();
    final Map<LabelNode, LabelNode> labels = new HashMap<>();
    private final Map<MethodInsnNode, SuspensionPoint> points = new HashMap<>();
    private final LabelNode[] spills; // by state

    BodyEmitter(AsyncMethod source, SlotMap slots, int continuationSlot) {
        this.source = source;
        this.slots = slots;
        this.continuationSlot = continuationSlot;
        spills = source.points().stream().map(point -> new LabelNode()).toArray(LabelNode[]::new);
        for (SuspensionPoint point : source.points()) {
            points.put(point.call(), point);
        }
        for (AbstractInsnNode insn : source.method().instructions) {
            if (insn instanceof LabelNode label) {
                labels.put(label, new LabelNode());
            }
        }
    }

    @Nullable
    SuspensionPoint pointAt(AbstractInsnNode insn) {
        return insn instanceof MethodInsnNode call ? points.get(call) : null;
    }

    LabelNode spill(SuspensionPoint point) {
        return spills[point.state()];
    }

    void copy(AbstractInsnNode insn) {
        if (insn instanceof VarInsnNode variable) {
            code.add(new VarInsnNode(variable.getOpcode(), slots.slot(variable.var)));
        } else if (insn instanceof IincInsnNode increment) {
            code.add(new IincInsnNode(slots.slot(increment.var), increment.incr));
        } else if (insn instanceof FrameNode frame) {
            code.add(slots.frame(frame, labels));
        } else if (insn instanceof MethodInsnNode call && source.tailCalls().contains(call)) {
            callTwin(call);
        } else {
            code.add(insn.clone(labels));
        }
    }

    // foo$async(args, co)
    void callTwin(MethodInsnNode call) {
        code.aload(continuationSlot);
        code.invoke(
                call.getOpcode(),
                call.owner,
                call.name + RuntimeNames.TWIN_SUFFIX,
                RuntimeNames.twinDescriptor(call.desc),
                call.itf);
    }

    // if (co.suspended) goto spill
    void testSuspended(SuspensionPoint point) {
        code.aload(continuationSlot)
                .getField(RuntimeNames.CONTINUATION, "suspended", "Z")
                .jump(Opcodes.IFNE, spill(point));
    }

    // Needs: the operands of the call's caller and the dummy result on the stack.
    // Leaves: the operands in locals above all others.
    int[] storeOperands(SuspensionPoint point) {
        beginOffLine(point, stackAfter(point));
        code.label(spill(point));
        code.add(slots.frame(point.locals(), stackAfter(point)));
        ValueKind result = ValueKind.of(point.result());
        if (result != null) {
            code.insn(result.slots() == 2 ? Opcodes.POP2 : Opcodes.POP);
        }
        int[] temps = new int[point.rest().size()];
        int next = freeSlot();
        for (int i = temps.length - 1; i >= 0; i--) {
            ValueKind kind = ValueKind.ofFrameType(point.rest().get(i));
            if (kind == null) {
                throw new IllegalStateException("an operand without a type");
            }
            temps[i] = next;
            code.store(kind, next);
            next += kind.slots();
        }
        return temps;
    }

    // weft$suspend(co, frame, index)
    void suspend(SuspensionPoint point, int frameSlot) {
        code.aload(continuationSlot).aload(frameSlot).push(source.firstPoint() + point.state());
        code.invoke(
                Opcodes.INVOKESTATIC,
                source.owner(),
                RuntimeNames.SUSPEND,
                RuntimeNames.SUSPEND_DESCRIPTOR,
                source.inInterface());
    }

    /**
     * Gives the code that follows the point's line for debuggers, but no breakpoint: they set it where the line begins, at
     * an instruction that is never executed.
     */
    void beginOffLine(SuspensionPoint point, List<Object> stack) {
        if (source.purpose() == Purpose.DEBUGGING && point.line() > 0) {
            LabelNode start = new LabelNode();
            code.label(start).add(slots.frame(point.locals(), stack));
            code.add(new LineNumberNode(point.line(), start));
            code.insn(Opcodes.NOP);
        }
    }

    /** The types of the operands right after the call. */
    List<Object> stackAfter(SuspensionPoint point) {
        List<Object> stack = new ArrayList<>(point.rest());
        switch (point.result().getSort()) {
            case Type.VOID -> {}
            case Type.LONG -> stack.add(Opcodes.LONG);
            case Type.FLOAT -> stack.add(Opcodes.FLOAT);
            case Type.DOUBLE -> stack.add(Opcodes.DOUBLE);
            case Type.OBJECT, Type.ARRAY -> stack.add(point.result().getInternalName());
            default -> stack.add(Opcodes.INTEGER);
        }
        return stack;
    }

    /** The first slot that no local of the copy uses. */
    int freeSlot() {
        return Math.max(slots.slot(source.method().maxLocals), slots.added().size());
    }

    /** Copies the tables that refer to the code, without ranges that have become empty. */
    void finish(MethodNode target) {
        target.instructions = code;
        target.tryCatchBlocks = new ArrayList<>();
        for (TryCatchBlockNode block : source.method().tryCatchBlocks) {
            Range range = new Range(copied(block.start), copied(block.end));
            if (keeps(block) && !range.isEmpty()) {
                target.tryCatchBlocks.add(
                        new TryCatchBlockNode(range.start, range.end, copied(block.handler), block.type));
            }
        }
        target.localVariables = new ArrayList<>();
        if (source.method().localVariables != null) {
            for (LocalVariableNode variable : source.method().localVariables) {
                int slot = slots.slot(variable.index);
                for (Range range : ranges(variable)) {
                    if (!range.isEmpty()) {
                        target.localVariables.add(new LocalVariableNode(
                                variable.name, variable.desc, variable.signature, range.start, range.end, slot));
                    }
                }
            }
        }
    }

    /** Where in the copy the variable has its value. */
    List<Range> ranges(LocalVariableNode variable) {
        return List.of(new Range(copied(variable.start), copied(variable.end)));
    }

    final LabelNode copied(LabelNode label) {
        return requireNonNull(labels.get(label));
    }

    boolean keeps(TryCatchBlockNode block) {
        return true;
    }

    record Range(LabelNode start, LabelNode end) {
        boolean isEmpty() {
            for (AbstractInsnNode insn = start; insn != null && insn != end; insn = insn.getNext()) {
                if (insn.getOpcode() >= 0) {
                    return false;
                }
            }
            return true;
        }
    }
}
