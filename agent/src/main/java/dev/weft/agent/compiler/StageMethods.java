package dev.weft.agent.compiler;

import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * {@code @Async} methods that return a future of the JDK. Nobody suspends in a call of one: whoever calls it starts it, and
 * gets the future at once.
 *
 * <pre>
 *   CompletableFuture foo(args) { return EventLoop.start$stage(() -> foo$async(args, co)); }
 * </pre>
 *
 * The twin has the body, as always, but is private: an overrider starts its own.
 */
final class StageMethods {
    private static final String FUTURE = "Ljava/util/concurrent/CompletableFuture;";
    private static final String STAGE = "Ljava/util/concurrent/CompletionStage;";

    private StageMethods() {}

    /** Whether an {@code @Async} method of this descriptor is such a method. */
    static boolean returnsStage(String descriptor) {
        return descriptor.endsWith(")" + FUTURE) || descriptor.endsWith(")" + STAGE);
    }

    /** Replaces the body of a method that has a twin by what starts that. */
    static void makeStarter(ClassNode owner, MethodNode method, MethodNode twin) {
        boolean isStatic = (method.access & Opcodes.ACC_STATIC) != 0;
        twin.access = twin.access & Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE | Opcodes.ACC_SYNTHETIC;
        String captured = (isStatic ? "(" : "(L" + owner.name + ";")
                + method.desc.substring(1, method.desc.indexOf(')') + 1) + "L" + RuntimeNames.COROUTINE + ";";
        Code code = new Code();
        Twins.addLine(code, method);
        code.loadArguments(method.access, method.desc);
        code.add(new InvokeDynamicInsnNode(
                "run",
                captured,
                RuntimeNames.LAMBDAS_BOOTSTRAP,
                Type.getMethodType("()Ljava/lang/Object;"),
                new Handle(
                        isStatic ? Opcodes.H_INVOKESTATIC : Opcodes.H_INVOKESPECIAL,
                        owner.name,
                        twin.name,
                        twin.desc,
                        Twins.isInterface(owner)),
                Type.getMethodType("()" + method.desc.substring(method.desc.indexOf(')') + 1))));
        code.invokeStatic(RuntimeNames.EVENT_LOOP, "start$stage", "(L" + RuntimeNames.COROUTINE + ";)" + FUTURE);
        code.insn(Opcodes.ARETURN);
        Twins.replaceBody(method, code);
    }
}
