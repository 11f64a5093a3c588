package dev.weft.agent.compiler;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.Attribute;
import org.objectweb.asm.ByteVector;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodTooLargeException;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
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
    private final Declarations declarations;
    private final MethodRewriter methods;
    private final Map<String, String> origins = new HashMap<>();
    private final List<MethodNode> added = new ArrayList<>();
    private final List<CompiledClass.RewrittenMethod> rewritten = new ArrayList<>();
    private final List<Refusal> refusals = new ArrayList<>();
    private final Lints lints;
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
        lambdas = new LambdaLinks(node, hierarchy);
        points = new SuspensionPoints(node, hierarchy);
        dispatch = new DispatchEmitter(node);
        lints = new Lints(node, hierarchy);
        declarations = new Declarations(node, hierarchy, lambdas);
        methods = new MethodRewriter(node, points, new InaccessibleTypes(node.name, hierarchy), dispatch, purpose);
    }

    CompiledClass rewrite() {
        if ((node.access & Opcodes.ACC_ANNOTATION) != 0) {
            return CompiledClass.untouched(node.name);
        }
        if (version() < Opcodes.V1_8) {
            return refuseOld();
        }
        node.methods.forEach(lints::findDiscarded);
        lambdas.apply(); // before methods are rewritten, as their code is copied
        boolean hidesSupertypes = guards != CallGuards.Policy.ALWAYS && hierarchy.hidesSupertypes(node.name);
        for (MethodNode method : List.copyOf(node.methods)) {
            if (declarations.isAsync(method)) {
                rewrite(method);
            } else if (Declarations.isAnnotated(method)
                    && Declarations.isConcrete(method)
                    && !Hierarchy.hasRoomForTwin(method.desc)) {
                refuseWithoutTwin(
                        method,
                        "its arguments take all of the 255 slots that a method may have, and its twin needs one more",
                        "Pass some of them in an object.");
            } else if (hidesSupertypes && declarations.mayOverride(method)) {
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
            if (!declarations.isAsync(method) || isTwinOfRuntime(method)) {
                continue;
            }
            removeForeignTwin(method);
            if (Declarations.isConcrete(method)) {
                refuse(
                        method,
                        refusal(
                                method,
                                "the rewriting of its class failed: " + summary,
                                "This is a defect of Weft; please report it with the class file."));
            } else if (!declarations.isStageMethod(method)) {
                changed = true;
                add(method, Twins.delegating(node, method));
            }
        }
        added.addAll(ForwardingTwins.of(node, hierarchy));
        node.methods.addAll(added);
        dispatch.emit();
        return finished();
    }

    private CompiledClass refuseOld() {
        for (MethodNode method : List.copyOf(node.methods)) {
            if (Declarations.isAnnotated(method) && Declarations.isConcrete(method)) {
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

    /** The original method that has become too large to be written. */
    String culprit(RuntimeException failure) {
        String emitted = failure instanceof MethodTooLargeException e
                ? e.getMethodName() + e.getDescriptor()
                : added.stream() // ASM does not say whose wide jumps are beyond it
                        .max(Comparator.comparing(method -> method.instructions.size()))
                        .map(method -> method.name + method.desc)
                        .orElse("");
        return origins.getOrDefault(emitted, emitted);
    }

    private CompiledClass finished() {
        if (!changed) {
            return CompiledClass.untouched(node.name, lints.found());
        }
        if (CallGuards.areNeeded(hierarchy, guards)) {
            CallGuards.apply(node, hierarchy);
        } else if (guards != CallGuards.Policy.NEVER) {
            HiddenSubclasses.check(node);
        }
        SerialVersion.pin(node, reader, hierarchy);
        node.attrs = node.attrs == null ? new ArrayList<>() : new ArrayList<>(node.attrs);
        node.attrs.add(new RewrittenAttribute());
        ClassWriter writer = MethodSize.newWriter();
        node.accept(writer);
        return new CompiledClass(node.name, writer.toByteArray(), rewritten, refusals, lints.found());
    }

    private void rewrite(MethodNode method) {
        if (isTwinOfRuntime(method)) {
            return;
        }
        removeForeignTwin(method);
        if (declarations.isStageMethod(method)) {
            rewriteStageMethod(method);
            return;
        }
        changed = true;
        if (!Declarations.isConcrete(method)) {
            add(method, Twins.delegating(node, method));
            return;
        }
        AsyncLoops.apply(node.name, method, hierarchy);
        if (points.calls(method).isEmpty()) {
            addWithoutSuspension(method);
            return;
        }
        emit(method, false);
    }

    // One that neither suspends nor is annotated stays as it is: a future that somebody else completes is as good.
    private void rewriteStageMethod(MethodNode method) {
        if (!Declarations.isConcrete(method)) {
            return;
        }
        AsyncLoops.apply(node.name, method, hierarchy);
        boolean suspends = !points.calls(method).isEmpty();
        boolean isSynchronized = (method.access & Opcodes.ACC_SYNCHRONIZED) != 0;
        if (suspends || Declarations.isAnnotated(method) && !isSynchronized) {
            emit(method, true);
        }
    }

    private void emit(MethodNode method, boolean startsStage) {
        changed = true;
        if (!declarations.isOnlySelected(method)) {
            lints.findSwallowed(method, points.calls(method));
        }
        try {
            if (tooLarge.contains(method.name + method.desc)) {
                throw points.refusedAsTooLarge(method);
            }
            MethodRewriter.Emitted emitted = methods.rewrite(method, declarations.resumeName(method), startsStage);
            add(method, emitted.twin());
            if (emitted.resumeBody() != null) {
                add(method, emitted.resumeBody());
            } else {
                addUnusedResumeBody(method);
            }
            rewritten.add(emitted.summary());
        } catch (RefusedException e) {
            refuse(method, e.refusal());
        }
    }

    private void refuse(MethodNode method, Refusal refusal) {
        changed = true;
        if (declarations.isOnlySelected(method)) {
            refusals.add(refusal.notFatal());
            if (!declarations.isStageMethod(method)) {
                add(method, Twins.delegating(node, method));
            }
            return;
        }
        refusals.add(refusal);
        Twins.makeThrow(method, refusal.message());
        method.access &= ~Opcodes.ACC_SYNCHRONIZED;
        if (declarations.isStageMethod(method)) {
            addUnusedResumeBody(method);
        } else {
            addWithoutSuspension(method);
        }
    }

    private void addWithoutSuspension(MethodNode method) {
        add(method, Twins.delegating(node, method));
        addUnusedResumeBody(method);
    }

    private void addUnusedResumeBody(MethodNode method) {
        if (!declarations.isOnlySelected(method)) {
            MethodNode body = dispatch.unused(declarations.resumeName(method));
            if (AsyncMethod.resumesOnThis(method, purpose)) {
                body.access &= ~Opcodes.ACC_STATIC;
            }
            add(method, body);
        }
    }

    private Refusal refusal(MethodNode method, String reason, String remedy) {
        return new Refusal(node.name, method.name, method.desc, sourceFile(), Twins.firstLine(method), reason, remedy);
    }

    private void add(MethodNode original, MethodNode emitted) {
        if (purpose == Purpose.DEBUGGING && Declarations.isConcrete(original)) {
            emitted.access &= ~Opcodes.ACC_SYNTHETIC; // debuggers step over what is
        }
        added.add(emitted);
        origins.put(emitted.name + emitted.desc, original.name + original.desc);
    }

    // The runtime's leaves have twins that are written by hand; users shall not see those.
    private boolean isTwinOfRuntime(MethodNode method) {
        MethodNode twin = declarations.twinOf(method);
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
        MethodNode twin = declarations.twinOf(method);
        if (twin != null) {
            node.methods.remove(twin);
        }
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
