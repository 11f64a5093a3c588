package dev.weft.agent.compiler;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Widens the types of values that a resume body could not cast to: package-private classes of other packages, which are
 * the types of values only because a public method returns them.
 *
 * <pre>
 *   var shape = Shapes.square();   // public static Square square(); class Square extends Shape
 *   sleep(second);
 *   shape.draw();                  // Shape.draw
 * </pre>
 *
 * The resumed method sees a {@code Shape}. Nothing that it may do with a {@code Square} needs more, but to pass it to a
 * method that asks for one: such calls are linked by the runtime, which may name any type.
 *
 * <p>Needs: a normalised method. Leaves: stack maps without such types, where a suspension point would save one.
 */
final class InaccessibleTypes {
    private final String owner;
    private final Hierarchy hierarchy;

    InaccessibleTypes(String owner, Hierarchy hierarchy) {
        this.owner = owner;
        this.hierarchy = hierarchy;
    }

    /** Such types of the values that are saved at any of the points. */
    Set<String> savedAt(List<SuspensionPoint> points) {
        Set<String> found = new HashSet<>();
        for (SuspensionPoint point : points) {
            for (int slot = 0; slot < point.locals().size(); slot++) {
                if (point.live().get(slot)) {
                    collect(point.locals().get(slot), found);
                }
            }
            point.rest().forEach(type -> collect(type, found));
        }
        return found;
    }

    /** An instruction that asks for a value of one of these types and that {@link #relink} cannot exchange, or null. */
    @Nullable
    AbstractInsnNode needing(Set<String> types, MethodNode method) {
        for (AbstractInsnNode insn : method.instructions) {
            if (insn instanceof MethodInsnNode call && call.name.equals("<init>") && takesAny(types, call.desc)
                    || insn instanceof InvokeDynamicInsnNode link && takesAny(types, link.desc)
                    || insn instanceof FieldInsnNode field
                            && (field.getOpcode() == Opcodes.PUTFIELD || field.getOpcode() == Opcodes.PUTSTATIC)
                            && takesAny(types, "(" + field.desc + ")V")) {
                return insn;
            }
        }
        return null;
    }

    /** Lets the calls in an emitted method take values of these types as what they have been widened to. */
    void relink(Set<String> types, MethodNode emitted) {
        for (AbstractInsnNode insn : emitted.instructions.toArray()) {
            if (insn instanceof MethodInsnNode call && !call.name.equals("<init>") && takesAny(types, call.desc)) {
                emitted.instructions.set(call, erased(call));
            }
        }
    }

    private InvokeDynamicInsnNode erased(MethodInsnNode call) {
        List<Type> parameters = new ArrayList<>();
        if (call.getOpcode() != Opcodes.INVOKESTATIC) {
            parameters.add(Type.getObjectType(call.getOpcode() == Opcodes.INVOKESPECIAL ? owner : call.owner));
        }
        for (Type parameter : Type.getArgumentTypes(call.desc)) {
            parameters.add(widened(parameter));
        }
        String kind = switch (call.getOpcode()) {
            case Opcodes.INVOKESTATIC -> "static";
            case Opcodes.INVOKESPECIAL -> "special";
            default -> "virtual";
        };
        return new InvokeDynamicInsnNode(
                call.name,
                Type.getMethodDescriptor(widened(Type.getReturnType(call.desc)), parameters.toArray(new Type[0])),
                RuntimeNames.ERASED_BOOTSTRAP,
                kind,
                Type.getObjectType(call.owner),
                call.desc);
    }

    private Type widened(Type type) {
        return type.getSort() < Type.ARRAY ? type : Type.getObjectType(accessible(type.getInternalName()));
    }

    // Interfaces are no matter: the verifier takes any object for one.
    private boolean takesAny(Set<String> types, String descriptor) {
        for (Type parameter : Type.getArgumentTypes(descriptor)) {
            if (parameter.getSort() >= Type.ARRAY && types.contains(parameter.getInternalName())) {
                Type element = parameter.getSort() == Type.ARRAY ? parameter.getElementType() : parameter;
                ClassInfo info = hierarchy.find(element.getInternalName());
                if (info == null || !info.isInterface()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Widens them in the stack maps of the method. */
    void widen(MethodNode method) {
        for (AbstractInsnNode insn : method.instructions) {
            if (insn instanceof FrameNode frame) {
                frame.local = widened(frame.local);
                frame.stack = widened(frame.stack);
            }
        }
    }

    /** Widens them in what is known of a suspension point. */
    SuspensionPoint widen(SuspensionPoint point) {
        return new SuspensionPoint(
                point.call(),
                point.state(),
                widened(point.locals()),
                widened(point.rest()),
                point.copied(),
                point.live(),
                point.line());
    }

    private List<Object> widened(@Nullable List<Object> types) {
        List<Object> result = new ArrayList<>(types == null ? List.of() : types);
        result.replaceAll(type -> type instanceof String name ? accessible(name) : type);
        return result;
    }

    private void collect(Object type, Set<String> found) {
        if (!isAccessible(type)) {
            found.add((String) type);
        }
    }

    boolean isAccessible(Object type) {
        return !(type instanceof String name) || accessible(name).equals(name);
    }

    /** The type itself if it is accessible, else the nearest supertype that is. */
    private String accessible(String type) {
        if (type.startsWith("[")) {
            Type element = Type.getObjectType(type).getElementType();
            if (element.getSort() != Type.OBJECT) {
                return type;
            }
            return type.substring(0, type.lastIndexOf('[') + 1) + "L" + accessible(element.getInternalName()) + ";";
        }
        String name = type;
        while (!hierarchy.isAccessible(name, owner)) {
            ClassInfo info = hierarchy.find(name);
            if (info == null || info.isInterface() || info.superName() == null) {
                return "java/lang/Object"; // all that the verifier wants for an interface
            }
            name = info.superName();
        }
        return name;
    }
}
