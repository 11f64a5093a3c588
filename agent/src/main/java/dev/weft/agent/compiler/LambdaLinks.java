package dev.weft.agent.compiler;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;

/**
 * Finds the lambdas and method references that are bound to an {@code @Async} functional interface, and relinks them: the
 * runtime's bootstrap method takes the place of the JDK's, and the twin that of the implementation.
 *
 * <p>The bodies of such lambdas, methods of the class itself that a compiler has made, are {@code @Async} whatever they are
 * called: only javac names them {@code lambda$main$0}, and kotlinc does not even mark them as synthetic. References to methods that are not {@code @Async} and to constructors stay as
 * they are; their objects inherit the interface's own twin. A reference whose result is converted becomes a lambda: see
 * {@link ReferenceBody}.
 */
final class LambdaLinks {
    private static final String DESERIALIZE = "$deserializeLambda$";
    private static final String SERIALIZED = "Ljava/lang/invoke/SerializedLambda;";

    private final ClassNode owner;
    private final Hierarchy hierarchy;
    private final Map<InvokeDynamicInsnNode, Handle> links = new LinkedHashMap<>();
    private final Set<String> bodies = new HashSet<>();
    private final Set<String> stageBodies = new HashSet<>();
    private final Set<String> unselectedBodies = new HashSet<>();
    private final List<MethodNode> added = new ArrayList<>();
    private final Map<String, Handle> references = new LinkedHashMap<>(); // by the names of the bodies that were added
    private boolean bindsAsync;

    LambdaLinks(ClassNode owner, Hierarchy hierarchy) {
        this.owner = owner;
        this.hierarchy = hierarchy;
        for (MethodNode method : owner.methods) {
            for (AbstractInsnNode insn : method.instructions) {
                if (insn instanceof InvokeDynamicInsnNode dynamic) {
                    inspect(dynamic);
                }
            }
        }
    }

    /** Whether the method is the body of such a lambda. */
    boolean isBody(MethodNode method) {
        return bodies.contains(method.name + method.desc);
    }

    /** Whether the method is the body of a lambda that is bound to an {@code @Async} method that gives a future at once. */
    boolean isStageBody(MethodNode method) {
        return stageBodies.contains(method.name + method.desc);
    }

    /** Whether it is even if the option selects nothing. */
    boolean isUnselectedBody(MethodNode method) {
        return unselectedBodies.contains(method.name + method.desc);
    }

    boolean isEmpty() {
        return links.isEmpty();
    }

    /** Whether any lambda or reference is bound to an {@code @Async} interface, even one that cannot suspend. */
    boolean bindsAsync() {
        return bindsAsync;
    }

    void apply() {
        owner.methods.addAll(added);
        links.forEach((dynamic, implementation) -> {
            dynamic.bsm = new Handle(
                    Opcodes.H_INVOKESTATIC, RuntimeNames.LAMBDAS, dynamic.bsm.getName(), dynamic.bsm.getDesc(), false);
            dynamic.bsmArgs = dynamic.bsmArgs.clone();
            dynamic.bsmArgs[1] = new Handle(
                    implementation.getTag(),
                    implementation.getOwner(),
                    implementation.getName() + RuntimeNames.TWIN_SUFFIX,
                    RuntimeNames.twinDescriptor(implementation.getDesc()),
                    implementation.isInterface());
        });
        if (!links.isEmpty()) {
            normalizeDeserialized();
        }
    }

    private void inspect(InvokeDynamicInsnNode dynamic) {
        Type made = Type.getReturnType(dynamic.desc);
        if (!dynamic.bsm.getOwner().equals(RuntimeNames.METAFACTORY_OWNER) || made.getSort() != Type.OBJECT) {
            return;
        }
        String interfaceMethod = ((Type) dynamic.bsmArgs[0]).getDescriptor();
        if (hierarchy.isStageMethod(made.getInternalName(), dynamic.name, interfaceMethod)) {
            MethodNode body = body((Handle) dynamic.bsmArgs[1]);
            if (body != null && StageMethods.returnsStage(body.desc)) {
                stageBodies.add(body.name + body.desc);
                unselectedBodies.add(body.name + body.desc);
            }
            return;
        }
        if (!hierarchy.isAsync(made.getInternalName(), dynamic.name, interfaceMethod)) {
            return;
        }
        bindsAsync = true;
        Handle implementation = (Handle) dynamic.bsmArgs[1];
        if (implementation.getTag() == Opcodes.H_NEWINVOKESPECIAL) {
            return;
        }
        MethodNode body = body(implementation);
        if (body != null) {
            bodies.add(body.name + body.desc);
            if (hierarchy.isAsyncUnselected(made.getInternalName(), dynamic.name, interfaceMethod)) {
                unselectedBodies.add(body.name + body.desc);
            }
            links.put(dynamic, implementation);
        } else if (hierarchy.isAsync(implementation.getOwner(), implementation.getName(), implementation.getDesc())) {
            links.put(dynamic, ReferenceBody.isNeeded(dynamic) ? asLambda(dynamic) : implementation);
        }
    }

    private Handle asLambda(InvokeDynamicInsnNode reference) {
        String name = "lambda$weft$" + added.size();
        MethodNode body = ReferenceBody.of(reference, name);
        added.add(body);
        references.put(name, (Handle) reference.bsmArgs[1]);
        bodies.add(body.name + body.desc);
        return new Handle(Opcodes.H_INVOKESTATIC, owner.name, body.name, body.desc, Twins.isInterface(owner));
    }

    private @Nullable MethodNode body(Handle implementation) {
        if (!implementation.getOwner().equals(owner.name)) {
            return null;
        }
        for (MethodNode method : owner.methods) {
            if (isMadeByCompiler(method)
                    && method.name.equals(implementation.getName())
                    && method.desc.equals(implementation.getDesc())) {
                return method;
            }
        }
        return null;
    }

    // kotlinc: private static final String main$lambda$0()
    private static boolean isMadeByCompiler(MethodNode method) {
        int flags = Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC;
        return (method.access & Opcodes.ACC_SYNTHETIC) != 0
                || (method.access & flags) == flags && method.name.indexOf('$') > 0;
    }

    // lambda = Lambdas.normalize(lambda, Host.class, references), so that the compiler's code finds the names that it
    // knows
    private void normalizeDeserialized() {
        for (MethodNode method : owner.methods) {
            if (method.name.equals(DESERIALIZE) && method.desc.startsWith("(" + SERIALIZED + ")")) {
                Code code = new Code();
                code.aload(0);
                code.add(new LdcInsnNode(Type.getObjectType(owner.name)));
                code.push(references.size()).add(new TypeInsnNode(Opcodes.ANEWARRAY, "java/lang/String"));
                int index = 0;
                for (Map.Entry<String, Handle> reference : references.entrySet()) {
                    code.insn(Opcodes.DUP).push(index++).push(describe(reference.getKey(), reference.getValue()));
                    code.insn(Opcodes.AASTORE);
                }
                code.invokeStatic(RuntimeNames.LAMBDAS, "normalize", RuntimeNames.NORMALIZE_DESCRIPTOR);
                code.astore(0);
                method.instructions.insert(code);
            }
        }
    }

    private static String describe(String body, Handle target) {
        return String.join(
                ".", body, String.valueOf(target.getTag()), target.getOwner(), target.getName(), target.getDesc());
    }
}
