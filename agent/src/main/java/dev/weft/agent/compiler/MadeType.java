package dev.weft.agent.compiler;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;

/** The type that an instruction itself names for the reference that it puts onto the stack. */
final class MadeType {
    private MadeType() {}

    /** Null if it names none. */
    static @Nullable Type of(AbstractInsnNode insn) {
        if (insn instanceof MethodInsnNode call) {
            return Type.getReturnType(call.desc);
        }
        if (insn instanceof InvokeDynamicInsnNode dynamic) {
            return Type.getReturnType(dynamic.desc);
        }
        if (insn instanceof FieldInsnNode field) {
            return field.getOpcode() == Opcodes.GETFIELD || field.getOpcode() == Opcodes.GETSTATIC
                    ? Type.getType(field.desc)
                    : null;
        }
        return insn instanceof TypeInsnNode made
                        && (made.getOpcode() == Opcodes.CHECKCAST || made.getOpcode() == Opcodes.NEW)
                ? Type.getObjectType(made.desc)
                : null;
    }
}
