package dev.weft.agent.compiler;

import static dev.weft.agent.compiler.TestClass.STATIC;
import static dev.weft.agent.compiler.TestClass.hierarchy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.Opcodes;

class HierarchyTest {
    private static final int ABSTRACT = Opcodes.ACC_PUBLIC | Opcodes.ACC_ABSTRACT;
    private static final int NATIVE = Opcodes.ACC_PUBLIC | Opcodes.ACC_NATIVE;
    private static final int PRIVATE = Opcodes.ACC_PRIVATE | Opcodes.ACC_NATIVE;
    private static final int BRIDGE = Opcodes.ACC_PUBLIC | Opcodes.ACC_BRIDGE | Opcodes.ACC_SYNTHETIC;

    private static final TestClass BODY =
            new TestClass("test/Body").asInterface().async(ABSTRACT, "run", "()Ljava/lang/Object;");
    private static final TestClass BASE = new TestClass("test/Base").async(NATIVE, "work", "()V");

    @Test
    void annotatedMethodIsAsync() {
        Hierarchy hierarchy = hierarchy(BASE);

        assertThat(hierarchy.isAsync("test/Base", "work", "()V")).isTrue();
        assertThat(hierarchy.isAsync("test/Base", "work", "(I)V")).isFalse();
        assertThat(hierarchy.isAsync("test/Base", "other", "()V")).isFalse();
    }

    @Test
    void methodsOfLanguagePackagesAreNot() {
        TestClass base = new TestClass("kotlin/Base").async(NATIVE, "work", "()V");
        TestClass host = TestClass.host().extending("kotlin/Base").method(NATIVE, "work", "()V");
        Hierarchy hierarchy = hierarchy(base, host);

        assertThat(hierarchy.isAsync("kotlin/Base", "work", "()V")).isFalse();
        assertThat(hierarchy.isAsync(TestClass.HOST, "work", "()V")).isFalse();
        assertThat(hierarchy.mayOwnAsync(TestClass.HOST)).isFalse();
    }

    @Test
    void overriderIsAsyncThroughSuperclasses() {
        TestClass middle = new TestClass("test/Middle").extending("test/Base");
        TestClass host = TestClass.host().extending("test/Middle").method(NATIVE, "work", "()V");

        assertThat(hierarchy(BASE, middle, host).isAsync(TestClass.HOST, "work", "()V"))
                .isTrue();
    }

    @Test
    void overriderIsAsyncThroughInterfacesOfInterfacesOfSuperclasses() {
        TestClass wider = new TestClass("test/Wider").asInterface().implementing("test/Body");
        TestClass base = new TestClass("test/Base").implementing("test/Wider");
        TestClass host = TestClass.host().extending("test/Base").method(NATIVE, "run", "()Ljava/lang/Object;");

        assertThat(hierarchy(BODY, wider, base, host).isAsync(TestClass.HOST, "run", "()Ljava/lang/Object;"))
                .isTrue();
    }

    @Test
    void inheritedMethodIsAsyncWhateverTypeTheInstructionNames() {
        TestClass host = TestClass.host().extending("test/Base");

        assertThat(hierarchy(BASE, host).isAsync(TestClass.HOST, "work", "()V")).isTrue();
    }

    @Test
    void methodThatABridgeToAnAsyncMethodCallsIsAsync() {
        TestClass host = TestClass.host()
                .implementing("test/Body")
                .method(NATIVE, "run", "()Ljava/lang/String;")
                .method(NATIVE, "run", "()Ljava/lang/Integer;")
                .method(
                        BRIDGE,
                        "run",
                        "()Ljava/lang/Object;",
                        code -> code.aload(0)
                                .invoke(Opcodes.INVOKEVIRTUAL, TestClass.HOST, "run", "()Ljava/lang/String;", false)
                                .insn(Opcodes.ARETURN));
        Hierarchy hierarchy = hierarchy(BODY, host);

        assertThat(hierarchy.isAsync(TestClass.HOST, "run", "()Ljava/lang/Object;"))
                .isTrue();
        assertThat(hierarchy.isAsync(TestClass.HOST, "run", "()Ljava/lang/String;"))
                .isTrue();
        assertThat(hierarchy.isAsync(TestClass.HOST, "run", "()Ljava/lang/Integer;"))
                .isFalse();
    }

    @Test
    void overriderOfABridgedMethodIsAsync() {
        TestClass generic = new TestClass("test/Generic")
                .implementing("test/Body")
                .method(NATIVE, "run", "()Ljava/lang/String;")
                .method(
                        BRIDGE,
                        "run",
                        "()Ljava/lang/Object;",
                        code -> code.aload(0)
                                .invoke(Opcodes.INVOKEVIRTUAL, "test/Generic", "run", "()Ljava/lang/String;", false)
                                .insn(Opcodes.ARETURN));
        TestClass host = TestClass.host().extending("test/Generic").method(NATIVE, "run", "()Ljava/lang/String;");

        assertThat(hierarchy(BODY, generic, host).isAsync(TestClass.HOST, "run", "()Ljava/lang/String;"))
                .isTrue();
    }

    @Test
    void accessorOfAPrivateAsyncMethodIsAsync() {
        int synthetic = Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC;
        TestClass host = TestClass.host()
                .async(PRIVATE | Opcodes.ACC_STATIC, "secret", "()V")
                .method(PRIVATE | Opcodes.ACC_STATIC, "other", "()V")
                .method(
                        synthetic,
                        "access$000",
                        "()V",
                        code -> code.invokeStatic(TestClass.HOST, "secret", "()V")
                                .insn(Opcodes.RETURN))
                .method(
                        synthetic,
                        "access$100",
                        "()V",
                        code -> code.invokeStatic(TestClass.HOST, "other", "()V")
                                .insn(Opcodes.RETURN));
        Hierarchy hierarchy = hierarchy(host);

        assertThat(hierarchy.isAsync(TestClass.HOST, "access$000", "()V")).isTrue();
        assertThat(hierarchy.isAsync(TestClass.HOST, "access$100", "()V")).isFalse();
    }

    @Test
    void privateMethodNeitherOverridesNorIsOverridden() {
        TestClass secret = new TestClass("test/Secret").async(PRIVATE, "work", "()V");
        TestClass below = new TestClass("test/Below").extending("test/Secret").method(NATIVE, "work", "()V");
        TestClass hiding = new TestClass("test/Hiding").extending("test/Base").method(PRIVATE, "work", "()V");
        Hierarchy hierarchy = hierarchy(BASE, secret, below, hiding);

        assertThat(hierarchy.isAsync("test/Secret", "work", "()V")).isTrue();
        assertThat(hierarchy.isAsync("test/Below", "work", "()V")).isFalse();
        assertThat(hierarchy.isAsync("test/Hiding", "work", "()V")).isFalse();
    }

    @Test
    void staticMethodIsFoundThroughASubclassAndHiddenByAnother() {
        TestClass base = new TestClass("test/Statics").async(STATIC | Opcodes.ACC_NATIVE, "work", "()V");
        TestClass heir = new TestClass("test/Heir").extending("test/Statics");
        TestClass hiding = new TestClass("test/Hiding")
                .extending("test/Statics")
                .method(STATIC | Opcodes.ACC_NATIVE, "work", "()V");
        Hierarchy hierarchy = hierarchy(base, heir, hiding);

        assertThat(hierarchy.isAsync("test/Heir", "work", "()V")).isTrue();
        assertThat(hierarchy.isAsync("test/Hiding", "work", "()V")).isFalse();
    }

    @Test
    void staticMethodOfAnInterfaceIsNotInherited() {
        TestClass type = new TestClass("test/Statics")
                .asInterface()
                .async(STATIC, "work", "()V", code -> code.insn(Opcodes.RETURN));
        TestClass host = TestClass.host().implementing("test/Statics").method(NATIVE, "work", "()V");
        Hierarchy hierarchy = hierarchy(type, host);

        assertThat(hierarchy.isAsync("test/Statics", "work", "()V")).isTrue();
        assertThat(hierarchy.isAsync(TestClass.HOST, "work", "()V")).isFalse();
    }

    @Test
    void constructorsAreNeverAsync() {
        TestClass host = TestClass.host().async(Opcodes.ACC_PUBLIC | Opcodes.ACC_NATIVE, "<init>", "()V");

        assertThat(hierarchy(host).isAsync(TestClass.HOST, "<init>", "()V")).isFalse();
    }

    @Test
    void methodsOfArraysAndOfTheJdkAreNot() {
        Hierarchy hierarchy = new Hierarchy(
                name -> {
                    throw new AssertionError("asked for " + name);
                },
                AsyncSelection.NONE);

        assertThat(hierarchy.isAsync("[Ltest/Foo;", "clone", "()Ljava/lang/Object;"))
                .isFalse();
        assertThat(hierarchy.isAsync("java/lang/Runnable", "run", "()V")).isFalse();
        assertThat(hierarchy.mayOwnAsync("java/lang/Runnable")).isFalse();
    }

    @Test
    void proxiesThatTheJdkMakesAreNotPlatformClasses() {
        assertThat(Hierarchy.isPlatform("jdk/internal/misc/Unsafe")).isTrue();
        assertThat(Hierarchy.isPlatform("jdk/proxy2/$Proxy7")).isFalse();
        assertThat(Hierarchy.isPlatform("com/sun/proxy/$Proxy7")).isFalse();
    }

    @Test
    void methodOfAClassThatCannotBeRewrittenIsNot() {
        TestClass old = new TestClass("test/Old").version(Opcodes.V1_7).async(NATIVE, "work", "()V");

        assertThat(hierarchy(old).isAsync("test/Old", "work", "()V")).isFalse();
    }

    @Test
    void methodWithoutRoomForOneMoreArgumentIsNot() {
        String most = "(" + "J".repeat(126) + "I)V";
        String tooMany = "(" + "J".repeat(127) + ")V";
        TestClass host = TestClass.host().async(NATIVE, "most", most).async(NATIVE, "tooMany", tooMany);

        assertThat(hierarchy(host).isAsync(TestClass.HOST, "most", most)).isTrue();
        assertThat(hierarchy(host).isAsync(TestClass.HOST, "tooMany", tooMany)).isFalse();
        assertThatCode(() -> Verified.rewritten(host.compile())).doesNotThrowAnyException();
    }

    @Test
    void everyMethodOfASelectedClassIsAsyncAndSoAreOverriders() {
        TestClass chosen = new TestClass("test/Chosen").method(NATIVE, "work", "()V");
        TestClass host = TestClass.host()
                .extending("test/Chosen")
                .method(NATIVE, "work", "()V")
                .method(NATIVE, "other", "()V");
        Hierarchy hierarchy = hierarchy(new AsyncSelection(List.of("test.Chosen")), chosen, host);

        assertThat(hierarchy.isAsync("test/Chosen", "work", "()V")).isTrue();
        assertThat(hierarchy.isAsyncUnselected("test/Chosen", "work", "()V")).isFalse();
        assertThat(hierarchy.isAsync(TestClass.HOST, "work", "()V")).isTrue();
        assertThat(hierarchy.isAsync(TestClass.HOST, "other", "()V")).isFalse();
        assertThat(hierarchy.mayOwnAsync(TestClass.HOST)).isTrue();
    }

    @Test
    void compilersOwnMethodsAreNotSelected() {
        TestClass host = TestClass.host()
                .method(STATIC | Opcodes.ACC_NATIVE | Opcodes.ACC_SYNTHETIC, "$deserializeLambda$", "()V")
                .method(STATIC | Opcodes.ACC_NATIVE | Opcodes.ACC_SYNTHETIC, "lambda$work$0", "()V");
        Hierarchy hierarchy = hierarchy(new AsyncSelection(List.of("test.*")), host);

        assertThat(hierarchy.isAsync(TestClass.HOST, "$deserializeLambda$", "()V"))
                .isFalse();
        assertThat(hierarchy.isAsync(TestClass.HOST, "lambda$work$0", "()V")).isTrue();
    }

    @Test
    void ownersOfAsyncMethodsAreKnownThroughTheirSupertypes() {
        TestClass host = TestClass.host().implementing("test/Body");
        Hierarchy hierarchy = hierarchy(BODY, host, new TestClass("test/Plain"));

        assertThat(hierarchy.mayOwnAsync(TestClass.HOST)).isTrue();
        assertThat(hierarchy.mayOwnAsync("test/Plain")).isFalse();
        assertThat(hierarchy.mayOwnAsync("test/Missing")).isFalse();
    }

    @Test
    void supertypesBeginWithTheTypeItselfAndItsSuperclasses() {
        TestClass wider = new TestClass("test/Wider").asInterface().implementing("test/Body");
        TestClass base = new TestClass("test/Base").implementing("test/Body", "java/io/Serializable");
        TestClass host = TestClass.host().extending("test/Base").implementing("test/Wider");

        assertThat(hierarchy(BODY, wider, base, host).supertypes(TestClass.HOST).stream()
                        .map(ClassInfo::name))
                .containsExactly(TestClass.HOST, "test/Base", "test/Wider", "test/Body");
    }

    @Test
    void missingSupertypesAreLeftOut() {
        TestClass host = TestClass.host()
                .extending("test/Missing")
                .implementing("test/AlsoMissing", "test/Body")
                .method(NATIVE, "run", "()Ljava/lang/Object;");

        assertThat(hierarchy(BODY, host).isAsync(TestClass.HOST, "run", "()Ljava/lang/Object;"))
                .isTrue();
    }

    @Test
    void cyclesOfSupertypesEnd() {
        TestClass one = new TestClass("test/One").extending("test/Two").implementing("test/Round");
        TestClass two = new TestClass("test/Two").extending("test/One");
        TestClass round = new TestClass("test/Round").asInterface().implementing("test/Round");
        Hierarchy hierarchy = hierarchy(one, two, round);

        assertThat(hierarchy.isAsync("test/One", "work", "()V")).isFalse();
        assertThat(hierarchy.mayOwnAsync("test/Two")).isFalse();
        assertThatCode(() -> hierarchy.isSerializable("test/One")).doesNotThrowAnyException();
    }

    @Test
    void classesAreSerializableThroughAnySupertype() {
        TestClass base = new TestClass("test/Base").implementing("java/io/Serializable");
        TestClass host = TestClass.host().extending("test/Base");
        Hierarchy hierarchy = hierarchy(base, host, new TestClass("test/Plain"));

        assertThat(hierarchy.isSerializable(TestClass.HOST)).isTrue();
        assertThat(hierarchy.isSerializable("test/Plain")).isFalse();
    }

    @Test
    void eachClassFileIsReadOnce() {
        List<String> asked = new ArrayList<>();
        Hierarchy hierarchy = new Hierarchy(
                name -> {
                    asked.add(name);
                    return name.equals("test/Base") ? BASE.bytes() : null;
                },
                AsyncSelection.NONE);

        hierarchy.isAsync("test/Base", "work", "()V");
        hierarchy.isAsync("test/Base", "work", "()V");
        hierarchy.isAsync("test/Missing", "work", "()V");
        hierarchy.isAsync("test/Missing", "work", "()V");

        assertThat(asked).containsExactly("test/Base", "test/Missing");
    }

    @Test
    void classThatIsBeingLoadedIsNotRead() {
        Hierarchy hierarchy = new Hierarchy(name -> null, AsyncSelection.NONE);

        hierarchy.put(ClassInfo.of(BASE.bytes()));

        assertThat(hierarchy.isAsync("test/Base", "work", "()V")).isTrue();
    }
}
