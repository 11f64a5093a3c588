package dev.weft.agent.compiler;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.LocalVariableNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;

/**
 * Emits the resume body: the part of the method that can be reached from a suspension point, entered there.
 *
 * <pre>
 *   static Object foo$resume(Frame frame, Continuation co, Object value) {
 *     switch (frame.point.state) { case 0: goto STUB_0; ... }
 *   STUB_0:                                  // outside all try ranges
 *     a = (String) frame.r0;                 // dead locals become null or 0, as the stack maps behind want a value
 *     goto RESUME_0;
 *     ...
 *     String x = foo$async(a, co);           // if the method can come here again
 *     if (co.suspended) goto SPILL_0; // which saves into the same frame
 *     goto CONT_0;
 *   RESUME_0:                                // inside the call's try ranges
 *     x = (String) resumed(value, co);       // or throws what the callee threw
 *   CONT_0:
 *     ...
 * </pre>
 */
final class ResumeEmitter extends BodyEmitter {
    private static final int SHIFT = 3;

    private final int frameSlot;
    private final int valueSlot;
    private final LabelNode[] resumes; // by state
    private final KeptLocals kept;
    private final BitSet reached;
    private final StaleLocals stale;
    private final List<Mark> marks = new ArrayList<>();

    /** From the label to the next one's, these slots are stale. */
    private record Mark(LabelNode label, BitSet stale) {}

    private ResumeEmitter(AsyncMethod source, List<Object> ownLocals) {
        super(source, new SlotMap(ownLocals.size() - SHIFT, SHIFT, ownLocals), ownLocals.size() - 2);
        frameSlot = ownLocals.size() - 3;
        valueSlot = ownLocals.size() - 1;
        MethodNode method = source.method();
        resumes = source.points().stream().map(point -> new LabelNode()).toArray(LabelNode[]::new);
        ControlFlow flow = new ControlFlow(method);
        List<Integer> starts = new ArrayList<>();
        for (SuspensionPoint point : source.points()) {
            int callIndex = method.instructions.indexOf(point.call());
            flow.successors(callIndex, starts::add);
            flow.handlers(callIndex).forEach(block -> starts.add(flow.handlerIndex(block)));
        }
        reached = flow.reachableFrom(starts);
        stale = new StaleLocals(source, flow);
        kept = new KeptLocals(source, flow, reached);
    }

    static MethodNode emit(AsyncMethod source, String name) {
        String shape = source.layout().shape.className();
        List<Object> ownLocals = new ArrayList<>(List.of(shape, RuntimeNames.CONTINUATION, "java/lang/Object"));
        if (source.resumesOnThis()) {
            ownLocals.add(0, source.owner());
        }
        return new ResumeEmitter(source, ownLocals).emit(name);
    }

    private MethodNode emit(String name) {
        int kind = source.resumesOnThis() ? 0 : Opcodes.ACC_STATIC;
        int access = Opcodes.ACC_PRIVATE | kind | Opcodes.ACC_SYNTHETIC;
        MethodNode body = new MethodNode(access, name, RuntimeNames.RESUME_DESCRIPTOR, null, null);
        code.aload(frameSlot).cast(source.layout().shape.className()).astore(frameSlot);
        emitSwitch();
        int insnIndex = 0;
        for (AbstractInsnNode insn : source.method().instructions) {
            SuspensionPoint point = pointAt(insn);
            if (reached.get(insnIndex)) {
                mark(stale.before(insnIndex));
            }
            if (point != null) {
                emitPoint(point, insnIndex);
            } else if (reached.get(insnIndex) && isReturn(insn)) {
                emitReturn(insn.getOpcode());
            } else if (reached.get(insnIndex) || insn instanceof LabelNode) {
                copy(insn);
            }
            insnIndex++;
        }
        source.points().stream().filter(this::isCalled).forEach(this::emitSpill);
        finish(body);
        return body;
    }

    // switch (frame.point.state)
    private void emitSwitch() {
        List<SuspensionPoint> points = source.points();
        LabelNode[] stubs = points.stream().map(point -> new LabelNode()).toArray(LabelNode[]::new);
        if (stubs.length > 1) {
            code.aload(frameSlot)
                    .getField(RuntimeNames.FRAME, "point", RuntimeNames.POINT_TYPE)
                    .getField(RuntimeNames.POINT, "state", "I");
            code.add(new TableSwitchInsnNode(0, stubs.length - 1, stubs[0], stubs));
        }
        for (int state = 0; state < stubs.length; state++) {
            code.label(stubs[state]);
            if (stubs.length > 1) {
                code.add(slots.frame(List.of(), List.of()));
            }
            emitStub(points.get(state));
        }
    }

    private void emitStub(SuspensionPoint point) {
        for (int slot = slots.kept(); slot < point.locals().size(); slot++) {
            Object type = point.locals().get(slot);
            ValueKind kind = ValueKind.ofFrameType(type);
            if (kind == null) {
                continue;
            }
            if (point.live().get(slot) && !type.equals(Opcodes.NULL)) {
                boolean isKept = kept.isSavedOnce(slot) && kept.isSavedLater(slot, point);
                restore(new FrameLayout.Variable(false, slot, kind), type, isKept);
            } else {
                code.insn(kind.defaultOpcode);
            }
            code.store(kind, slots.slot(slot));
        }
        code.jump(Opcodes.GOTO, resumes[point.state()]);
    }

    // A frame that goes on to hold what the method no longer needs would be a leak.
    private void restore(FrameLayout.Variable variable, Object type, boolean isKept) {
        source.layout().restore(code, variable, type, frameSlot);
        if (variable.kind() == ValueKind.REFERENCE && !isKept) {
            source.layout().clear(code, variable, frameSlot);
        }
    }

    private void emitPoint(SuspensionPoint point, int callIndex) {
        LabelNode resume = resumes[point.state()];
        LabelNode cont = new LabelNode();
        boolean called = reached.get(callIndex);
        if (called) {
            callTwin(point.call());
            testSuspended(point);
            code.jump(Opcodes.GOTO, cont);
        }
        beginOffLine(point, List.of());
        code.label(resume);
        code.add(slots.frame(point.locals(), List.of()));
        if (point.line() > 0 && source.purpose() != Purpose.DEBUGGING) {
            code.add(new LineNumberNode(point.line(), resume));
        }
        mark(stale.resumedAt(point));
        emitResult(point);
        if (called) {
            code.label(cont);
            code.add(slots.frame(point.locals(), stackAfter(point)));
            if (isFollowedByFrame(point.call())) {
                code.insn(Opcodes.NOP); // two stack maps may not stand at one instruction
            }
        }
    }

    private void emitResult(SuspensionPoint point) {
        for (int i = 0; i < point.rest().size(); i++) {
            Object type = point.rest().get(i);
            ValueKind kind = ValueKind.ofFrameType(type);
            if (kind == null || type.equals(Opcodes.NULL)) {
                code.insn(Opcodes.ACONST_NULL);
            } else if (point.isCopy(i)) {
                code.load(kind, slots.slot(point.copied().get(i)));
            } else {
                restore(new FrameLayout.Variable(true, i, kind), type, false);
            }
        }
        ValueKind kind = ValueKind.of(point.result());
        if (kind == ValueKind.REFERENCE) {
            String type = "(Ljava/lang/Object;" + RuntimeNames.CONTINUATION_TYPE + ")Ljava/lang/Object;";
            code.aload(valueSlot).aload(continuationSlot).invokeStatic(RuntimeNames.CONTINUATION, "resumed", type);
            code.cast(point.result().getInternalName());
            code.insn(Opcodes.ACONST_NULL).astore(valueSlot);
            return;
        }
        String name = kind == null
                ? "resumed"
                : switch (kind) {
                    case INT -> "resumedInt";
                    case LONG -> "resumedLong";
                    case FLOAT -> "resumedFloat";
                    default -> "resumedDouble";
                };
        String result = kind == null ? "V" : kind.name().substring(0, 1).replace('L', 'J');
        code.aload(continuationSlot)
                .invokeStatic(RuntimeNames.CONTINUATION, name, "(" + RuntimeNames.CONTINUATION_TYPE + ")" + result);
    }

    private void emitSpill(SuspensionPoint point) {
        FrameLayout layout = source.layout();
        int[] operands = storeOperands(point);
        for (FrameLayout.Variable variable : layout.saved(point)) {
            if (variable.isOperand() || !kept.isSavedOnce(variable.index())) {
                int slot = variable.isOperand() ? operands[variable.index()] : slots.slot(variable.index());
                layout.save(code, variable, frameSlot, slot);
            }
        }
        layout.unusedReferences(point).forEach(field -> layout.clear(code, field, frameSlot));
        suspend(point, frameSlot);
        code.insn(Opcodes.ARETURN);
    }

    // return value; a primitive goes through the continuation
    private void emitReturn(int opcode) {
        switch (opcode) {
            case Opcodes.RETURN -> code.insn(Opcodes.ACONST_NULL);
            case Opcodes.ARETURN -> {}
            default -> {
                String type = "IJFD".substring(opcode - Opcodes.IRETURN, opcode - Opcodes.IRETURN + 1);
                code.aload(continuationSlot)
                        .invokeStatic(
                                RuntimeNames.CONTINUATION,
                                "returned",
                                "(" + type + RuntimeNames.CONTINUATION_TYPE + ")Ljava/lang/Object;");
            }
        }
        code.insn(Opcodes.ARETURN);
    }

    private void mark(BitSet staleSlots) {
        if (marks.isEmpty() || !marks.get(marks.size() - 1).stale.equals(staleSlots)) {
            LabelNode label = new LabelNode();
            code.label(label);
            marks.add(new Mark(label, staleSlots));
        }
    }

    // Nothing is better than a wrong value.
    @Override
    List<Range> ranges(LocalVariableNode variable) {
        LabelNode last = copied(variable.end);
        LabelNode from = copied(variable.start);
        List<Range> ranges = new ArrayList<>();
        boolean stale = true;
        for (Mark mark : marks) {
            if (code.indexOf(mark.label) >= code.indexOf(last)) {
                break;
            }
            boolean isStale = mark.stale.get(variable.index);
            boolean begun = code.indexOf(mark.label) > code.indexOf(copied(variable.start));
            if (isStale && !stale && begun) {
                ranges.add(new Range(from, mark.label));
            } else if (!isStale && stale && begun) {
                from = mark.label;
            }
            stale = isStale;
        }
        if (!stale) {
            ranges.add(new Range(from, last));
        }
        return ranges;
    }

    private boolean isCalled(SuspensionPoint point) {
        return reached.get(source.method().instructions.indexOf(point.call()));
    }

    @Override
    boolean keeps(TryCatchBlockNode block) {
        return reached.get(source.method().instructions.indexOf(block.handler));
    }

    private static boolean isReturn(AbstractInsnNode insn) {
        return insn.getOpcode() >= Opcodes.IRETURN && insn.getOpcode() <= Opcodes.RETURN;
    }

    private static boolean isFollowedByFrame(AbstractInsnNode call) {
        for (AbstractInsnNode insn = call.getNext(); insn != null && insn.getOpcode() < 0; insn = insn.getNext()) {
            if (insn instanceof FrameNode) {
                return true;
            }
        }
        return false;
    }
}
