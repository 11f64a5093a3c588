package dev.weft.agent.tests.dispatch;

import static dev.weft.agent.tests.corpus.Suspensions.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.agent.tests.corpus.Plan;
import dev.weft.agent.tests.corpus.Trace;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.ClassDefinition;
import java.lang.instrument.Instrumentation;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Debuggers exchange the code of loaded classes, and hand the JVM what the compiler has written: shape 67. */
class RedefinitionTest {
    static final class Redefined {
        @Async
        static String text() throws Exception {
            Coroutine<String> lambda = () -> "old " + p("lambda");
            return "old " + p("text") + lambda.run();
        }
    }

    @Test
    void aRedefinedClassIsRewrittenAgain() throws Throwable {
        Instrumentation instrumentation = ByteBuddyAgent.install();
        assertThat(suspended()).isEqualTo("old textold lambda");
        instrumentation.redefineClasses(new ClassDefinition(Redefined.class, classFile()));
        assertThat(suspended()).isEqualTo("old textold lambda");
        instrumentation.redefineClasses(new ClassDefinition(Redefined.class, newer(classFile())));
        assertThat(suspended()).isEqualTo("new textnew lambda");
    }

    @Test
    void aRetransformedClassStaysRewritten() throws Throwable {
        ByteBuddyAgent.install().retransformClasses(Greeter.class);
        assertThat(Trace.result(() -> new Greeter().greet("x"), Plan.everythingSuspends()))
                .isEqualTo("hello x");
    }

    private static Object suspended() throws Throwable {
        return Trace.result(() -> Redefined.text(), Plan.everythingSuspends());
    }

    private static byte[] classFile() throws IOException {
        try (InputStream in = RedefinitionTest.class.getResourceAsStream("RedefinitionTest$Redefined.class")) {
            return in.readAllBytes();
        }
    }

    // Another text in the recipes of the concatenations.
    private static byte[] newer(byte[] classFile) {
        ClassWriter writer = new ClassWriter(0);
        new ClassReader(classFile)
                .accept(
                        new ClassVisitor(Opcodes.ASM9, writer) {
                            @Override
                            public MethodVisitor visitMethod(
                                    int access, String name, String descriptor, String signature, String[] exceptions) {
                                return new MethodVisitor(
                                        Opcodes.ASM9,
                                        super.visitMethod(access, name, descriptor, signature, exceptions)) {
                                    @Override
                                    public void visitInvokeDynamicInsn(
                                            String called, String type, Handle bootstrap, Object... arguments) {
                                        Object[] changed = arguments.clone();
                                        for (int k = 0; k < changed.length; k++) {
                                            if (changed[k] instanceof String text) {
                                                changed[k] = text.replace("old", "new");
                                            }
                                        }
                                        super.visitInvokeDynamicInsn(called, type, bootstrap, changed);
                                    }
                                };
                            }
                        },
                        0);
        return writer.toByteArray();
    }
}
