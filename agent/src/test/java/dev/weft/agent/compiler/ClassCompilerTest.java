package dev.weft.agent.compiler;

import static dev.weft.agent.compiler.TestClass.STATIC;
import static dev.weft.agent.compiler.TestClass.call;
import static dev.weft.agent.compiler.TestClass.line;
import static dev.weft.agent.compiler.TestClass.methodNames;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LocalVariableNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.ParameterNode;

class ClassCompilerTest {
    private static final int PUBLIC = Opcodes.ACC_PUBLIC;
    private static final int ABSTRACT = PUBLIC | Opcodes.ACC_ABSTRACT;
    private static final int SYNCHRONIZED = STATIC | Opcodes.ACC_SYNCHRONIZED;
    private static final AsyncSelection HOST_SELECTED = new AsyncSelection(List.of("test.Host"));
    private static final TestClass BODY =
            new TestClass("test/Body").asInterface().async(ABSTRACT, "run", "()V");

    // Which classes

    @Test
    void annotatedClassConcernsUs() {
        assertThat(concerns(pausing())).isTrue();
        assertThat(concerns(TestClass.host())).isFalse();
    }

    @Test
    void subtypesOfAnnotatedClassesConcernUs() {
        assertThat(concerns(TestClass.host().extending("test/Leaf"))).isTrue();
        assertThat(concerns(TestClass.host().implementing("test/Body"))).isTrue();
        assertThat(concerns(TestClass.host().extending("test/Missing").implementing("java/lang/Runnable")))
                .isFalse();
    }

    @Test
    void makerOfAnAsyncLambdaConcernsUs() {
        Handle body = new Handle(Opcodes.H_INVOKESTATIC, TestClass.HOST, "lambda$0", "()V", false);
        assertThat(concerns(TestClass.host().method(STATIC, "make", "()Ltest/Body;", code -> {
                    TestClass.lambda(code, "test/Body", "run", "()V", body);
                    code.insn(Opcodes.ARETURN);
                })))
                .isTrue();
    }

    @Test
    void selectedClassConcernsUs() {
        ClassCompiler compiler = ClassCompiler.atLoad(TestClass.hierarchy(HOST_SELECTED));

        assertThat(compiler.concerns(PoolScan.of(TestClass.host().bytes()))).isTrue();
    }

    @Test
    void rewrittenClassIsLeftAlone() {
        ClassCompiler compiler = ClassCompiler.atLoad(TestClass.hierarchy());

        byte[] once = compiler.compile(pausing().bytes()).classFile();

        assertThat(compiler.concerns(PoolScan.of(once))).isFalse();
    }

    @Test
    void interfaceThatTheRuntimeMadeForALambdaIsLeftAlone() {
        assertThat(concerns(new TestClass("test/Body$$weft$1").asInterface().implementing("test/Body")))
                .isFalse();
    }

    @Test
    void classWithoutAsyncMethodsStaysAsItIs() {
        CompiledClass compiled = TestClass.host()
                .extending("test/Leaf")
                .method(STATIC, "other", "()V", code -> code.insn(Opcodes.RETURN))
                .compile();

        assertThat(compiled.classFile()).isNull();
        assertThat(compiled.methods()).isEmpty();
        assertThat(compiled.refusals()).isEmpty();
    }

    @Test
    void annotationTypeStaysAsItIs() {
        TestClass host = pausing();
        host.node.access = PUBLIC | Opcodes.ACC_INTERFACE | Opcodes.ACC_ABSTRACT | Opcodes.ACC_ANNOTATION;
        host.node.methods.clear();
        host.async(ABSTRACT, "value", "()I");

        assertThat(host.compile().classFile()).isNull();
    }

    // What becomes of a method

    @Test
    void methodBecomesABridgeToItsTwin() {
        ClassNode rewritten = Verified.rewritten(pausing().compile());

        assertThat(methodNames(rewritten))
                .containsExactly("work", "work$async", "work$resume", "weft$dispatch", "weft$suspend");
        assertThat(Listing.of(TestClass.find(rewritten, "work")))
                .containsExactly(
                        "GETSTATIC dev/weft/internal/Continuation.REFUSING : Ldev/weft/internal/Continuation;",
                        "INVOKESTATIC test/Host.work$async (Ldev/weft/internal/Continuation;)V",
                        "RETURN");
    }

    @Test
    void rewrittenMethodsAndTheirLinesAreReported() {
        CompiledClass compiled = TestClass.host()
                .async(STATIC, "work", "(I)V", code -> {
                    line(code, 11);
                    call(code, "pause");
                    line(code, 14);
                    call(code, "pause");
                    code.insn(Opcodes.RETURN);
                })
                .compile();

        assertThat(compiled.methods())
                .containsExactly(new CompiledClass.RewrittenMethod("work", "(I)V", List.of(11, 14)));
    }

    @Test
    void methodWithoutSuspensionsStaysAndItsTwinCallsIt() {
        CompiledClass compiled = TestClass.host()
                .async(
                        PUBLIC,
                        "work",
                        "(JI)J",
                        code -> code.load(ValueKind.LONG, 1).insn(Opcodes.LRETURN))
                .compile();
        ClassNode rewritten = Verified.rewritten(compiled);

        assertThat(compiled.methods()).isEmpty();
        assertThat(methodNames(rewritten))
                .containsExactly("work", "work$async", "work$resume", "weft$dispatch", "weft$suspend");
        assertThat(Listing.of(TestClass.find(rewritten, "work"))).containsExactly("LLOAD 1", "LRETURN");
        assertThat(Listing.of(TestClass.find(rewritten, "work$async")))
                .containsExactly("ALOAD 0", "LLOAD 1", "ILOAD 3", "INVOKESPECIAL test/Host.work (JI)J", "LRETURN");
    }

    @Test
    void abstractMethodGetsATwinThatCallsIt() {
        TestClass host = TestClass.host().async(ABSTRACT, "work", "()V");
        host.node.access |= Opcodes.ACC_ABSTRACT;

        MethodNode twin = TestClass.find(Verified.rewritten(host.compile()), "work$async");

        assertThat(twin.access).isEqualTo(PUBLIC | Opcodes.ACC_SYNTHETIC);
        assertThat(Listing.of(twin)).containsExactly("ALOAD 0", "INVOKEVIRTUAL test/Host.work ()V", "RETURN");
    }

    @Test
    void interfaceMethodStaysAbstractAndItsTwinIsADefault() {
        ClassNode rewritten = Verified.rewritten(
                TestClass.host().asInterface().async(ABSTRACT, "work", "()V").compile());

        assertThat(TestClass.find(rewritten, "work").access).isEqualTo(ABSTRACT);
        assertThat(TestClass.find(rewritten, "work$async").access).isEqualTo(PUBLIC | Opcodes.ACC_SYNTHETIC);
        assertThat(Listing.of(TestClass.find(rewritten, "work$async")))
                .containsExactly("ALOAD 0", "INVOKEINTERFACE test/Host.work ()V (itf)", "RETURN");
    }

    @Test
    void nativeMethodGetsATwinThatCallsIt() {
        ClassNode rewritten = Verified.rewritten(TestClass.host()
                .async(STATIC | Opcodes.ACC_NATIVE, "work", "()V")
                .compile());

        assertThat(TestClass.find(rewritten, "work$async").access).isEqualTo(STATIC | Opcodes.ACC_SYNTHETIC);
    }

    @Test
    void methodsOfInterfacesAreRewritten() {
        ClassNode rewritten = Verified.rewritten(TestClass.host()
                .asInterface()
                .async(PUBLIC, "work", "()V", ClassCompilerTest::pause)
                .async(Opcodes.ACC_PRIVATE, "secret", "()V", ClassCompilerTest::pause)
                .async(STATIC, "general", "()V", ClassCompilerTest::pause)
                .compile());

        assertThat(methodNames(rewritten)).contains("work$resume", "secret$resume", "general$resume");
        assertThat(Listing.of(TestClass.find(rewritten, "work")))
                .contains("INVOKESPECIAL test/Host.work$async (Ldev/weft/internal/Continuation;)V (itf)");
    }

    @Test
    void constructorsCallPlainMethods() {
        CompiledClass compiled = TestClass.host()
                .method(PUBLIC, "<init>", "()V", code -> {
                    code.aload(0).invoke(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
                    pause(code);
                })
                .method(STATIC, "<clinit>", "()V", code -> code.insn(Opcodes.RETURN))
                .compile(HOST_SELECTED);

        assertThat(compiled.classFile()).isNull();
    }

    @Test
    void overloadsHaveResumeBodiesOfTheirOwn() {
        ClassNode rewritten = Verified.rewritten(TestClass.host()
                .async(STATIC, "work", "()V", ClassCompilerTest::pause)
                .async(STATIC, "work", "(I)V", ClassCompilerTest::pause)
                .compile());

        assertThat(methodNames(rewritten)).contains("work$resume", "work$resume1");
        assertThat(Listing.of(TestClass.find(rewritten, "weft$dispatch")))
                .startsWith("ILOAD 0")
                .endsWith(
                        "ALOAD 1",
                        "INVOKESTATIC dev/weft/internal/Rewriting.redefined " + RuntimeNames.REDEFINED_DESCRIPTOR,
                        "ATHROW")
                .contains(
                        "INVOKESTATIC test/Host.work$resume " + RuntimeNames.RESUME_DESCRIPTOR,
                        "INVOKESTATIC test/Host.work$resume1 " + RuntimeNames.RESUME_DESCRIPTOR);
    }

    @Test
    void pointsAreLinkedWithTheirMethodsAndLines() {
        TestClass host = TestClass.host()
                .async(STATIC, "one", "()V", code -> {
                    line(code, 3);
                    call(code, "pause");
                    line(code, 4);
                    pause(code);
                })
                .async(STATIC, "two", "()V", code -> {
                    line(code, 8);
                    pause(code);
                });

        MethodNode suspend = TestClass.find(Verified.rewritten(host.compile()), "weft$suspend");

        for (AbstractInsnNode insn : suspend.instructions) {
            if (insn instanceof InvokeDynamicInsnNode points) {
                assertThat(points.bsm).isEqualTo(RuntimeNames.POINTS_BOOTSTRAP);
                assertThat(points.bsmArgs)
                        .satisfiesExactly(
                                sourceFile -> assertThat(sourceFile).isEqualTo("Host.java"),
                                table -> assertThat(table.toString()).matches("one;-?\\d+;3;4/two;-?\\d+;8"));
                return;
            }
        }
        throw new AssertionError("no invokedynamic");
    }

    @Test
    void methodWhoseArgumentsTakeAllSlotsIsRefused() {
        String descriptor = "(" + "J".repeat(127) + ")V";
        TestClass host = TestClass.host().async(STATIC, "wide", descriptor, ClassCompilerTest::pause);

        CompiledClass compiled = host.compile();

        assertThat(compiled.refusals()).singleElement().satisfies(refusal -> {
            assertThat(refusal.method()).isEqualTo("wide");
            assertThat(refusal.reason()).contains("255 slots");
        });
        assertThat(methodNames(Verified.rewritten(compiled))).containsExactly("wide");
    }

    @Test
    void longTablesOfPointsAreSplit() {
        TestClass host = TestClass.host();
        String name = "n".repeat(15_000);
        for (int i = 0; i < 3; i++) {
            host.async(STATIC, name + i, "()V", ClassCompilerTest::pause);
        }

        MethodNode suspend = TestClass.find(Verified.rewritten(host.compile()), "weft$suspend");

        InvokeDynamicInsnNode points = (InvokeDynamicInsnNode) suspend.instructions.get(2);
        assertThat(points.bsmArgs).hasSize(4);
        assertThat("" + points.bsmArgs[1] + points.bsmArgs[2] + points.bsmArgs[3])
                .matches("n+0;-?\\d+;0/n+1;-?\\d+;0/n+2;-?\\d+;0");
    }

    // What people notice

    @Test
    void annotationsSignaturesAndNamesOfParametersStayOnThePlainMethod() {
        TestClass host = TestClass.host().async(STATIC, "work", "(Ljava/util/List;)V", ClassCompilerTest::pause);
        MethodNode method = host.last();
        method.signature = "(Ljava/util/List<Ljava/lang/String;>;)V";
        method.parameters = new ArrayList<>(List.of(new ParameterNode("names", 0)));
        method.visibleAnnotations.add(new AnnotationNode("Ltest/Mark;"));
        method.visibleAnnotableParameterCount = 1;
        method.visibleParameterAnnotations = parameterAnnotations("Ltest/Mark;");
        LabelNode start = new LabelNode();
        LabelNode end = new LabelNode();
        method.instructions.insert(start);
        method.instructions.add(end);
        method.localVariables = List.of(new LocalVariableNode("names", "Ljava/util/List;", null, start, end, 0));

        ClassNode rewritten = Verified.rewritten(host.compile());

        MethodNode plain = TestClass.find(rewritten, "work");
        assertThat(plain.signature).isEqualTo("(Ljava/util/List<Ljava/lang/String;>;)V");
        assertThat(plain.parameters).extracting(parameter -> parameter.name).containsExactly("names");
        assertThat(plain.visibleAnnotations)
                .extracting(annotation -> annotation.desc)
                .containsExactly(RuntimeNames.ANNOTATION, "Ltest/Mark;");
        assertThat(plain.visibleParameterAnnotations[0]).hasSize(1);
        assertThat(plain.localVariables).extracting(variable -> variable.name).containsExactly("names");
        for (MethodNode added : rewritten.methods) {
            if (added != plain) {
                assertThat(added.access & Opcodes.ACC_SYNTHETIC).isNotZero();
                assertThat(added.signature).isNull();
                assertThat(added.parameters).isNull();
                assertThat(added.visibleAnnotations).isNull();
                assertThat(added.visibleParameterAnnotations).isNull();
            }
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static List<AnnotationNode>[] parameterAnnotations(String type) {
        return new List[] {List.of(new AnnotationNode(type))};
    }

    @Test
    void throwsClauseIsOnTheTwinToo() {
        TestClass host = pausing();
        host.last().exceptions = List.of("java/io/IOException");

        ClassNode rewritten = Verified.rewritten(host.compile());

        assertThat(TestClass.find(rewritten, "work").exceptions).containsExactly("java/io/IOException");
        assertThat(TestClass.find(rewritten, "work$async").exceptions).containsExactly("java/io/IOException");
    }

    @Test
    void twinIsAsVisibleAsItsMethodButNoVarargsOrBridge() {
        int flags = Opcodes.ACC_PROTECTED | Opcodes.ACC_FINAL;
        TestClass host = TestClass.host()
                .async(
                        flags | Opcodes.ACC_VARARGS | Opcodes.ACC_BRIDGE | Opcodes.ACC_STRICT,
                        "work",
                        "([I)V",
                        ClassCompilerTest::pause);

        ClassNode rewritten = Verified.rewritten(host.compile());

        assertThat(TestClass.find(rewritten, "work$async").access).isEqualTo(flags | Opcodes.ACC_SYNTHETIC);
    }

    @Test
    void lineNumberOfTheMethodIsThatOfItsBridge() {
        ClassNode rewritten = Verified.rewritten(TestClass.host()
                .async(STATIC, "work", "()V", code -> {
                    line(code, 21);
                    pause(code);
                })
                .compile());

        assertThat(Twins.firstLine(TestClass.find(rewritten, "work"))).isEqualTo(21);
    }

    // Refusals

    @Test
    void annotatedMethodThatIsRefusedThrows() {
        TestClass host = TestClass.host().async(SYNCHRONIZED, "work", "()V", ClassCompilerTest::pause);

        CompiledClass compiled = host.compile();
        ClassNode rewritten = Verified.rewritten(compiled);

        assertThat(compiled.refusals()).hasSize(1);
        assertThat(compiled.methods()).isEmpty();
        assertThat(TestClass.find(rewritten, "work").access).isEqualTo(STATIC);
        assertThat(Listing.of(TestClass.find(rewritten, "work")))
                .containsExactly(
                        "NEW dev/weft/UnsupportedSuspensionError",
                        "DUP",
                        "LDC \"" + compiled.refusals().get(0).message() + "\"",
                        "INVOKESPECIAL dev/weft/UnsupportedSuspensionError.<init> (Ljava/lang/String;)V",
                        "ATHROW");
        assertThat(Listing.of(TestClass.find(rewritten, "work$async")))
                .containsExactly("INVOKESTATIC test/Host.work ()V", "RETURN");
    }

    @Test
    void overriderOfAnAnnotatedMethodThatIsRefusedThrows() {
        CompiledClass compiled = TestClass.host()
                .implementing("test/Body")
                .method(PUBLIC | Opcodes.ACC_SYNCHRONIZED, "run", "()V", ClassCompilerTest::pause)
                .compile(HOST_SELECTED, BODY);

        assertThat(Listing.of(TestClass.find(Verified.rewritten(compiled, BODY), "run")))
                .startsWith("NEW dev/weft/UnsupportedSuspensionError");
    }

    @Test
    void restOfAClassWithARefusedMethodIsRewritten() {
        CompiledClass compiled = TestClass.host()
                .async(SYNCHRONIZED, "bad", "()V", ClassCompilerTest::pause)
                .async(STATIC, "good", "()V", ClassCompilerTest::pause)
                .compile();

        assertThat(compiled.refusals()).extracting(Refusal::method).containsExactly("bad");
        assertThat(compiled.methods()).extracting(method -> method.name()).containsExactly("good");
    }

    @Test
    void refusedMethodThatOnlyTheOptionSelectsStaysAsItWas() {
        TestClass host = TestClass.host().method(SYNCHRONIZED, "work", "()V", ClassCompilerTest::pause);

        CompiledClass compiled = host.compile(HOST_SELECTED);

        assertStaysAsItWas(compiled);
    }

    @Test
    void refusedMethodThatTheOptionSelectsInASuperclassStaysAsItWas() {
        TestClass base = new TestClass("test/Base").method(STATIC | Opcodes.ACC_NATIVE, "other", "()V");
        base.method(PUBLIC | Opcodes.ACC_NATIVE, "work", "()V");
        TestClass host = TestClass.host()
                .extending("test/Base")
                .method(PUBLIC | Opcodes.ACC_SYNCHRONIZED, "work", "()V", ClassCompilerTest::pause);

        CompiledClass compiled = host.compile(new AsyncSelection(List.of("test.Base")), base);

        assertStaysAsItWas(compiled, base);
    }

    private static void assertStaysAsItWas(CompiledClass compiled, TestClass... others) {
        MethodNode method = TestClass.find(Verified.rewritten(compiled, others), "work");
        assertThat(compiled.refusals()).extracting(Refusal::method).containsExactly("work");
        assertThat(method.access & Opcodes.ACC_SYNCHRONIZED).isNotZero();
        assertThat(Listing.of(method)).containsExactly("INVOKESTATIC test/Leaf.pause ()V", "RETURN");
    }

    @Test
    void annotatedMethodsOfOldClassFilesThrow() {
        TestClass host = pausing().version(Opcodes.V1_7).method(STATIC, "other", "()V", ClassCompilerTest::pause);

        CompiledClass compiled = host.compile();

        assertThat(compiled.refusals()).singleElement().satisfies(refusal -> {
            assertThat(refusal.reason()).isEqualTo("its class file is of version 51, older than Java 8's (52)");
            assertThat(refusal.remedy()).isEqualTo("Compile the class for Java 8 or later.");
        });
        ClassNode rewritten = Verified.rewritten(compiled);
        assertThat(methodNames(rewritten)).containsExactly("work", "other");
        assertThat(Listing.of(TestClass.find(rewritten, "work"))).startsWith("NEW dev/weft/UnsupportedSuspensionError");
    }

    @Test
    void selectedMethodsOfOldClassFilesStayAsTheyWere() {
        TestClass host = TestClass.host().version(Opcodes.V1_5).method(STATIC, "work", "()V", ClassCompilerTest::pause);

        assertThat(host.compile(HOST_SELECTED).classFile()).isNull();
    }

    @Test
    void methodThatWouldBecomeTooLargeIsRefused() {
        TestClass host = pausing().async(STATIC, "large", "()V", code -> {
            for (int i = 0; i < 4_000; i++) {
                call(code, "pause");
            }
            code.insn(Opcodes.RETURN);
        });

        CompiledClass compiled = host.compile();

        assertThat(compiled.refusals()).singleElement().satisfies(refusal -> {
            assertThat(refusal.method()).isEqualTo("large");
            assertThat(refusal.reason()).contains("larger than the 65,535 bytes");
        });
        assertThat(compiled.methods()).extracting(method -> method.name()).containsExactly("work");
        Verified.rewritten(compiled);
    }

    @Test
    void methodWithMoreStackMapsThanAsmCanRewriteIsRefused() {
        TestClass host = pausing().async(STATIC, "large", "()V", code -> {
            for (int slot = 0; slot < 60; slot++) {
                code.push(slot).store(ValueKind.INT, slot);
            }
            for (int i = 0; i < 110; i++) {
                call(code, "pause");
            }
            for (int slot = 0; slot < 60; slot++) {
                code.load(ValueKind.INT, slot).insn(Opcodes.POP);
            }
            code.insn(Opcodes.RETURN);
        });

        CompiledClass compiled = host.compile();

        assertThat(compiled.refusals()).extracting(Refusal::method).containsExactly("large");
        assertThat(compiled.methods()).extracting(method -> method.name()).containsExactly("work");
        Verified.rewritten(compiled);
    }

    @Test
    void methodWhoseJumpsBecomeWideIsRewrittenOnce() {
        TestClass host = TestClass.host().async(STATIC, "work", "()V", code -> {
            LabelNode end = new LabelNode();
            code.push(0).jump(Opcodes.IFEQ, end);
            call(code, "pause");
            for (int i = 0; i < 18_000; i++) {
                code.push(1).insn(Opcodes.POP);
            }
            code.label(end).insn(Opcodes.RETURN);
        });

        CompiledClass compiled = host.compile();

        Verified.rewritten(compiled);
        assertThat(PoolScan.of(compiled.classFile()).rewritten()).isTrue();
    }

    @Test
    void classThatCannotBeCompiledIsRefusedAsAWhole() {
        TestClass host = pausing()
                .async(
                        PUBLIC,
                        "other",
                        "(I)J",
                        code -> code.insn(Opcodes.LCONST_0).insn(Opcodes.LRETURN))
                .method(STATIC, "plain", "()V", code -> code.insn(Opcodes.RETURN));

        CompiledClass refused = ClassCompiler.atLoad(TestClass.hierarchy(host))
                .refuse(host.bytes(), new IllegalStateException("an operand without a type"));
        ClassNode rewritten = Verified.rewritten(refused);

        assertThat(refused.refusals()).extracting(Refusal::method).containsExactly("work", "other");
        assertThat(refused.refusals().get(0).message())
                .contains(
                        "the rewriting of its class failed: java.lang.IllegalStateException: an operand without a type")
                .contains("defect of Weft");
        assertThat(Listing.of(TestClass.find(rewritten, "other"))).endsWith("ATHROW");
        assertThat(Listing.of(TestClass.find(rewritten, "plain"))).containsExactly("RETURN");
    }

    @Test
    void longMessageOfAFailureIsCut() {
        TestClass host = pausing();

        CompiledClass refused = ClassCompiler.atLoad(TestClass.hierarchy(host))
                .refuse(host.bytes(), new VerifyError("Bad type on operand stack\n" + "0x0000: ".repeat(20_000)));

        assertThat(refused.refusals().get(0).reason()).endsWith("java.lang.VerifyError: Bad type on operand stack");
        Verified.rewritten(refused);
    }

    @Test
    void abstractMethodsOfAClassThatIsRefusedAsAWholeKeepTheirTwins() {
        TestClass host = pausing().async(ABSTRACT, "other", "()V");
        host.node.access |= Opcodes.ACC_ABSTRACT;

        CompiledClass refused =
                ClassCompiler.atLoad(TestClass.hierarchy(host)).refuse(host.bytes(), new IllegalStateException());

        assertThat(methodNames(Verified.rewritten(refused))).contains("other$async");
    }

    // Twins that are there already

    @Test
    void twinThatTheRuntimeWroteByHandIsHiddenAndElseLeftAlone() {
        TestClass leaf = new TestClass("dev/weft/Leaf")
                .async(STATIC, "work", "()V", ClassCompilerTest::pause)
                .method(
                        STATIC,
                        "work$async",
                        "(Ldev/weft/internal/Continuation;)V",
                        code -> code.insn(Opcodes.NOP).insn(Opcodes.RETURN));

        ClassNode rewritten = Verified.rewritten(leaf.compile());

        assertThat(methodNames(rewritten)).containsExactly("work", "work$async", "weft$dispatch", "weft$suspend");
        assertThat(TestClass.find(rewritten, "work$async").access).isEqualTo(STATIC | Opcodes.ACC_SYNTHETIC);
        assertThat(Listing.of(TestClass.find(rewritten, "work$async"))).containsExactly("NOP", "RETURN");
    }

    @Test
    void twinThatAProxyOverridesIsReplaced() {
        TestClass proxy = TestClass.host()
                .implementing("test/Body")
                .method(PUBLIC, "run", "()V", code -> code.insn(Opcodes.RETURN))
                .method(
                        PUBLIC,
                        "run$async",
                        "(Ldev/weft/internal/Continuation;)V",
                        code -> code.insn(Opcodes.NOP).insn(Opcodes.RETURN));

        ClassNode rewritten = Verified.rewritten(proxy.compile(BODY), BODY);

        assertThat(methodNames(rewritten))
                .containsExactly("run", "run$async", "run$resume", "weft$dispatch", "weft$suspend");
        assertThat(Listing.of(TestClass.find(rewritten, "run$async")))
                .containsExactly("ALOAD 0", "INVOKESPECIAL test/Host.run ()V", "RETURN");
    }

    private static boolean concerns(TestClass host) {
        return ClassCompiler.atLoad(TestClass.hierarchy(BODY)).concerns(PoolScan.of(host.bytes()));
    }

    private static TestClass pausing() {
        return TestClass.host().async(STATIC, "work", "()V", ClassCompilerTest::pause);
    }

    private static void pause(Code code) {
        call(code, "pause");
        code.insn(Opcodes.RETURN);
    }
}
