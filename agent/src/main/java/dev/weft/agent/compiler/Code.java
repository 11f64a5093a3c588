package dev.weft.agent.compiler;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/** Instructions under construction, one short call for each. */
final class Code extends InsnList {
    Code insn(int opcode) {
        add(new InsnNode(opcode));
        return this;
    }

    Code load(ValueKind kind, int slot) {
        add(new VarInsnNode(kind.loadOpcode, slot));
        return this;
    }

    Code store(ValueKind kind, int slot) {
        add(new VarInsnNode(kind.storeOpcode, slot));
        return this;
    }

    Code aload(int slot) {
        return load(ValueKind.REFERENCE, slot);
    }

    Code astore(int slot) {
        return store(ValueKind.REFERENCE, slot);
    }

    /** Loads the arguments of a method, {@code this} included unless it is static. */
    Code loadArguments(int access, String descriptor) {
        int slot = 0;
        if ((access & Opcodes.ACC_STATIC) == 0) {
            aload(slot++);
        }
        for (Type type : Type.getArgumentTypes(descriptor)) {
            add(new VarInsnNode(type.getOpcode(Opcodes.ILOAD), slot));
            slot += type.getSize();
        }
        return this;
    }

    Code push(int value) {
        if (value >= -1 && value <= 5) {
            return insn(Opcodes.ICONST_0 + value);
        }
        if (value >= Byte.MIN_VALUE && value <= Byte.MAX_VALUE) {
            add(new IntInsnNode(Opcodes.BIPUSH, value));
        } else if (value >= Short.MIN_VALUE && value <= Short.MAX_VALUE) {
            add(new IntInsnNode(Opcodes.SIPUSH, value));
        } else {
            add(new LdcInsnNode(value));
        }
        return this;
    }

    Code push(String value) {
        add(new LdcInsnNode(value));
        return this;
    }

    Code newObject(String type) {
        add(new TypeInsnNode(Opcodes.NEW, type));
        return this;
    }

    /** Casts unless every reference is of the type. */
    Code cast(String type) {
        if (!type.equals("java/lang/Object")) {
            add(new TypeInsnNode(Opcodes.CHECKCAST, type));
        }
        return this;
    }

    Code getField(String owner, String name, String descriptor) {
        add(new FieldInsnNode(Opcodes.GETFIELD, owner, name, descriptor));
        return this;
    }

    Code putField(String owner, String name, String descriptor) {
        add(new FieldInsnNode(Opcodes.PUTFIELD, owner, name, descriptor));
        return this;
    }

    Code getStatic(String owner, String name, String descriptor) {
        add(new FieldInsnNode(Opcodes.GETSTATIC, owner, name, descriptor));
        return this;
    }

    Code invoke(int opcode, String owner, String name, String descriptor, boolean isInterface) {
        add(new MethodInsnNode(opcode, owner, name, descriptor, isInterface));
        return this;
    }

    Code invokeStatic(String owner, String name, String descriptor) {
        return invoke(Opcodes.INVOKESTATIC, owner, name, descriptor, false);
    }

    Code jump(int opcode, LabelNode target) {
        add(new JumpInsnNode(opcode, target));
        return this;
    }

    Code label(LabelNode label) {
        add(label);
        return this;
    }

    /** Returns a value of the type that nobody looks at. */
    Code returnDefault(Type type) {
        ValueKind kind = ValueKind.of(type);
        return kind == null ? insn(Opcodes.RETURN) : insn(kind.defaultOpcode).insn(kind.returnOpcode);
    }
}
