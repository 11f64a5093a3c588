package dev.weft.agent.compiler;

import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.LimitExceededException;
import org.objectweb.asm.MethodTooLargeException;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Finds the methods that cannot be written: those larger than the JVM allows, and those whose jumps have become so long that
 * ASM would have to work out more stack maps than it agrees to.
 *
 * <p>Large methods are written alone for that, as to write their class again for each that proves too large would take long.
 */
final class MethodSize {
    private static final int WORTH_A_TRIAL = 5_000; // instructions

    private MethodSize() {}

    static boolean isTooLarge(ClassNode owner, MethodNode emitted) {
        if (emitted.instructions.size() < WORTH_A_TRIAL) {
            return false;
        }
        ClassWriter writer = newWriter();
        writer.visit(owner.version, owner.access, owner.name, null, owner.superName, null);
        try {
            emitted.accept(writer);
            writer.toByteArray();
            return false;
        } catch (MethodTooLargeException | LimitExceededException e) {
            return true;
        }
    }

    /** Keeps the stack maps as they are. */
    static ClassWriter newWriter() {
        return new ClassWriter(ClassWriter.COMPUTE_MAXS) {
            @Override
            protected String getCommonSuperClass(String first, String second) {
                throw new IllegalStateException("frames are never computed");
            }
        };
    }
}
