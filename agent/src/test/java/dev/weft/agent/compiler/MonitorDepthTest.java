package dev.weft.agent.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;

class MonitorDepthTest {
    /** Methods with the shape that javac gives them; only the calls' names matter. */
    @SuppressWarnings("unused")
    private static final class Shapes {
        private final Object lock = new Object();

        void block() {
            before();
            synchronized (lock) {
                inside();
            }
            after();
        }

        void nested() {
            synchronized (lock) {
                inside();
                synchronized (this) {
                    deep();
                }
                inside();
            }
            after();
        }

        void caught() {
            try {
                synchronized (lock) {
                    inside();
                }
                after();
            } catch (IllegalStateException e) {
                handler();
            }
        }

        void caughtInside() {
            synchronized (lock) {
                try {
                    inside();
                } catch (IllegalStateException e) {
                    handler();
                }
            }
        }

        int returning() {
            synchronized (lock) {
                if (lock.hashCode() == 0) {
                    return 1;
                }
            }
            after();
            return 2;
        }

        void looping() {
            for (int i = 0; i < 3; i++) {
                before();
                synchronized (lock) {
                    if (i == 1) {
                        continue;
                    }
                    inside();
                }
                after();
            }
        }

        static void before() {}

        static void inside() {}

        static void deep() {}

        static void after() {}

        static void handler() {}
    }

    @Test
    void onlyTheBlockIsSurrounded() throws IOException {
        assertThat(depths("block")).isEqualTo(Map.of("before", 0, "inside", 1, "after", 0));
    }

    @Test
    void nestedBlocksCountTwice() throws IOException {
        assertThat(depths("nested")).isEqualTo(Map.of("inside", 1, "deep", 2, "after", 0));
    }

    @Test
    void catchClauseAroundABlockIsNotSurrounded() throws IOException {
        assertThat(depths("caught")).isEqualTo(Map.of("inside", 1, "after", 0, "handler", 0));
    }

    @Test
    void catchClauseInsideABlockIs() throws IOException {
        assertThat(depths("caughtInside")).isEqualTo(Map.of("inside", 1, "handler", 1));
    }

    @Test
    void returnFromABlockLeavesIt() throws IOException {
        assertThat(depths("returning")).containsEntry("after", 0);
    }

    @Test
    void nextRoundOfALoopIsNotSurrounded() throws IOException {
        assertThat(depths("looping")).isEqualTo(Map.of("before", 0, "inside", 1, "after", 0));
    }

    // try { synchronized (lock) { inside(); } } catch (Exception e) { handler(); }, without handlers for the moves
    @Test
    void catchClauseAroundABlockOfKotlincIsNotSurrounded() {
        LabelNode outer = new LabelNode();
        LabelNode start = new LabelNode();
        LabelNode end = new LabelNode();
        LabelNode leave = new LabelNode();
        LabelNode outerEnd = new LabelNode();
        LabelNode handler = new LabelNode();
        MethodNode method = new MethodNode(TestClass.STATIC, "work", "(Ljava/lang/Object;)V", null, null);
        method.instructions = new Code()
                .label(outer)
                .aload(0)
                .insn(Opcodes.MONITORENTER)
                .insn(Opcodes.NOP)
                .label(start)
                .invokeStatic("test/Any", "inside", "()V")
                .label(end)
                .aload(0)
                .insn(Opcodes.MONITOREXIT)
                .insn(Opcodes.RETURN)
                .label(leave)
                .astore(1)
                .aload(0)
                .insn(Opcodes.MONITOREXIT)
                .aload(1)
                .insn(Opcodes.ATHROW)
                .label(outerEnd)
                .label(handler)
                .invokeStatic("test/Any", "handler", "()V")
                .insn(Opcodes.RETURN);
        method.tryCatchBlocks.add(new TryCatchBlockNode(start, end, leave, null));
        method.tryCatchBlocks.add(new TryCatchBlockNode(outer, outerEnd, handler, "java/lang/Exception"));

        MonitorDepth depth = new MonitorDepth(method, new ControlFlow(method));

        assertThat(depth.at(method.instructions.indexOf(leave))).isEqualTo(1);
        assertThat(depth.at(method.instructions.indexOf(handler))).isZero();
    }

    @Test
    void unreachableInstructionHasNoDepth() {
        MethodNode method = new MethodNode(TestClass.STATIC, "work", "()V", null, null);
        method.instructions = new Code().insn(Opcodes.RETURN).insn(Opcodes.NOP);

        assertThat(new MonitorDepth(method, new ControlFlow(method)).at(1)).isNegative();
    }

    @Test
    void monitorsThatALoopEntersAndNeverLeavesEnd() {
        LabelNode loop = new LabelNode();
        MethodNode method = new MethodNode(TestClass.STATIC, "work", "(Ljava/lang/Object;)V", null, null);
        method.instructions =
                new Code().label(loop).aload(0).insn(Opcodes.MONITORENTER).jump(Opcodes.GOTO, loop);

        assertThat(new MonitorDepth(method, new ControlFlow(method)).at(1)).isPositive();
    }

    /** The greatest depth at the calls of each method of {@link Shapes} in one of them. */
    private static Map<String, Integer> depths(String name) throws IOException {
        MethodNode method;
        try (InputStream in = Shapes.class.getResourceAsStream("MonitorDepthTest$Shapes.class")) {
            method = TestClass.find(TestClass.read(in.readAllBytes()), name);
        }
        MonitorDepth depth = new MonitorDepth(method, new ControlFlow(method));
        Map<String, Integer> depths = new LinkedHashMap<>();
        for (AbstractInsnNode insn : method.instructions) {
            if (insn instanceof MethodInsnNode call && call.owner.endsWith("$Shapes")) {
                depths.merge(call.name, depth.at(method.instructions.indexOf(call)), Math::max);
            }
        }
        return depths;
    }
}
