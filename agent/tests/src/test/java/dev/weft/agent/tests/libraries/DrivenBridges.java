package dev.weft.agent.tests.libraries;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Makes drivers of the bridges that the compiler and the runtime have written, so that tests, the JDK's callbacks and
 * constructors get the results of code that suspends.
 *
 * <pre>
 *   R foo(args) { return foo$async(args, Continuation.REFUSING); }
 *   becomes
 *   R foo(args) { Continuation co = Driver.begin(); return (R) Driver.finish(foo$async(args, co), co); }
 * </pre>
 */
final class DrivenBridges extends ClassVisitor {
    private static final String DRIVER = Driver.class.getName().replace('.', '/');
    private static final String CONTINUATION = "dev/weft/internal/Continuation";
    private static final String CONTINUATION_TYPE = "L" + CONTINUATION + ";";

    private boolean changed;

    private DrivenBridges(ClassVisitor next) {
        super(Opcodes.ASM9, next);
    }

    static byte @Nullable [] in(byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        ClassWriter writer = new ClassWriter(reader, 0);
        DrivenBridges bridges = new DrivenBridges(writer);
        reader.accept(bridges, 0);
        return bridges.changed ? writer.toByteArray() : null;
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String name, String descriptor, String signature, String[] exceptions) {
        MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
        int arguments =
                (Type.getArgumentsAndReturnSizes(descriptor) >> 2) - ((access & Opcodes.ACC_STATIC) == 0 ? 0 : 1);
        return new MethodVisitor(Opcodes.ASM9, next) {
            private boolean driven;

            @Override
            public void visitFieldInsn(int opcode, String owner, String field, String type) {
                if (opcode == Opcodes.GETSTATIC && owner.equals(CONTINUATION) && field.equals("REFUSING")) {
                    super.visitMethodInsn(Opcodes.INVOKESTATIC, DRIVER, "begin", "()" + CONTINUATION_TYPE, false);
                    super.visitInsn(Opcodes.DUP);
                    super.visitVarInsn(Opcodes.ASTORE, arguments);
                    driven = true;
                    changed = true;
                } else {
                    super.visitFieldInsn(opcode, owner, field, type);
                }
            }

            @Override
            public void visitInsn(int opcode) {
                if (driven && opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
                    super.visitVarInsn(Opcodes.ALOAD, arguments);
                    Type result = Type.getReturnType(descriptor);
                    boolean reference = result.getSort() >= Type.ARRAY;
                    String type = opcode == Opcodes.RETURN
                            ? ""
                            : reference
                                    ? "Ljava/lang/Object;"
                                    : "IJFD".substring(opcode - Opcodes.IRETURN).substring(0, 1);
                    String back = type.isEmpty() ? "V" : type;
                    super.visitMethodInsn(
                            Opcodes.INVOKESTATIC, DRIVER, "finish", "(" + type + CONTINUATION_TYPE + ")" + back, false);
                    if (reference) {
                        super.visitTypeInsn(Opcodes.CHECKCAST, result.getInternalName());
                    }
                }
                super.visitInsn(opcode);
            }

            @Override
            public void visitMaxs(int maxStack, int maxLocals) {
                super.visitMaxs(
                        driven ? maxStack + 2 : maxStack, driven ? Math.max(maxLocals, arguments + 1) : maxLocals);
            }
        };
    }
}
