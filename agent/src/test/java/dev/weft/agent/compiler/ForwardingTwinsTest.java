package dev.weft.agent.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.MethodNode;

class ForwardingTwinsTest {
    private static final int ABSTRACT = Opcodes.ACC_PUBLIC | Opcodes.ACC_ABSTRACT;
    private static final int NATIVE = Opcodes.ACC_PUBLIC | Opcodes.ACC_NATIVE;
    private static final TestClass ONE = new TestClass("test/One").asInterface().async(ABSTRACT, "run", "()V");
    private static final TestClass TWO = new TestClass("test/Two").asInterface().async(ABSTRACT, "run", "()V");

    @Test
    void methodOfASuperclassThatKnowsNothingOfTheInterfaceIsForwardedTo() {
        TestClass base = new TestClass("test/Base").method(NATIVE, "run", "()V");
        TestClass host = TestClass.host().extending("test/Base").implementing("test/One");

        assertThat(twins(host, base, ONE)).singleElement().satisfies(twin -> {
            assertThat(twin.name).isEqualTo("run$async");
            assertThat(twin.access).isEqualTo(Opcodes.ACC_PUBLIC | Opcodes.ACC_SYNTHETIC);
            assertThat(Listing.of(twin)).containsExactly("ALOAD 0", "INVOKEVIRTUAL test/Host.run ()V", "RETURN");
        });
    }

    @Test
    void methodOfASuperclassThatIsAsyncHasItsOwnTwin() {
        TestClass base = new TestClass("test/Base").implementing("test/One").method(NATIVE, "run", "()V");
        TestClass host = TestClass.host().extending("test/Base").implementing("test/Two");

        assertThat(twins(host, base, ONE, TWO)).isEmpty();
    }

    @Test
    void declaredMethodHasItsOwnTwin() {
        TestClass host = TestClass.host().implementing("test/One", "test/Two").method(NATIVE, "run", "()V");

        assertThat(twins(host, ONE, TWO)).isEmpty();
    }

    @Test
    void oneInterfaceOffersItsTwinItself() {
        assertThat(twins(TestClass.host().implementing("test/One"), ONE)).isEmpty();
    }

    @Test
    void unrelatedInterfacesNeedADecision() {
        TestClass host = TestClass.host().implementing("test/One", "test/Two");
        host.node.access |= Opcodes.ACC_ABSTRACT;

        assertThat(twins(host, ONE, TWO)).hasSize(1);
    }

    @Test
    void interfaceThatExtendsTheOtherDecides() {
        TestClass narrower = new TestClass("test/Narrower")
                .asInterface()
                .implementing("test/One")
                .async(ABSTRACT, "run", "()V");
        TestClass host = TestClass.host().implementing("test/One", "test/Narrower");

        assertThat(twins(host, ONE, narrower)).isEmpty();
    }

    @Test
    void interfaceForwardsToItselfByInterface() {
        TestClass both = TestClass.host().asInterface().implementing("test/One", "test/Two");

        assertThat(twins(both, ONE, TWO))
                .singleElement()
                .satisfies(twin -> assertThat(Listing.of(twin)).contains("INVOKEINTERFACE test/Host.run ()V (itf)"));
    }

    private static List<MethodNode> twins(TestClass host, TestClass... others) {
        Hierarchy hierarchy = TestClass.hierarchy(others);
        hierarchy.put(ClassInfo.of(host.bytes()));
        return ForwardingTwins.of(host.node, hierarchy);
    }
}
