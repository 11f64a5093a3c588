package dev.weft.agent.compiler;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** The computational kinds of values, with the instructions for each. */
enum ValueKind {
    INT(Opcodes.INTEGER, Opcodes.ILOAD, Opcodes.ISTORE, Opcodes.ICONST_0, Opcodes.IRETURN),
    LONG(Opcodes.LONG, Opcodes.LLOAD, Opcodes.LSTORE, Opcodes.LCONST_0, Opcodes.LRETURN),
    FLOAT(Opcodes.FLOAT, Opcodes.FLOAD, Opcodes.FSTORE, Opcodes.FCONST_0, Opcodes.FRETURN),
    DOUBLE(Opcodes.DOUBLE, Opcodes.DLOAD, Opcodes.DSTORE, Opcodes.DCONST_0, Opcodes.DRETURN),
    REFERENCE(null, Opcodes.ALOAD, Opcodes.ASTORE, Opcodes.ACONST_NULL, Opcodes.ARETURN);

    private final @Nullable Object frameType;
    final int loadOpcode;
    final int storeOpcode;
    /** Pushes null or zero. */
    final int defaultOpcode;

    final int returnOpcode;

    ValueKind(@Nullable Object frameType, int loadOpcode, int storeOpcode, int defaultOpcode, int returnOpcode) {
        this.frameType = frameType;
        this.loadOpcode = loadOpcode;
        this.storeOpcode = storeOpcode;
        this.defaultOpcode = defaultOpcode;
        this.returnOpcode = returnOpcode;
    }

    int slots() {
        return this == LONG || this == DOUBLE ? 2 : 1;
    }

    /** The kind of a stack map's type; null counts as a reference; none for TOP. */
    static @Nullable ValueKind ofFrameType(Object type) {
        if (type.equals(Opcodes.TOP)) {
            return null;
        }
        for (ValueKind kind : values()) {
            if (type.equals(kind.frameType)) {
                return kind;
            }
        }
        return REFERENCE;
    }

    /** The kind of a type, null for void. */
    static @Nullable ValueKind of(Type type) {
        return switch (type.getSort()) {
            case Type.VOID -> null;
            case Type.LONG -> LONG;
            case Type.FLOAT -> FLOAT;
            case Type.DOUBLE -> DOUBLE;
            case Type.OBJECT, Type.ARRAY -> REFERENCE;
            default -> INT;
        };
    }
}
