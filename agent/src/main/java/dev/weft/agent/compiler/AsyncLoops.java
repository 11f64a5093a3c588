package dev.weft.agent.compiler;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.BasicInterpreter;
import org.objectweb.asm.tree.analysis.BasicValue;
import org.objectweb.asm.tree.analysis.Frame;

/**
 * Lets for-each loops over an {@code AsyncIterable} suspend. Compilers keep the iterator of a loop in a variable of type
 * {@link java.util.Iterator}, whose methods nobody has annotated:
 *
 * <pre>
 *   Iterator i = source.iterator();               // gives an AsyncIterator
 *   while (i.hasNext()) { ... i.next() ... }      becomes  AsyncIterator.hasNext(i), AsyncIterator.next(i)
 * </pre>
 *
 * Calls on an iterator that is an {@code AsyncIterator} wherever it comes from, or on some way, go to static methods, which
 * look at what it is.
 */
final class AsyncLoops {
    private static final String ITERATOR = "java/util/Iterator";
    private static final BasicValue ASYNC = new BasicValue(Type.getObjectType(RuntimeNames.ASYNC_ITERATOR));

    private final String owner;
    private final MethodNode method;
    private final Hierarchy hierarchy;

    private AsyncLoops(String owner, MethodNode method, Hierarchy hierarchy) {
        this.owner = owner;
        this.method = method;
        this.hierarchy = hierarchy;
    }

    /** Exchanges the calls in the method, if there are any. */
    static void apply(String owner, MethodNode method, Hierarchy hierarchy) {
        List<MethodInsnNode> calls = new ArrayList<>();
        for (AbstractInsnNode insn : method.instructions) {
            if (insn instanceof MethodInsnNode call && isOfIterator(call)) {
                calls.add(call);
            }
        }
        AsyncLoops loops = new AsyncLoops(owner, method, hierarchy);
        if (!calls.isEmpty() && loops.mentionsAsyncIterator()) {
            loops.exchange(calls);
        }
    }

    private static boolean isOfIterator(MethodInsnNode call) {
        return call.owner.equals(ITERATOR)
                && (call.name.equals("hasNext") && call.desc.equals("()Z")
                        || call.name.equals("next") && call.desc.equals("()Ljava/lang/Object;"));
    }

    // Spares the data flow in nearly all methods.
    private boolean mentionsAsyncIterator() {
        for (Type argument : Type.getArgumentTypes(method.desc)) {
            if (isAsync(argument)) {
                return true;
            }
        }
        for (AbstractInsnNode insn : method.instructions) {
            Type type = MadeType.of(insn);
            if (type != null && isAsync(type) || isIteratorOfAsyncIterable(insn)) {
                return true;
            }
        }
        return false;
    }

    private void exchange(List<MethodInsnNode> calls) {
        Frame<BasicValue>[] frames;
        try {
            frames = new Analyzer<>(new Provenance()).analyze(owner, method);
        } catch (AnalyzerException e) {
            throw new IllegalStateException("in " + method.name + method.desc, e);
        }
        for (MethodInsnNode call : calls) {
            Frame<BasicValue> frame = frames[method.instructions.indexOf(call)];
            if (frame != null && frame.getStack(frame.getStackSize() - 1) == ASYNC) {
                call.setOpcode(Opcodes.INVOKESTATIC);
                call.owner = RuntimeNames.ASYNC_ITERATOR;
                call.desc = call.desc.replace("(", "(L" + ITERATOR + ";");
            }
        }
    }

    // ecj calls it by the type that java.util gives it.
    private boolean isIteratorOfAsyncIterable(AbstractInsnNode insn) {
        return insn instanceof MethodInsnNode call
                && call.name.equals("iterator")
                && call.desc.equals("()L" + ITERATOR + ";")
                && hierarchy.isSubtype(call.owner, RuntimeNames.ASYNC_ITERABLE);
    }

    private boolean isAsync(Type type) {
        return type.getSort() == Type.OBJECT
                && hierarchy.isSubtype(type.getInternalName(), RuntimeNames.ASYNC_ITERATOR);
    }

    /** Where an {@code AsyncIterator} may be. It stays one whatever it is cast to and wherever ways meet. */
    private final class Provenance extends BasicInterpreter {
        Provenance() {
            super(Opcodes.ASM9);
        }

        @Override
        public @Nullable BasicValue newValue(@Nullable Type type) {
            return type != null && isAsync(type) ? ASYNC : super.newValue(type);
        }

        @Override
        public @Nullable BasicValue unaryOperation(AbstractInsnNode insn, BasicValue value) throws AnalyzerException {
            return insn.getOpcode() == Opcodes.CHECKCAST && value == ASYNC ? ASYNC : super.unaryOperation(insn, value);
        }

        @Override
        public @Nullable BasicValue naryOperation(AbstractInsnNode insn, List<? extends BasicValue> values)
                throws AnalyzerException {
            return isIteratorOfAsyncIterable(insn) ? ASYNC : super.naryOperation(insn, values);
        }

        @Override
        public BasicValue merge(BasicValue value, BasicValue other) {
            boolean references = value.isReference() && other.isReference();
            return references && (value == ASYNC || other == ASYNC) ? ASYNC : super.merge(value, other);
        }
    }
}
