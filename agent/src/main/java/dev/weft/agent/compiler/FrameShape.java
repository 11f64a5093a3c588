package dev.weft.agent.compiler;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * A subclass of the runtime's {@code Frame} with so many fields for references, ints and longs. Floats go into ints,
 * doubles into longs.
 *
 * <p>The classes are made when the runtime is built and shared by all rewritten code. Where a method needs a size that was
 * not made, it takes the next larger one; beyond all of them is a shape that holds arrays.
 */
record FrameShape(int references, int ints, int longs) {
    private static final int[] REFERENCES = {0, 1, 2, 3, 4, 5, 6, 8, 10, 12};
    private static final int[] INTS = {0, 1, 2, 3, 4};
    private static final int[] LONGS = {0, 1, 2};
    private static final String PREFIX = RuntimeNames.FRAME + "$";

    /** The names of the fields, followed by their position. */
    static final String REFERENCE_FIELD = "r";

    static final String INT_FIELD = "i";
    static final String LONG_FIELD = "j";

    /** The smallest shape with room for so many values. */
    static FrameShape atLeast(int references, int ints, int longs) {
        int r = next(REFERENCES, references);
        int i = next(INTS, ints);
        int j = next(LONGS, longs);
        return r < 0 || i < 0 || j < 0 ? new FrameShape(references, ints, longs) : new FrameShape(r, i, j);
    }

    /** Every shape with fields. */
    static List<FrameShape> all() {
        List<FrameShape> shapes = new ArrayList<>();
        for (int r : REFERENCES) {
            for (int i : INTS) {
                for (int j : LONGS) {
                    shapes.add(new FrameShape(r, i, j));
                }
            }
        }
        return shapes;
    }

    /** Whether the values are in the elements of two arrays, {@code references} and {@code primitives}. */
    boolean hasArrays() {
        return next(REFERENCES, references) < 0 || next(INTS, ints) < 0 || next(LONGS, longs) < 0;
    }

    String className() {
        return hasArrays() ? PREFIX + "Large" : PREFIX + "R" + references + "I" + ints + "J" + longs;
    }

    // public final class Frame$R1I1J0 extends Frame { public Object r0; public int i0; }
    byte[] classFile() {
        ClassWriter writer = new ClassWriter(0);
        int access = Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC;
        writer.visit(Opcodes.V17, access, className(), null, RuntimeNames.FRAME, null);
        addFields(writer, REFERENCE_FIELD, "Ljava/lang/Object;", references);
        addFields(writer, INT_FIELD, "I", ints);
        addFields(writer, LONG_FIELD, "J", longs);
        MethodVisitor constructor = writer.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "()V", null, null);
        constructor.visitCode();
        constructor.visitVarInsn(Opcodes.ALOAD, 0);
        constructor.visitMethodInsn(Opcodes.INVOKESPECIAL, RuntimeNames.FRAME, "<init>", "()V", false);
        constructor.visitInsn(Opcodes.RETURN);
        constructor.visitMaxs(1, 1);
        constructor.visitEnd();
        writer.visitEnd();
        return writer.toByteArray();
    }

    private static void addFields(ClassWriter writer, String name, String descriptor, int count) {
        for (int i = 0; i < count; i++) {
            writer.visitField(Opcodes.ACC_PUBLIC, name + i, descriptor, null, null)
                    .visitEnd();
        }
    }

    private static int next(int[] sizes, int wanted) {
        for (int size : sizes) {
            if (size >= wanted) {
                return size;
            }
        }
        return -1;
    }
}
