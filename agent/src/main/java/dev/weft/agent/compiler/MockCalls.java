package dev.weft.agent.compiler;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Lets calls of a mock reach the plain method, which is the one that was stubbed.
 *
 * <p>Mockito's inline mocks are objects of the very class that is mocked, whose methods it instruments: a call of the twin
 * would be a call of another method. So where Mockito can be found, and only there, twins are declared to be bridges, which
 * Mockito leaves alone, and each virtual call of a twin goes through a helper:
 *
 * <pre>
 *   private static R weft$call$0(Foo self, args, Continuation co) {
 *     if (Boolean.getBoolean(IN_USE) &amp;&amp; Mockito.mockingDetails(self).isMock()) return self.foo(args);
 *     return self.foo$async(args, co);
 *   }
 * </pre>
 *
 * Needs: a class with all its twins and resume bodies.
 */
public final class MockCalls {
    /** The system property that the agent sets as soon as anybody uses Mockito, which would else start here. */
    public static final String IN_USE = "dev.weft.mockito";

    /** The class whose loading means that. */
    public static final String MOCKITO = "org/mockito/Mockito";

    private static final String HELPER = "weft$call$";
    private static final String DETAILS = "org/mockito/MockingDetails";

    private final ClassNode owner;
    private final Map<String, MethodNode> helpers = new LinkedHashMap<>();

    private MockCalls(ClassNode owner) {
        this.owner = owner;
    }

    static void guard(ClassNode owner, Hierarchy hierarchy) {
        if (hierarchy.find(MOCKITO) != null) {
            new MockCalls(owner).guardAll();
        }
    }

    private void guardAll() {
        for (MethodNode method : owner.methods) {
            if (isTwin(method.name, method.desc)) {
                method.access |= Opcodes.ACC_BRIDGE; // which Mockito does not instrument
            }
            for (AbstractInsnNode insn : method.instructions.toArray()) {
                if (insn instanceof MethodInsnNode call && isVirtualCallOfTwin(call)) {
                    method.instructions.set(call, callOf(helper(call)));
                }
            }
        }
        owner.methods.addAll(helpers.values());
    }

    private static boolean isVirtualCallOfTwin(MethodInsnNode call) {
        return (call.getOpcode() == Opcodes.INVOKEVIRTUAL || call.getOpcode() == Opcodes.INVOKEINTERFACE)
                && isTwin(call.name, call.desc);
    }

    private static boolean isTwin(String name, String descriptor) {
        return name.endsWith(RuntimeNames.TWIN_SUFFIX) && descriptor.contains(RuntimeNames.CONTINUATION_TYPE + ")");
    }

    private MethodInsnNode callOf(MethodNode helper) {
        return new MethodInsnNode(Opcodes.INVOKESTATIC, owner.name, helper.name, helper.desc, Twins.isInterface(owner));
    }

    private MethodNode helper(MethodInsnNode call) {
        String key = call.owner + "." + call.name + call.desc;
        MethodNode known = helpers.get(key);
        if (known == null) {
            known = emit(call, HELPER + helpers.size());
            helpers.put(key, known);
        }
        return known;
    }

    private static MethodNode emit(MethodInsnNode call, String name) {
        int access = Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC;
        String descriptor = "(L" + call.owner + ";" + call.desc.substring(1);
        String plainName = call.name.substring(0, call.name.length() - RuntimeNames.TWIN_SUFFIX.length());
        String plainDescriptor = call.desc.replace(RuntimeNames.CONTINUATION_TYPE + ")", ")");
        ValueKind result = ValueKind.of(Type.getReturnType(call.desc));
        int returnOpcode = result == null ? Opcodes.RETURN : result.returnOpcode;
        LabelNode noMock = new LabelNode();
        Code code = new Code();
        code.push(IN_USE)
                .invokeStatic("java/lang/Boolean", "getBoolean", "(Ljava/lang/String;)Z")
                .jump(Opcodes.IFEQ, noMock);
        code.aload(0)
                .invokeStatic(MOCKITO, "mockingDetails", "(Ljava/lang/Object;)L" + DETAILS + ";")
                .invoke(Opcodes.INVOKEINTERFACE, DETAILS, "isMock", "()Z", true)
                .jump(Opcodes.IFEQ, noMock);
        code.loadArguments(0, plainDescriptor)
                .invoke(call.getOpcode(), call.owner, plainName, plainDescriptor, call.itf)
                .insn(returnOpcode);
        Object[] locals = frameTypes(descriptor);
        code.label(noMock);
        code.add(new FrameNode(Opcodes.F_NEW, locals.length, locals, 0, new Object[0]));
        code.loadArguments(0, call.desc)
                .invoke(call.getOpcode(), call.owner, call.name, call.desc, call.itf)
                .insn(returnOpcode);
        MethodNode helper = new MethodNode(access, name, descriptor, null, null);
        helper.instructions = code;
        return helper;
    }

    private static Object[] frameTypes(String descriptor) {
        List<Object> types = new ArrayList<>();
        for (Type type : Type.getArgumentTypes(descriptor)) {
            types.add(
                    switch (type.getSort()) {
                        case Type.LONG -> Opcodes.LONG;
                        case Type.FLOAT -> Opcodes.FLOAT;
                        case Type.DOUBLE -> Opcodes.DOUBLE;
                        case Type.OBJECT, Type.ARRAY -> type.getInternalName();
                        default -> Opcodes.INTEGER;
                    });
        }
        return types.toArray();
    }
}
