package dev.weft.agent.tests.dispatch;

import static dev.weft.agent.tests.corpus.Suspensions.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.agent.tests.corpus.Plan;
import dev.weft.agent.tests.corpus.Trace;
import java.io.IOException;
import java.io.ObjectStreamClass;
import java.io.Serializable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** What others see of a rewritten class, and what its suspended methods hold: shapes 17, 65 and 66. */
@Tag("built")
class ClassShapeTest {
    @Retention(RetentionPolicy.RUNTIME)
    @interface Noted {
        String value();
    }

    /** With everything that a method may carry. */
    static class Decorated<E> {
        @Async
        @Deprecated
        @Noted("method")
        protected final <T extends Comparable<T>> List<? super T> decorated(
                @Noted("parameter") T first, E second, int... rest) throws IOException, IllegalStateException {
            v();
            return List.of(first);
        }

        @Async
        static synchronized int neverSuspends(int k) {
            return k;
        }
    }

    private static Method method(Class<?> type, String name) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aMethodKeepsAllThatItsAuthorGaveIt() {
        Method method = method(Decorated.class, "decorated");
        assertThat(method.isAnnotationPresent(Async.class)).isTrue();
        assertThat(method.isAnnotationPresent(Deprecated.class)).isTrue();
        assertThat(method.getAnnotation(Noted.class).value()).isEqualTo("method");
        assertThat(method.getParameters()[0].getAnnotation(Noted.class).value()).isEqualTo("parameter");
        assertThat(method.isSynthetic()).isFalse();
        assertThat(method.isVarArgs()).isTrue();
        assertThat(method.getExceptionTypes()).containsExactly(IOException.class, IllegalStateException.class);
        assertThat(method.toGenericString())
                .startsWith("protected final <T extends java.lang.Comparable<T>> java.util.List<? super T>")
                .endsWith("decorated(T,E,int...) throws java.io.IOException,java.lang.IllegalStateException");
    }

    @Test
    void aTwinHasNothingOfItButTheExceptions() {
        Method twin = method(Decorated.class, "decorated$async");
        assertThat(twin.isSynthetic()).isTrue();
        assertThat(twin.isVarArgs()).isFalse();
        assertThat(twin.getAnnotations()).isEmpty();
        assertThat(List.of(twin.getParameterAnnotations()))
                .allSatisfy(annotations -> assertThat(annotations).isEmpty());
        assertThat(twin.getTypeParameters()).isEmpty();
        assertThat(twin.getExceptionTypes()).containsExactly(IOException.class, IllegalStateException.class);
    }

    @Test
    void whatIsAddedIsSynthetic() {
        assertThat(Arrays.stream(Decorated.class.getDeclaredMethods())
                        .filter(method -> !method.isSynthetic())
                        .map(Method::getName))
                .containsExactlyInAnyOrder("decorated", "neverSuspends");
        assertThat(Decorated.class.getDeclaredFields()).isEmpty();
        assertThat(Decorated.class.getDeclaredConstructors()).hasSize(1);
        assertThat(Decorated.class.getDeclaredClasses()).isEmpty();
    }

    @Test
    void aMonitorStaysWhereItDoesNoHarm() {
        assertThat(Modifier.isSynchronized(
                        method(Decorated.class, "neverSuspends").getModifiers()))
                .isTrue();
    }

    static final class WithoutVersion implements Serializable {
        private String text;

        @Async
        String text() {
            return p(text);
        }
    }

    @Test
    void theSerialVersionIsThatOfTheClassAsItWas() {
        long computed = ObjectStreamClass.lookup(WithoutVersion.class).getSerialVersionUID();
        assertThat(computed).isEqualTo(untouchedVersion());
    }

    private static long untouchedVersion() {
        try {
            ClassLoader loader = new ClassLoader(ClassShapeTest.class.getClassLoader()) {
                @Override
                protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                    if (!name.equals(WithoutVersion.class.getName())) {
                        return super.loadClass(name, resolve);
                    }
                    try (var in = ClassShapeTest.class.getResourceAsStream("ClassShapeTest$WithoutVersion.class")) {
                        ClassWriter writer = new ClassWriter(0);
                        new ClassReader(in.readAllBytes()).accept(new WithoutAsync(writer), 0);
                        byte[] classFile = writer.toByteArray();
                        return defineClass(name, classFile, 0, classFile.length);
                    } catch (IOException e) {
                        throw new ClassNotFoundException(name, e);
                    }
                }
            };
            return ObjectStreamClass.lookup(loader.loadClass(WithoutVersion.class.getName()))
                    .getSerialVersionUID();
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    /** Nothing for the agent to do. */
    private static final class WithoutAsync extends ClassVisitor {
        WithoutAsync(ClassVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            return new MethodVisitor(Opcodes.ASM9, super.visitMethod(access, name, descriptor, signature, exceptions)) {
                @Override
                public AnnotationVisitor visitAnnotation(String type, boolean visible) {
                    return null;
                }
            };
        }
    }

    // 17

    private static boolean isCollected(WeakReference<?> reference) {
        for (int k = 0; k < 20 && reference.get() != null; k++) {
            System.gc();
        }
        return reference.get() == null;
    }

    @Async
    private static List<Boolean> collectable() {
        Object early = new Object();
        Object late = new Object();
        WeakReference<Object> earlyReference = new WeakReference<>(early);
        WeakReference<Object> lateReference = new WeakReference<>(late);
        log(early);
        v();
        boolean earlyIsGone = isCollected(earlyReference);
        boolean lateIsThere = lateReference.get() != null;
        log(late);
        v();
        return List.of(earlyIsGone, lateIsThere, isCollected(lateReference));
    }

    @Async
    private static List<Boolean> collectableArguments(Object argument, WeakReference<?> reference) {
        log(argument);
        v();
        return List.of(isCollected(reference));
    }

    @Async
    private static List<Boolean> collectableConstruction() {
        WeakReference<Object> reference = new WeakReference<>(new StringBuilder(p("x")));
        Object[] holder = {new StringBuilder(p("y"))};
        WeakReference<Object> held = new WeakReference<>(holder[0]);
        holder = null;
        v();
        return List.of(isCollected(reference), isCollected(held));
    }

    @Async
    private static List<Boolean> collectableResults() {
        List<Boolean> collected = new ArrayList<>();
        for (int k = 0; k < 3; k++) {
            WeakReference<Object> past = new WeakReference<>(p(new Object()));
            v();
            collected.add(isCollected(past));
        }
        return collected;
    }

    private static WeakReference<Object> referenceTo(Object object, int number) {
        return new WeakReference<>(object);
    }

    @Async
    private static List<Boolean> collectableOperands() {
        WeakReference<Object> reference = referenceTo(new Object(), i(1));
        boolean atOnce = isCollected(reference);
        v();
        return List.of(atOnce, isCollected(reference));
    }

    private static Object newObject(WeakReference<?>[] reference) {
        Object object = new Object();
        reference[0] = new WeakReference<>(object);
        return object;
    }

    @Test
    void whatIsNoLongerNeededCanBeCollected() throws Throwable {
        assertThat(Trace.result(() -> collectable(), Plan.everythingSuspends())).isEqualTo(List.of(true, true, true));
        assertThat(Trace.result(() -> collectableConstruction(), Plan.everythingSuspends()))
                .isEqualTo(List.of(true, true));
        assertThat(Trace.result(() -> collectableResults(), Plan.everythingSuspends()))
                .isEqualTo(List.of(true, true, true));
        assertThat(Trace.result(() -> collectableOperands(), Plan.everythingSuspends()))
                .isEqualTo(List.of(true, true));
        assertThat(Trace.result(
                        () -> {
                            WeakReference<?>[] reference = new WeakReference<?>[1];
                            Object object = newObject(reference);
                            return collectableArguments(object, reference[0]);
                        },
                        Plan.everythingSuspends()))
                .isEqualTo(List.of(true));
    }
}
