package dev.weft.agent.compiler;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/** The methods that a class declares, as the compiler sees them: which are {@code @Async}, and what has which name. */
final class Declarations {
    private final ClassNode owner;
    private final Hierarchy hierarchy;
    private final LambdaLinks lambdas;
    private final Map<String, MethodNode> byKey = new HashMap<>(); // name + descriptor
    private final Map<MethodNode, String> resumeNames = new IdentityHashMap<>();

    Declarations(ClassNode owner, Hierarchy hierarchy, LambdaLinks lambdas) {
        this.owner = owner;
        this.hierarchy = hierarchy;
        this.lambdas = lambdas;
        owner.methods.forEach(method -> byKey.put(method.name + method.desc, method));
    }

    /** The name of the resume body of a concrete {@code @Async} method; to be asked when lambdas have been relinked. */
    String resumeName(MethodNode method) {
        if (resumeNames.isEmpty()) {
            nameResumeBodies();
        }
        return requireNonNull(resumeNames.get(method));
    }

    boolean isAsync(MethodNode method) {
        return !method.name.startsWith("<")
                && (lambdas.isBody(method)
                        || hierarchy.isAsync(owner.name, method.name, method.desc)
                        || isStageMethod(method))
                && !isTwinName(method);
    }

    /** Whether it is one whose call gives a future at once: see {@link StageMethods}. */
    boolean isStageMethod(MethodNode method) {
        return lambdas.isStageBody(method)
                || !lambdas.isBody(method)
                        && (method.access & Opcodes.ACC_BRIDGE) == 0 // leads to one
                        && hierarchy.isStageMethod(owner.name, method.name, method.desc);
    }

    /** Whether an {@code @Async} method is one by the option alone. */
    boolean isOnlySelected(MethodNode method) {
        return !lambdas.isUnselectedBody(method) && !hierarchy.isAsyncUnselected(owner.name, method.name, method.desc);
    }

    /** Whether a method could override one of a supertype that nobody knows, and has no twin yet. */
    boolean mayOverride(MethodNode method) {
        return (method.access & (Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC)) == 0
                && !method.name.startsWith("<")
                && !isTwinName(method)
                && twinOf(method) == null
                && Hierarchy.hasRoomForTwin(method.desc);
    }

    /** The method that has the name and the descriptor of a method's twin already. */
    @Nullable
    MethodNode twinOf(MethodNode method) {
        return byKey.get(method.name + RuntimeNames.TWIN_SUFFIX + RuntimeNames.twinDescriptor(method.desc));
    }

    static boolean isConcrete(MethodNode method) {
        return (method.access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) == 0;
    }

    /** Whether it is annotated itself. */
    static boolean isAnnotated(MethodNode method) {
        return method.visibleAnnotations != null
                && method.visibleAnnotations.stream()
                        .anyMatch(annotation -> annotation.desc.equals(RuntimeNames.ANNOTATION));
    }

    // Added names follow from the declarations alone: a debugger may exchange the code of methods, but not add any.
    private void nameResumeBodies() {
        Map<String, Integer> overloads = new HashMap<>();
        for (MethodNode method : owner.methods) {
            if (isConcrete(method) && isAsync(method)) {
                int number = overloads.merge(method.name, 1, Integer::sum);
                String suffix = number == 1 ? "" : String.valueOf(number - 1);
                resumeNames.put(method, method.name + RuntimeNames.RESUME_SUFFIX + suffix);
            }
        }
    }

    private static boolean isTwinName(MethodNode method) {
        return method.name.endsWith(RuntimeNames.TWIN_SUFFIX)
                && method.desc.contains(RuntimeNames.CONTINUATION_TYPE + ")");
    }
}
