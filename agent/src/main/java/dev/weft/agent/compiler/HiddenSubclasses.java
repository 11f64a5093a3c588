package dev.weft.agent.compiler;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Lets constructors ask whether the new object is of a hidden class that overrides a method, but not its twin. The JVM does
 * not show hidden classes to agents, so that coroutines would go on to call the method that is overridden.
 *
 * <pre>
 *   return
 *   becomes
 *   Rewriting.checkHidden(this); return
 * </pre>
 *
 * Needs: a class with all its twins, whose calls have no {@linkplain CallGuards guards}.
 */
final class HiddenSubclasses {
    private static final int LONGEST = 5_000; // instructions; a constructor must not become too large by this

    private HiddenSubclasses() {}

    static void check(ClassNode owner) {
        if ((owner.access & (Opcodes.ACC_FINAL | Opcodes.ACC_INTERFACE)) != 0
                || owner.methods.stream().noneMatch(HiddenSubclasses::isOverridableTwin)) {
            return;
        }
        for (MethodNode method : owner.methods) {
            if (method.name.equals("<init>") && method.instructions.size() < LONGEST && keepsThis(method)) {
                for (AbstractInsnNode insn : method.instructions.toArray()) {
                    if (insn.getOpcode() == Opcodes.RETURN) {
                        method.instructions.insertBefore(
                                insn,
                                new Code()
                                        .aload(0)
                                        .invokeStatic(RuntimeNames.REWRITING, "checkHidden", "(Ljava/lang/Object;)V"));
                    }
                }
            }
        }
    }

    private static boolean isOverridableTwin(MethodNode method) {
        return method.name.endsWith(RuntimeNames.TWIN_SUFFIX)
                && (method.access & (Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL)) == 0;
    }

    private static boolean keepsThis(MethodNode constructor) {
        for (AbstractInsnNode insn : constructor.instructions) {
            if (insn.getOpcode() == Opcodes.ASTORE && ((VarInsnNode) insn).var == 0) {
                return false;
            }
        }
        return true;
    }
}
