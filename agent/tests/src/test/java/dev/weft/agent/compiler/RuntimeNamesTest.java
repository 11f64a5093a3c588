package dev.weft.agent.compiler;

import static java.lang.invoke.MethodHandles.publicLookup;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.internal.Continuation;
import dev.weft.internal.Frame;
import dev.weft.internal.ResumePoint;
import dev.weft.internal.ResumePoints;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** What the agent knows of the runtime by name is there, as public as code of any package needs it. */
class RuntimeNamesTest {
    private static final ClassLoader LOADER = RuntimeNamesTest.class.getClassLoader();
    private static final String PROGRAMS = "dev/weft/agent/compiler/EmittedPrograms";

    @Test
    void everyNamedClassExists() throws IllegalAccessException {
        List<String> names = new ArrayList<>();
        for (Field field : RuntimeNames.class.getDeclaredFields()) {
            if (field.getType() == String.class && Modifier.isStatic(field.getModifiers())) {
                String value = (String) field.get(null);
                if (value.startsWith("dev/weft/") && !value.endsWith("/")) {
                    names.add(value);
                } else if (value.startsWith("Ldev/weft/")) {
                    names.add(Type.getType(value).getInternalName());
                }
            }
        }
        assertThat(names)
                .hasSizeGreaterThan(6)
                .allSatisfy(name ->
                        assertThat(Modifier.isPublic(type(name).getModifiers())).isTrue());
    }

    @Test
    void annotationIsTheAnnotation() {
        assertThat(RuntimeNames.ANNOTATION).isEqualTo(Type.getDescriptor(Async.class));
    }

    @Test
    void twinsAreNamedAsTheRuntimeNamesThem() throws ReflectiveOperationException {
        String run = Type.getMethodDescriptor(Coroutine.class.getMethod("run"));

        assertThat(Type.getMethodDescriptor(
                        Coroutine.class.getMethod("run" + RuntimeNames.TWIN_SUFFIX, Continuation.class)))
                .isEqualTo(RuntimeNames.twinDescriptor(run));
        assertThat(constant("Lambdas", "TWIN")).isEqualTo(RuntimeNames.TWIN_SUFFIX);
        assertThat(constant("Lambdas", "COMPANION")).isEqualTo(RuntimeNames.COMPANION_MARK);
    }

    @Test
    void resumeBodiesAndTheirDispatchAreWhatTheRuntimeCalls() throws ReflectiveOperationException {
        assertThat(Type.getMethodDescriptor(
                        ResumePoint.class.getMethod("resume", Frame.class, Continuation.class, Object.class)))
                .isEqualTo(RuntimeNames.RESUME_DESCRIPTOR);
        assertThat(constant("ResumePoints", "RESUME_DESCRIPTOR")).isEqualTo(RuntimeNames.RESUME_DESCRIPTOR);
        assertThat(constant("ResumePoints", "DISPATCH")).isEqualTo(RuntimeNames.DISPATCH);
        assertThat(constant("ResumePoints", "DISPATCH_DESCRIPTOR")).isEqualTo(RuntimeNames.DISPATCH_DESCRIPTOR);
    }

    @Test
    void bootstrapMethodOfThePointsExists() {
        var bootstrap = RuntimeNames.POINTS_BOOTSTRAP;

        assertThat(bootstrap.getOwner()).isEqualTo(Type.getInternalName(ResumePoints.class));
        assertThatCode(() -> publicLookup()
                        .findStatic(type(bootstrap.getOwner()), bootstrap.getName(), methodType(bootstrap.getDesc())))
                .doesNotThrowAnyException();
    }

    @Test
    void everyShapeOfFrameExists() {
        for (FrameShape shape : FrameShape.all()) {
            Class<?> type = type(shape.className());
            assertThat(type).isPublic().isFinal();
            assertThat(type.getSuperclass()).isEqualTo(Frame.class);
            assertThat(type.getFields()).hasSize(2 + shape.references() + shape.ints() + shape.longs());
        }
    }

    @Test
    void everyReferenceOfEmittedCodeCanBeResolved() {
        Set<String> references = new TreeSet<>();

        new ClassReader(emitted()).accept(new References(references), 0);

        assertThat(references)
                .contains(
                        "dev/weft/internal/Continuation.REFUSING",
                        "dev/weft/internal/Continuation.suspended",
                        "dev/weft/internal/Continuation.resumedFloat",
                        "dev/weft/internal/Continuation.returned",
                        "dev/weft/internal/Continuation.suspend",
                        "dev/weft/internal/ResumePoint.state",
                        "dev/weft/internal/ResumePoints.bootstrap",
                        "dev/weft/internal/Lambdas.metafactory",
                        "dev/weft/internal/Lambdas.altMetafactory",
                        "dev/weft/internal/Lambdas.normalize",
                        "dev/weft/internal/Frame$Large.references",
                        "dev/weft/internal/Frame$Large.primitives",
                        "dev/weft/AsyncIterator.hasNext$async",
                        "dev/weft/AsyncIterator.next$async",
                        "dev/weft/EventLoop.start$stage",
                        "dev/weft/UnsupportedSuspensionError.<init>");
    }

    private static byte[] emitted() {
        Hierarchy hierarchy = new Hierarchy(RuntimeNamesTest::classFile, AsyncSelection.NONE);
        CompiledClass compiled = ClassCompiler.atLoad(hierarchy).compile(classFile(PROGRAMS));
        assertThat(compiled.refusals()).extracting(Refusal::method).containsExactly("refused");
        return compiled.classFile();
    }

    private static byte[] classFile(String name) {
        try (InputStream in = LOADER.getResourceAsStream(name + ".class")) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Class<?> type(String internalName) {
        try {
            return Class.forName(internalName.replace('/', '.'), false, LOADER);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static MethodType methodType(String descriptor) {
        return MethodType.fromMethodDescriptorString(descriptor, LOADER);
    }

    private static Object constant(String type, String name) throws ReflectiveOperationException {
        Field field = type("dev/weft/internal/" + type).getDeclaredField(name);
        field.setAccessible(true);
        return field.get(null);
    }

    /** Resolves all references to the runtime, and lists them. */
    private static final class References extends ClassVisitor {
        private final Set<String> found;

        References(Set<String> found) {
            super(Opcodes.ASM9);
            this.found = found;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
                    if (isRuntime(owner)) {
                        Class<?> wanted = methodType("()" + descriptor).returnType();
                        resolve(owner, name, () -> {
                            switch (opcode) {
                                case Opcodes.GETSTATIC -> publicLookup().findStaticGetter(type(owner), name, wanted);
                                case Opcodes.GETFIELD -> publicLookup().findGetter(type(owner), name, wanted);
                                case Opcodes.PUTFIELD -> publicLookup().findSetter(type(owner), name, wanted);
                                default -> throw new AssertionError("putstatic");
                            }
                        });
                    }
                }

                @Override
                public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean itf) {
                    if (isRuntime(owner)) {
                        resolve(owner, name, () -> {
                            assertThat(type(owner).isInterface()).isEqualTo(itf);
                            if (name.equals("<init>")) {
                                publicLookup().findConstructor(type(owner), methodType(descriptor));
                            } else if (opcode == Opcodes.INVOKESTATIC) {
                                publicLookup().findStatic(type(owner), name, methodType(descriptor));
                            } else {
                                publicLookup().findVirtual(type(owner), name, methodType(descriptor));
                            }
                        });
                    }
                }

                @Override
                public void visitInvokeDynamicInsn(
                        String name, String descriptor, Handle bootstrap, Object... arguments) {
                    visitMethodInsn(
                            Opcodes.INVOKESTATIC,
                            bootstrap.getOwner(),
                            bootstrap.getName(),
                            bootstrap.getDesc(),
                            bootstrap.isInterface());
                }
            };
        }

        private static boolean isRuntime(String owner) {
            return owner.startsWith("dev/weft/") && !owner.startsWith("dev/weft/agent/");
        }

        private void resolve(String owner, String name, ThrowingCallable look) {
            assertThatCode(look).as("%s.%s", owner, name).doesNotThrowAnyException();
            found.add(owner + "." + name);
        }
    }
}
