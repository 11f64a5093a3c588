package dev.weft.agent.compiler;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;

/** Emits the two methods through which the runtime and the resume bodies of a class meet. */
final class DispatchEmitter {
    private static final int ACCESS = Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC;
    private static final int LONGEST_CONSTANT = 20_000; // characters, of 65,535 bytes that a constant may have

    private final ClassNode owner;
    private final StringBuilder table = new StringBuilder();
    private final List<String> resumeBodies = new ArrayList<>();
    private int points;

    DispatchEmitter(ClassNode owner) {
        this.owner = owner;
    }

    /** The position in the class of the next method's first suspension point. */
    int nextPoint() {
        return points;
    }

    /** A resume body joins the table, together with its method's suspension points. */
    void add(AsyncMethod method, String resumeName) {
        table.append(resumeBodies.isEmpty() ? "" : "/").append(method.method().name);
        method.points().forEach(point -> table.append(';').append(point.line()));
        resumeBodies.add(resumeName);
        points += method.points().size();
    }

    void emit() {
        if (!resumeBodies.isEmpty()) {
            owner.methods.add(dispatch());
            owner.methods.add(suspend());
        }
    }

    // static Object weft$dispatch(int method, Frame frame, Continuation co, Object value) {
    //     switch (method) { case 0: return foo$resume(frame, co, value); ... }
    // }
    private MethodNode dispatch() {
        MethodNode dispatch =
                new MethodNode(ACCESS, RuntimeNames.DISPATCH, RuntimeNames.DISPATCH_DESCRIPTOR, null, null);
        Code code = new Code();
        LabelNode[] labels = resumeBodies.stream().map(body -> new LabelNode()).toArray(LabelNode[]::new);
        if (labels.length > 1) {
            code.load(ValueKind.INT, 0);
            code.add(new TableSwitchInsnNode(0, labels.length - 1, labels[0], labels));
        }
        for (int i = 0; i < labels.length; i++) {
            code.label(labels[i]);
            if (labels.length > 1) {
                Object[] locals = {Opcodes.INTEGER, RuntimeNames.FRAME, RuntimeNames.CONTINUATION, "java/lang/Object"};
                code.add(new FrameNode(Opcodes.F_NEW, 4, locals, 0, new Object[0]));
            }
            code.aload(1).aload(2).aload(3);
            code.invoke(
                    Opcodes.INVOKESTATIC,
                    owner.name,
                    resumeBodies.get(i),
                    RuntimeNames.RESUME_DESCRIPTOR,
                    Twins.isInterface(owner));
            code.insn(Opcodes.ARETURN);
        }
        dispatch.instructions = code;
        return dispatch;
    }

    // static void weft$suspend(Continuation co, Frame frame, int index) { co.suspend(frame, POINTS[index]); }
    private MethodNode suspend() {
        MethodNode suspend = new MethodNode(ACCESS, RuntimeNames.SUSPEND, RuntimeNames.SUSPEND_DESCRIPTOR, null, null);
        Code code = new Code();
        code.aload(0).aload(1);
        code.add(new InvokeDynamicInsnNode(
                "points", "()[" + RuntimeNames.POINT_TYPE, RuntimeNames.POINTS_BOOTSTRAP, bootstrapArguments()));
        code.load(ValueKind.INT, 2).insn(Opcodes.AALOAD);
        code.invoke(
                Opcodes.INVOKEVIRTUAL,
                RuntimeNames.CONTINUATION,
                "suspend",
                "(" + RuntimeNames.FRAME_TYPE + RuntimeNames.POINT_TYPE + ")V",
                false);
        code.insn(Opcodes.RETURN);
        suspend.instructions = code;
        return suspend;
    }

    private Object[] bootstrapArguments() {
        List<Object> arguments = new ArrayList<>();
        arguments.add(owner.sourceFile == null ? "" : owner.sourceFile);
        for (int at = 0; at < table.length(); at += LONGEST_CONSTANT) {
            arguments.add(table.substring(at, Math.min(at + LONGEST_CONSTANT, table.length())));
        }
        return arguments.toArray();
    }
}
