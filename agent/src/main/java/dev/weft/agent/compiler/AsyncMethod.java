package dev.weft.agent.compiler;

import java.util.List;
import java.util.Set;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * A method under work, normalised and analysed: all that its twin and its resume body are emitted from.
 *
 * @param owner the internal name of its class
 * @param method the normalised code; its signature is the original's
 * @param tailCalls calls that may suspend, but whose result is the method's own, so that no frame is needed for them
 * @param firstPoint the position of its first suspension point among all of the class
 * @param purpose how much debuggers shall see
 */
record AsyncMethod(
        String owner,
        boolean inInterface,
        MethodNode method,
        List<SuspensionPoint> points,
        Set<MethodInsnNode> tailCalls,
        FrameLayout layout,
        int firstPoint,
        Purpose purpose) {

    /**
     * Whether the resume body is an instance method, so that debuggers find {@code this} where they look for it. The frame
     * then holds it at every suspension point.
     */
    boolean resumesOnThis() {
        return resumesOnThis(method, purpose)
                && points.stream().allMatch(point -> point.locals().get(0).equals(owner));
    }

    static boolean resumesOnThis(MethodNode method, Purpose purpose) {
        return purpose == Purpose.DEBUGGING && ScopedLocals.isThisAlwaysThere(method);
    }
}
