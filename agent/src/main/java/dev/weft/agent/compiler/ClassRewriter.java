package dev.weft.agent.compiler;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Attribute;
import org.objectweb.asm.ByteVector;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** One attempt to rewrite one class; see {@link ClassCompiler} for the steps. */
final class ClassRewriter {
    private final LenientClassReader reader;
    private final Hierarchy hierarchy;
    private final CallGuards.Policy guards;
    private final Set<String> tooLarge;
    private final Purpose purpose;
    private final ClassNode node = new ClassNode(Opcodes.ASM9);
    private final LambdaLinks lambdas;
    private final SuspensionPoints points;
    private final DispatchEmitter dispatch;
    private final Map<String, MethodNode> originals = new HashMap<>();
    private final Map<String, String> origins = new HashMap<>();
    private final List<MethodNode> added = new ArrayList<>();
    private final Map<MethodNode, String> resumeNames = new IdentityHashMap<>();
    private final List<CompiledClass.RewrittenMethod> rewritten = new ArrayList<>();
    private final List<Refusal> refusals = new ArrayList<>();
    private boolean changed;

    /**
     * @param tooLarge the methods (name + descriptor) that have proved too large when rewritten
     */
    ClassRewriter(
            LenientClassReader reader,
            Hierarchy hierarchy,
            CallGuards.Policy guards,
            Set<String> tooLarge,
            Purpose purpose) {
        this.reader = reader;
        this.hierarchy = hierarchy;
        this.guards = guards;
        this.tooLarge = tooLarge;
        this.purpose = purpose;
        reader.accept(node, ClassReader.EXPAND_FRAMES);
        node.version = reader.version;
        node.methods.forEach(method -> originals.put(method.name + method.desc, method));
        lambdas = new LambdaLinks(node, hierarchy);
        points = new SuspensionPoints(node, hierarchy);
        dispatch = new DispatchEmitter(node);
    }

    CompiledClass rewrite() {
        if ((node.access & Opcodes.ACC_ANNOTATION) != 0) {
            return CompiledClass.untouched(node.name);
        }
        if (version() < Opcodes.V1_8) {
            return refuseOld();
        }
        lambdas.apply(); // first, as the code of methods is copied
        nameResumeBodies();
        boolean hidesSupertypes = guards != CallGuards.Policy.ALWAYS && hierarchy.hidesSupertypes(node.name);
        for (MethodNode method : List.copyOf(node.methods)) {
            if (isAsync(method)) {
                rewrite(method);
            } else if (isAnnotated(method) && isConcrete(method) && !Hierarchy.hasRoomForTwin(method.desc)) {
                refuseWithoutTwin(
                        method,
                        "its arguments take all of the 255 slots that a method may have, and its twin needs one more",
                        "Pass some of them in an object.");
            } else if (hidesSupertypes && mayOverride(method)) {
                changed = true;
                add(method, Twins.delegating(node, method)); // lest it be passed over if it overrides
            }
        }
        added.addAll(ForwardingTwins.of(node, hierarchy));
        if (guards == CallGuards.Policy.ALWAYS && lambdas.bindsAsync()) {
            dispatch.mark(); // without an agent, the runtime asks where a coroutine comes from
            changed = true;
        }
        changed |= !added.isEmpty() || !lambdas.isEmpty();
        node.methods.addAll(added);
        dispatch.emit();
        return finished();
    }

    CompiledClass refuseAll(Throwable failure) {
        String summary = failure.toString().lines().findFirst().orElse(""); // that of a VerifyError is long
        for (MethodNode method : List.copyOf(node.methods)) {
            if (!isAsync(method) || isTwinOfRuntime(method)) {
                continue;
            }
            removeForeignTwin(method);
            if (isConcrete(method)) {
                refuse(
                        method,
                        refusal(
                                method,
                                "the rewriting of its class failed: " + summary,
                                "This is a defect of Weft; please report it with the class file."));
            } else {
                changed = true;
                add(method, Twins.delegating(node, method));
            }
        }
        added.addAll(ForwardingTwins.of(node, hierarchy));
        node.methods.addAll(added);
        return finished();
    }

    private CompiledClass refuseOld() {
        for (MethodNode method : List.copyOf(node.methods)) {
            if (isAnnotated(method) && isConcrete(method)) {
                refuseWithoutTwin(
                        method,
                        "its class file is of version " + version() + ", older than Java 8's (52)",
                        "Compile the class for Java 8 or later.");
            }
        }
        return finished();
    }

    // Its callers know that it has none, and call the method itself.
    private void refuseWithoutTwin(MethodNode method, String reason, String remedy) {
        Refusal refusal = refusal(method, reason, remedy);
        refusals.add(refusal);
        Twins.makeThrow(method, refusal.message());
        changed = true;
    }

    private int version() {
        return node.version & 0xFFFF;
    }

    private static boolean isAnnotated(MethodNode method) {
        return method.visibleAnnotations != null
                && method.visibleAnnotations.stream()
                        .anyMatch(annotation -> annotation.desc.equals(RuntimeNames.ANNOTATION));
    }

    /** The original method for which the emitted one was made. */
    String origin(String emitted) {
        return origins.getOrDefault(emitted, emitted);
    }

    private CompiledClass finished() {
        if (!changed) {
            return CompiledClass.untouched(node.name);
        }
        if (CallGuards.areNeeded(hierarchy, guards)) {
            CallGuards.apply(node, hierarchy);
        } else if (guards != CallGuards.Policy.NEVER) {
            HiddenSubclasses.check(node);
        }
        SerialVersion.pin(node, reader, hierarchy);
        node.attrs = node.attrs == null ? new ArrayList<>() : new ArrayList<>(node.attrs);
        node.attrs.add(new RewrittenAttribute());
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS) {
            @Override
            protected String getCommonSuperClass(String first, String second) {
                throw new IllegalStateException("frames are never computed");
            }
        };
        node.accept(writer);
        return new CompiledClass(node.name, writer.toByteArray(), rewritten, refusals);
    }

    private void rewrite(MethodNode method) {
        if (isTwinOfRuntime(method)) {
            return;
        }
        changed = true;
        removeForeignTwin(method);
        if (!isConcrete(method)) {
            add(method, Twins.delegating(node, method));
            return;
        }
        Set<MethodInsnNode> calls = points.calls(method);
        if (calls.isEmpty()) {
            addWithoutSuspension(method);
            return;
        }
        try {
            if (tooLarge.contains(method.name + method.desc)) {
                throw new RefusedException(refusal(
                        method,
                        "rewritten, it would be larger than the 65,535 bytes that a method may have",
                        "Split the method."));
            }
            points.check(method, calls);
            rewriteBody(method);
        } catch (RefusedException e) {
            refuse(method, e.refusal());
        }
    }

    private void rewriteBody(MethodNode method) throws RefusedException {
        MethodNode body = copy(method);
        NewPostponer.apply(node.name, body, points.calls(body));
        Set<MethodInsnNode> calls = points.calls(body);
        Set<MethodInsnNode> tailCalls = points.tailCalls(body, calls);
        calls.removeAll(tailCalls);
        List<SuspensionPoint> suspensionPoints = points.analyse(body, calls);
        if (purpose == Purpose.DEBUGGING) {
            ScopedLocals.keep(body, suspensionPoints);
        }
        InaccessibleTypes inaccessible = new InaccessibleTypes(node.name, hierarchy);
        Set<String> types = inaccessible.savedAt(suspensionPoints);
        if (!types.isEmpty()) {
            AbstractInsnNode needing = inaccessible.needing(types, body);
            if (needing != null) {
                throw points.refusedForType(body, needing);
            }
            inaccessible.widen(body);
            suspensionPoints.replaceAll(inaccessible::widen);
        }
        AsyncMethod work = new AsyncMethod(
                node.name,
                Twins.isInterface(node),
                body,
                suspensionPoints,
                tailCalls,
                new FrameLayout(suspensionPoints),
                dispatch.nextPoint(),
                purpose);
        MethodNode twin = TwinEmitter.emit(work);
        inaccessible.relink(types, twin);
        add(method, twin);
        String resumeName = requireNonNull(resumeNames.get(method));
        if (!suspensionPoints.isEmpty()) {
            MethodNode resumeBody = ResumeEmitter.emit(work, resumeName);
            inaccessible.relink(types, resumeBody);
            add(method, resumeBody);
            dispatch.add(work, resumeName);
        } else if (!isOnlySelected(method)) {
            add(method, unused(method, resumeName));
        }
        rewritten.add(new CompiledClass.RewrittenMethod(
                method.name,
                method.desc,
                suspensionPoints.stream().map(SuspensionPoint::line).toList()));
        Twins.makeBridge(node, method, purpose);
    }

    private void refuse(MethodNode method, Refusal refusal) {
        changed = true;
        if (isOnlySelected(method)) {
            refusals.add(refusal.notFatal());
            add(method, Twins.delegating(node, method));
            return;
        }
        refusals.add(refusal);
        Twins.makeThrow(method, refusal.message());
        method.access &= ~Opcodes.ACC_SYNCHRONIZED;
        addWithoutSuspension(method);
    }

    private void addWithoutSuspension(MethodNode method) {
        add(method, Twins.delegating(node, method));
        String resumeName = resumeNames.get(method);
        if (resumeName != null && !isOnlySelected(method)) {
            add(method, unused(method, resumeName));
        }
    }

    private Refusal refusal(MethodNode method, String reason, String remedy) {
        return new Refusal(node.name, method.name, method.desc, sourceFile(), Twins.firstLine(method), reason, remedy);
    }

    private MethodNode unused(MethodNode method, String resumeName) {
        MethodNode body = dispatch.unused(resumeName);
        if (AsyncMethod.resumesOnThis(method, purpose)) {
            body.access &= ~Opcodes.ACC_STATIC;
        }
        return body;
    }

    private void add(MethodNode original, MethodNode emitted) {
        if (purpose == Purpose.DEBUGGING && isConcrete(original)) {
            emitted.access &= ~Opcodes.ACC_SYNTHETIC; // debuggers step over what is
        }
        added.add(emitted);
        origins.put(emitted.name + emitted.desc, original.name + original.desc);
    }

    // The names of added methods follow from the declarations alone: a debugger may exchange code, but not add methods.
    private void nameResumeBodies() {
        Map<String, Integer> overloads = new HashMap<>();
        for (MethodNode method : node.methods) {
            if (isConcrete(method) && isAsync(method)) {
                int number = overloads.merge(method.name, 1, Integer::sum);
                String suffix = number == 1 ? "" : String.valueOf(number - 1);
                resumeNames.put(method, method.name + RuntimeNames.RESUME_SUFFIX + suffix);
            }
        }
    }

    private boolean isAsync(MethodNode method) {
        return !method.name.startsWith("<")
                && (lambdas.isBody(method) || hierarchy.isAsync(node.name, method.name, method.desc))
                && !isTwinName(method);
    }

    private boolean mayOverride(MethodNode method) {
        return (method.access & (Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC)) == 0
                && !method.name.startsWith("<")
                && !isTwinName(method)
                && twinOf(method) == null
                && Hierarchy.hasRoomForTwin(method.desc);
    }

    private boolean isOnlySelected(MethodNode method) {
        return !lambdas.isUnselectedBody(method) && !hierarchy.isAsyncUnselected(node.name, method.name, method.desc);
    }

    private static boolean isTwinName(MethodNode method) {
        return method.name.endsWith(RuntimeNames.TWIN_SUFFIX)
                && method.desc.contains(RuntimeNames.CONTINUATION_TYPE + ")");
    }

    private @Nullable MethodNode twinOf(MethodNode method) {
        return originals.get(method.name + RuntimeNames.TWIN_SUFFIX + RuntimeNames.twinDescriptor(method.desc));
    }

    // The runtime's leaves have twins that are written by hand; users shall not see those.
    private boolean isTwinOfRuntime(MethodNode method) {
        MethodNode twin = twinOf(method);
        if (twin == null || !node.name.startsWith(RuntimeNames.PUBLIC_PACKAGE)) {
            return false;
        }
        changed |= (twin.access & Opcodes.ACC_SYNTHETIC) == 0;
        twin.access |= Opcodes.ACC_SYNTHETIC;
        dispatch.mark();
        return true;
    }

    // Proxies and mocks override twins too, like any method that they find. Ours lead to the plain method, which is
    // what their handlers know.
    private void removeForeignTwin(MethodNode method) {
        MethodNode twin = twinOf(method);
        if (twin != null) {
            node.methods.remove(twin);
        }
    }

    private static boolean isConcrete(MethodNode method) {
        return (method.access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) == 0;
    }

    private static MethodNode copy(MethodNode method) {
        MethodNode copy = new MethodNode(
                Opcodes.ASM9,
                method.access,
                method.name,
                method.desc,
                method.signature,
                method.exceptions.toArray(new String[0]));
        method.accept(copy);
        return copy;
    }

    private String sourceFile() {
        return node.sourceFile == null ? "Unknown Source" : node.sourceFile;
    }

    private static final class RewrittenAttribute extends Attribute {
        RewrittenAttribute() {
            super(RuntimeNames.REWRITTEN_ATTRIBUTE);
        }

        @Override
        protected ByteVector write(ClassWriter writer, byte[] code, int length, int maxStack, int maxLocals) {
            return new ByteVector();
        }
    }
}
