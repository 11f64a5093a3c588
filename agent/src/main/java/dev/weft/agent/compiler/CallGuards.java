package dev.weft.agent.compiler;

import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Guards the virtual calls of twins against receivers that know the plain method only.
 *
 * <pre>
 *   self.foo$async(args, co)
 *   becomes
 *   self.isMock() or of a class that overrides foo alone ? self.foo(args) : self.foo$async(args, co)
 * </pre>
 *
 * The choice is the runtime's, behind an {@code invokedynamic}. With an agent, classes made at run time get twins that lead
 * to their plain methods, and only Mockito's inline mocks are left: those are objects of the rewritten class itself. So
 * there is a guard only where Mockito can be found. Without an agent there may be proxies and generated subclasses of all
 * kinds: what is rewritten when it is built has guards everywhere.
 *
 * <p>Guarded twins are declared to be bridges, which mocks and proxies leave alone.
 *
 * <p>Needs: a class with all its twins and resume bodies.
 */
public final class CallGuards {
    /** When to guard calls. */
    enum Policy {
        NEVER,
        WHERE_MOCKITO_IS,
        ALWAYS
    }

    /** The system property that the agent sets as soon as anybody uses Mockito. */
    public static final String MOCKITO_IN_USE = "dev.weft.mockito";

    /** The class whose loading means that. */
    public static final String MOCKITO = "org/mockito/Mockito";

    private CallGuards() {}

    static boolean areNeeded(Hierarchy hierarchy, Policy policy) {
        return policy == Policy.ALWAYS || policy == Policy.WHERE_MOCKITO_IS && hierarchy.find(MOCKITO) != null;
    }

    static void apply(ClassNode owner, Hierarchy hierarchy) {
        for (MethodNode method : owner.methods) {
            if (isTwin(method.name, method.desc)) {
                method.access |= Opcodes.ACC_BRIDGE;
            }
            for (AbstractInsnNode insn : method.instructions.toArray()) {
                if (insn instanceof MethodInsnNode call && isVirtualCallOfTwin(call) && !isPrivate(call, hierarchy)) {
                    method.instructions.set(call, guarded(call));
                }
            }
        }
    }

    private static boolean isVirtualCallOfTwin(MethodInsnNode call) {
        return (call.getOpcode() == Opcodes.INVOKEVIRTUAL || call.getOpcode() == Opcodes.INVOKEINTERFACE)
                && isTwin(call.name, call.desc);
    }

    private static boolean isTwin(String name, String descriptor) {
        return name.endsWith(RuntimeNames.TWIN_SUFFIX) && descriptor.contains(RuntimeNames.CONTINUATION_TYPE + ")");
    }

    // Calls of private methods of nestmates look like virtual ones.
    private static boolean isPrivate(MethodInsnNode call, Hierarchy hierarchy) {
        ClassInfo owner = hierarchy.find(call.owner);
        ClassInfo.Method method = owner == null ? null : owner.methods().get(plainName(call) + plainDescriptor(call));
        return method != null && method.is(Opcodes.ACC_PRIVATE);
    }

    private static String plainName(MethodInsnNode call) {
        return call.name.substring(0, call.name.length() - RuntimeNames.TWIN_SUFFIX.length());
    }

    private static String plainDescriptor(MethodInsnNode call) {
        return call.desc.replace(RuntimeNames.CONTINUATION_TYPE + ")", ")");
    }

    private static InvokeDynamicInsnNode guarded(MethodInsnNode call) {
        int tag = call.getOpcode() == Opcodes.INVOKEVIRTUAL ? Opcodes.H_INVOKEVIRTUAL : Opcodes.H_INVOKEINTERFACE;
        return new InvokeDynamicInsnNode(
                call.name,
                "(L" + call.owner + ";" + call.desc.substring(1),
                RuntimeNames.GUARD_BOOTSTRAP,
                new Handle(tag, call.owner, call.name, call.desc, call.itf),
                new Handle(tag, call.owner, plainName(call), plainDescriptor(call), call.itf));
    }
}
