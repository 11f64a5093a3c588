package dev.weft.agent.compiler;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** Takes one method through the steps of {@link ClassCompiler}: normalise, analyse, emit. */
final class MethodRewriter {
    private final ClassNode owner;
    private final SuspensionPoints points;
    private final InaccessibleTypes inaccessible;
    private final DispatchEmitter dispatch;
    private final Purpose purpose;

    MethodRewriter(
            ClassNode owner,
            SuspensionPoints points,
            InaccessibleTypes inaccessible,
            DispatchEmitter dispatch,
            Purpose purpose) {
        this.owner = owner;
        this.points = points;
        this.inaccessible = inaccessible;
        this.dispatch = dispatch;
        this.purpose = purpose;
    }

    /**
     * What a method has become, besides a bridge.
     *
     * @param resumeBody null if all its suspensions are tail calls
     */
    record Emitted(MethodNode twin, @Nullable MethodNode resumeBody, CompiledClass.RewrittenMethod summary) {}

    /**
     * Turns the method into a bridge to its twin, or into what starts that. Throws before anything is changed.
     *
     * @param startsStage whether it is one of {@link StageMethods}
     */
    Emitted rewrite(MethodNode method, String resumeName, boolean startsStage) throws RefusedException {
        points.check(method, points.calls(method));
        MethodNode body = copy(method);
        NewPostponer.apply(owner.name, body, points.calls(body));
        Set<MethodInsnNode> calls = points.calls(body);
        Set<MethodInsnNode> tailCalls = points.tailCalls(body, calls);
        calls.removeAll(tailCalls);
        List<SuspensionPoint> suspensionPoints = points.analyse(body, calls);
        if (purpose == Purpose.DEBUGGING) {
            ScopedLocals.keep(body, suspensionPoints, inaccessible::isAccessible);
            suspensionPoints.replaceAll(SuspensionPoint::withoutCopies);
        }
        Set<String> widened = widen(body, suspensionPoints);
        AsyncMethod work = new AsyncMethod(
                owner.name,
                Twins.isInterface(owner),
                body,
                suspensionPoints,
                tailCalls,
                new FrameLayout(suspensionPoints),
                dispatch.nextPoint(),
                purpose);
        MethodNode twin = TwinEmitter.emit(work);
        MethodNode resumeBody = suspensionPoints.isEmpty() ? null : ResumeEmitter.emit(work, resumeName);
        if (purpose == Purpose.PRODUCTION // otherwise there is a smaller form
                && (MethodSize.isTooLarge(owner, twin)
                        || resumeBody != null && MethodSize.isTooLarge(owner, resumeBody))) {
            throw points.refusedAsTooLarge(method);
        }
        inaccessible.relink(widened, twin);
        if (resumeBody != null) {
            inaccessible.relink(widened, resumeBody);
            dispatch.add(work, resumeName);
        }
        if (startsStage) {
            StageMethods.makeStarter(owner, method, twin);
        } else {
            Twins.makeBridge(owner, method, purpose);
        }
        List<Integer> lines =
                suspensionPoints.stream().map(SuspensionPoint::line).toList();
        return new Emitted(twin, resumeBody, new CompiledClass.RewrittenMethod(method.name, method.desc, lines));
    }

    private Set<String> widen(MethodNode body, List<SuspensionPoint> suspensionPoints) throws RefusedException {
        Set<String> types = inaccessible.savedAt(suspensionPoints);
        if (!types.isEmpty()) {
            AbstractInsnNode needing = inaccessible.needing(types, body);
            if (needing != null) {
                throw points.refusedForType(body, needing);
            }
            inaccessible.widen(body);
            suspensionPoints.replaceAll(inaccessible::widen);
        }
        return types;
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
}
