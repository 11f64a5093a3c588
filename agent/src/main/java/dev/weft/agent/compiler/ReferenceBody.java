package dev.weft.agent.compiler;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Writes a method reference as the lambda that means the same, if its result is boxed, unboxed or widened.
 *
 * <pre>
 *   Coroutine&lt;Integer&gt; c = this::count;   // int count()
 *   becomes
 *   Coroutine&lt;Integer&gt; c = () -&gt; this.count();
 * </pre>
 *
 * Otherwise the JDK would convert in the object that it makes. That has no frame, so a result that comes after a
 * suspension would go past it, from the referenced method's frame to the caller's.
 */
final class ReferenceBody {
    private static final Map<Type, String> WRAPPERS = Map.of(
            Type.BOOLEAN_TYPE, "java/lang/Boolean",
            Type.CHAR_TYPE, "java/lang/Character",
            Type.BYTE_TYPE, "java/lang/Byte",
            Type.SHORT_TYPE, "java/lang/Short",
            Type.INT_TYPE, "java/lang/Integer",
            Type.LONG_TYPE, "java/lang/Long",
            Type.FLOAT_TYPE, "java/lang/Float",
            Type.DOUBLE_TYPE, "java/lang/Double");

    private ReferenceBody() {}

    /** Whether the object that the reference makes converts the result of the referenced method. */
    static boolean isNeeded(InvokeDynamicInsnNode reference) {
        Type from = Type.getReturnType(((Handle) reference.bsmArgs[1]).getDesc());
        Type to = result(reference);
        return to.getSort() != Type.VOID && !from.equals(to) && (isPrimitive(from) || isPrimitive(to));
    }

    // private static R name(Receiver receiver, args) { return receiver.foo(args); }
    static MethodNode of(InvokeDynamicInsnNode reference, String name) {
        Handle target = (Handle) reference.bsmArgs[1];
        List<Type> parameters = new ArrayList<>();
        if (target.getTag() != Opcodes.H_INVOKESTATIC) {
            Type[] captured = Type.getArgumentTypes(reference.desc);
            parameters.add(captured.length > 0 ? captured[0] : Type.getObjectType(target.getOwner()));
        }
        parameters.addAll(List.of(Type.getArgumentTypes(target.getDesc())));

        Code code = new Code();
        LabelNode start = new LabelNode();
        code.label(start);
        code.add(new LineNumberNode(SuspensionPoints.line(reference), start));
        int slot = 0;
        for (Type parameter : parameters) {
            code.add(new VarInsnNode(parameter.getOpcode(Opcodes.ILOAD), slot));
            slot += parameter.getSize();
        }
        code.invoke(opcode(target), target.getOwner(), target.getName(), target.getDesc(), target.isInterface());
        Type result = convert(Type.getReturnType(target.getDesc()), result(reference), code);
        code.add(new InsnNode(result.getOpcode(Opcodes.IRETURN)));

        MethodNode body = new MethodNode(
                Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC,
                name,
                Type.getMethodDescriptor(result, parameters.toArray(new Type[0])),
                null,
                null);
        body.instructions = code;
        body.maxLocals = slot;
        body.maxStack = slot + 2;
        return body;
    }

    private static Type result(InvokeDynamicInsnNode reference) {
        return ((Type) reference.bsmArgs[2]).getReturnType();
    }

    private static int opcode(Handle target) {
        return switch (target.getTag()) {
            case Opcodes.H_INVOKESTATIC -> Opcodes.INVOKESTATIC;
            case Opcodes.H_INVOKEINTERFACE -> Opcodes.INVOKEINTERFACE;
            case Opcodes.H_INVOKESPECIAL -> Opcodes.INVOKESPECIAL;
            default -> Opcodes.INVOKEVIRTUAL;
        };
    }

    // Leaves a value that is, or can be cast to, the type wanted; gives back which type it has.
    private static Type convert(Type from, Type to, Code code) {
        if (!isPrimitive(to)) {
            String wrapper = requireNonNull(WRAPPERS.get(from));
            code.invokeStatic(wrapper, "valueOf", Type.getMethodDescriptor(Type.getObjectType(wrapper), from));
            return Type.getObjectType(wrapper);
        }
        Type unboxed = from;
        if (!isPrimitive(from)) {
            Type known = unboxed(from);
            unboxed = known == null ? to : known;
            String wrapper = requireNonNull(WRAPPERS.get(unboxed));
            if (known == null) {
                code.cast(wrapper);
            }
            code.invoke(
                    Opcodes.INVOKEVIRTUAL,
                    wrapper,
                    unboxed.getClassName() + "Value",
                    Type.getMethodDescriptor(unboxed),
                    false);
        }
        widen(ValueKind.of(unboxed), ValueKind.of(to), code);
        return to;
    }

    private static void widen(@Nullable ValueKind from, @Nullable ValueKind to, Code code) {
        if (from == to || from == null || to == null) {
            return;
        }
        // i2l i2f i2d, l2i l2f l2d, f2i f2l f2d follow each other: three for each kind, none to the kind itself
        int target = to.ordinal() - (to.ordinal() > from.ordinal() ? 1 : 0);
        code.insn(Opcodes.I2L + 3 * from.ordinal() + target);
    }

    private static @Nullable Type unboxed(Type type) {
        return WRAPPERS.entrySet().stream()
                .filter(entry ->
                        type.getSort() == Type.OBJECT && entry.getValue().equals(type.getInternalName()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    private static boolean isPrimitive(Type type) {
        return type.getSort() < Type.ARRAY;
    }
}
