package dev.weft.agent.compiler;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.LocalVariableNode;
import org.objectweb.asm.tree.MethodNode;

/** The small methods around a twin: bridges to it, twins that only delegate, and bodies that throw. */
final class Twins {
    // What a twin does not share with its method: it is code, not varargs, and no compiler's bridge; ASM notes an
    // attribute
    // as a flag.
    private static final int NOT_COPIED = Opcodes.ACC_SYNCHRONIZED
            | Opcodes.ACC_BRIDGE
            | Opcodes.ACC_VARARGS
            | Opcodes.ACC_STRICT
            | Opcodes.ACC_NATIVE
            | Opcodes.ACC_ABSTRACT
            | Opcodes.ACC_DEPRECATED;

    private Twins() {}

    /** An empty twin; it keeps the throws clause, which proxies check, but neither annotations nor generic types. */
    static MethodNode newTwin(MethodNode method) {
        return new MethodNode(
                method.access & ~NOT_COPIED | Opcodes.ACC_SYNTHETIC,
                method.name + RuntimeNames.TWIN_SUFFIX,
                RuntimeNames.twinDescriptor(method.desc),
                null,
                method.exceptions == null ? null : method.exceptions.toArray(new String[0]));
    }

    /**
     * A twin that calls the plain method, for methods that never suspend, are abstract or could not be rewritten.
     *
     * <p>It calls a concrete method of its class by {@code invokespecial}: by {@code invokevirtual}, {@code super.foo()} in
     * an overrider would come back to the overrider for ever.
     */
    static MethodNode delegating(ClassNode owner, MethodNode method) {
        MethodNode twin = newTwin(method);
        boolean isAbstract = (method.access & Opcodes.ACC_ABSTRACT) != 0;
        boolean isInterface = isInterface(owner);
        int opcode = (method.access & Opcodes.ACC_STATIC) != 0
                ? Opcodes.INVOKESTATIC
                : !isAbstract ? Opcodes.INVOKESPECIAL : isInterface ? Opcodes.INVOKEINTERFACE : Opcodes.INVOKEVIRTUAL;
        Code code = new Code(); // without a line, or a breakpoint on the method's would be hit twice
        code.loadArguments(method.access, method.desc)
                .invoke(opcode, owner.name, method.name, method.desc, isInterface);
        addReturn(code, method);
        twin.instructions = code;
        return twin;
    }

    // foo(args) { return foo$async(args, Continuation.REFUSING); }
    static void makeBridge(ClassNode owner, MethodNode method, Purpose purpose) {
        Code code = new Code();
        if (purpose == Purpose.PRODUCTION) {
            addLine(code, method);
        }
        code.loadArguments(method.access, method.desc)
                .getStatic(RuntimeNames.CONTINUATION, "REFUSING", RuntimeNames.CONTINUATION_TYPE)
                .invoke(
                        (method.access & Opcodes.ACC_STATIC) != 0 ? Opcodes.INVOKESTATIC : Opcodes.INVOKESPECIAL,
                        owner.name,
                        method.name + RuntimeNames.TWIN_SUFFIX,
                        RuntimeNames.twinDescriptor(method.desc),
                        isInterface(owner));
        addReturn(code, method);
        replaceBody(method, code);
    }

    // throw new UnsupportedSuspensionError(message);
    static void makeThrow(MethodNode method, String message) {
        Code code = new Code();
        addLine(code, method);
        code.newObject(RuntimeNames.REFUSED_ERROR)
                .insn(Opcodes.DUP)
                .push(message)
                .invoke(Opcodes.INVOKESPECIAL, RuntimeNames.REFUSED_ERROR, "<init>", "(Ljava/lang/String;)V", false)
                .insn(Opcodes.ATHROW);
        replaceBody(method, code);
    }

    static boolean isInterface(ClassNode owner) {
        return (owner.access & Opcodes.ACC_INTERFACE) != 0;
    }

    static int firstLine(MethodNode method) {
        for (AbstractInsnNode insn : method.instructions) {
            if (insn instanceof LineNumberNode line) {
                return line.line;
            }
        }
        return 0;
    }

    static void addLine(Code code, MethodNode method) {
        int line = firstLine(method);
        if (line > 0) {
            LabelNode start = new LabelNode();
            code.label(start);
            code.add(new LineNumberNode(line, start));
        }
    }

    private static void addReturn(Code code, MethodNode method) {
        ValueKind kind = ValueKind.of(Type.getReturnType(method.desc));
        code.insn(kind == null ? Opcodes.RETURN : kind.returnOpcode);
    }

    // The names of the parameters stay, for frameworks that read them from the debug tables.
    static void replaceBody(MethodNode method, Code code) {
        int arguments = TwinEmitter.argumentSlots(method.access, method.desc);
        LabelNode start = new LabelNode();
        LabelNode end = new LabelNode();
        code.insert(start);
        code.add(end);
        method.localVariables = parameters(method.localVariables, arguments, start, end);
        method.instructions = code;
        method.tryCatchBlocks = new ArrayList<>();
        method.visibleLocalVariableAnnotations = null;
        method.invisibleLocalVariableAnnotations = null;
    }

    private static @Nullable List<LocalVariableNode> parameters(
            @Nullable List<LocalVariableNode> variables, int arguments, LabelNode start, LabelNode end) {
        if (variables == null) {
            return null;
        }
        List<LocalVariableNode> parameters = new ArrayList<>();
        for (LocalVariableNode variable : variables) {
            if (variable.index < arguments
                    && parameters.stream().noneMatch(parameter -> parameter.index == variable.index)) {
                parameters.add(new LocalVariableNode(
                        variable.name, variable.desc, variable.signature, start, end, variable.index));
            }
        }
        return parameters;
    }
}
