package dev.weft.agent.compiler;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** Emits the two methods through which the runtime and the resume bodies of a class meet. */
final class DispatchEmitter {
    private static final int ACCESS = Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC;
    private static final int LONGEST_CONSTANT = 20_000; // characters, of 65,535 bytes that a constant may have

    private final ClassNode owner;
    private final StringBuilder table = new StringBuilder();
    private final SortedMap<Integer, ResumeBody> resumeBodies = new TreeMap<>(); // by their methods' keys
    private boolean needed;
    private int points;

    private record ResumeBody(AsyncMethod method, String name) {}

    DispatchEmitter(ClassNode owner) {
        this.owner = owner;
    }

    /** The position in the class of the next method's first suspension point. */
    int nextPoint() {
        return points;
    }

    /** A resume body joins the table, together with its method's suspension points. */
    void add(AsyncMethod method, String resumeName) {
        int key = key(method);
        while (resumeBodies.containsKey(key)) {
            key++;
        }
        table.append(resumeBodies.isEmpty() ? "" : "/")
                .append(method.method().name)
                .append(';')
                .append(key);
        method.points().forEach(point -> table.append(';').append(point.line()));
        resumeBodies.put(key, new ResumeBody(method, resumeName));
        points += method.points().size();
        needed = true;
    }

    /**
     * A resume body that is never called, for a method that cannot suspend: a debugger may exchange its code for such that
     * can, but cannot add a method.
     */
    MethodNode unused(String resumeName) {
        MethodNode body = new MethodNode(ACCESS, resumeName, RuntimeNames.RESUME_DESCRIPTOR, null, null);
        body.instructions = new Code().insn(Opcodes.ACONST_NULL).insn(Opcodes.ARETURN);
        needed = true;
        return body;
    }

    /** Lets the class have both methods in any case: the runtime tells by them that it was rewritten. */
    void mark() {
        needed = true;
    }

    void emit() {
        if (needed) {
            owner.methods.add(dispatch());
            owner.methods.add(suspend());
        }
    }

    // The same as long as the method has the same suspension points with the same values to save: frames of before a
    // redefinition of the class must not be taken for others.
    private static int key(AsyncMethod method) {
        StringBuilder text = new StringBuilder(method.method().name).append(method.method().desc);
        for (SuspensionPoint point : method.points()) {
            MethodInsnNode call = point.call();
            text.append(call.owner).append(call.name).append(call.desc);
            method.layout().describe(point, text);
        }
        return text.toString().hashCode();
    }

    // static Object weft$dispatch(int method, Frame frame, Continuation co, Object value) {
    //     switch (method) {
    //         case KEY: return foo$resume(frame, co, value);
    //         ...
    //         default: throw Rewriting.redefined(frame);
    //     }
    // }
    private MethodNode dispatch() {
        MethodNode dispatch =
                new MethodNode(ACCESS, RuntimeNames.DISPATCH, RuntimeNames.DISPATCH_DESCRIPTOR, null, null);
        Object[] locals = {Opcodes.INTEGER, RuntimeNames.FRAME, RuntimeNames.CONTINUATION, "java/lang/Object"};
        Code code = new Code();
        if (!resumeBodies.isEmpty()) {
            LabelNode unknown = new LabelNode();
            LabelNode[] labels =
                    resumeBodies.values().stream().map(body -> new LabelNode()).toArray(LabelNode[]::new);
            int[] keys = resumeBodies.keySet().stream().mapToInt(key -> key).toArray();
            code.load(ValueKind.INT, 0);
            code.add(new LookupSwitchInsnNode(unknown, keys, labels));
            for (int i = 0; i < keys.length; i++) {
                code.label(labels[i]);
                code.add(new FrameNode(Opcodes.F_NEW, locals.length, locals, 0, new Object[0]));
                ResumeBody body = requireNonNull(resumeBodies.get(keys[i]));
                boolean onThis = body.method.resumesOnThis();
                if (onThis) {
                    pushThis(body.method.layout(), code);
                }
                code.aload(1).aload(2).aload(3);
                code.invoke(
                        onThis ? Opcodes.INVOKESPECIAL : Opcodes.INVOKESTATIC,
                        owner.name,
                        body.name,
                        RuntimeNames.RESUME_DESCRIPTOR,
                        Twins.isInterface(owner));
                code.insn(Opcodes.ARETURN);
            }
            code.label(unknown);
            code.add(new FrameNode(Opcodes.F_NEW, locals.length, locals, 0, new Object[0]));
        }
        code.aload(1)
                .invokeStatic(RuntimeNames.REWRITING, "redefined", RuntimeNames.REDEFINED_DESCRIPTOR)
                .insn(Opcodes.ATHROW);
        dispatch.instructions = code;
        return dispatch;
    }

    // (Owner) ((Shape) frame).r0
    private void pushThis(FrameLayout layout, Code code) {
        int typed = 4;
        code.aload(1).cast(layout.shape.className()).astore(typed);
        layout.restore(code, new FrameLayout.Variable(false, 0, ValueKind.REFERENCE), owner.name, typed);
    }

    // static Object weft$suspend(Continuation co, Frame frame, int index) { return co.suspend(frame, POINTS[index]); }
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
                "(" + RuntimeNames.FRAME_TYPE + RuntimeNames.POINT_TYPE + ")Ljava/lang/Object;",
                false);
        code.insn(Opcodes.ARETURN);
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
