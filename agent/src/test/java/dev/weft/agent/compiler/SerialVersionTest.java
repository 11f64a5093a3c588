package dev.weft.agent.compiler;

import static dev.weft.agent.compiler.TestClass.STATIC;
import static dev.weft.agent.compiler.TestClass.call;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectStreamClass;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;

class SerialVersionTest {
    /** All of its methods are selected, so that it is rewritten. */
    @SuppressWarnings({"unused", "serial"})
    static class Account implements Serializable {
        static final int LIMIT;

        static {
            LIMIT = Integer.getInteger("limit", 7);
        }

        protected String owner;
        private transient int balance;

        public String owner(int... ids) {
            return owner + balance;
        }

        private void audit() {}
    }

    @Test
    void versionIsWhatTheJvmComputesForTheOriginal() {
        AsyncSelection selection = new AsyncSelection(List.of(Account.class.getName()));
        ClassCompiler compiler = ClassCompiler.atLoad(new Hierarchy(SerialVersionTest::classFile, selection));
        String name = Account.class.getName().replace('.', '/');

        FieldNode field =
                versionOf(TestClass.read(compiler.compile(classFile(name)).classFile()));

        assertThat(field.value)
                .isEqualTo(ObjectStreamClass.lookup(Account.class).getSerialVersionUID());
        assertThat(field.desc).isEqualTo("J");
        assertThat(field.access)
                .isEqualTo(Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_FINAL | Opcodes.ACC_SYNTHETIC);
    }

    @Test
    void versionThatIsThereStays() {
        TestClass host = serializable();
        host.node.fields.add(new FieldNode(Opcodes.ACC_STATIC | Opcodes.ACC_FINAL, "serialVersionUID", "J", null, 12L));

        ClassNode rewritten = TestClass.read(host.compile().classFile());

        assertThat(rewritten.fields).hasSize(1);
        assertThat(versionOf(rewritten).value).isEqualTo(12L);
    }

    @Test
    void classThatIsNotSerializableGetsNone() {
        TestClass host = serializable();
        host.node.interfaces.clear();

        assertThat(TestClass.read(host.compile().classFile()).fields).isEmpty();
    }

    @Test
    void classThatIsSerializableThroughItsSuperclassGetsOne() {
        TestClass base = new TestClass("test/Base").implementing("java/io/Serializable");
        TestClass host = serializable().extending("test/Base");
        host.node.interfaces.clear();

        assertThat(TestClass.read(host.compile(base).classFile()).fields).hasSize(1);
    }

    @Test
    void enumsRecordsAndInterfacesHaveNone() {
        for (int flag : new int[] {Opcodes.ACC_ENUM, Opcodes.ACC_RECORD}) {
            TestClass host = serializable();
            host.node.access |= flag;

            assertThat(TestClass.read(host.compile().classFile()).fields).isEmpty();
        }
        assertThat(TestClass.read(serializable().asInterface().compile().classFile()).fields)
                .isEmpty();
    }

    private static TestClass serializable() {
        return TestClass.host().implementing("java/io/Serializable").async(STATIC, "work", "()V", code -> {
            call(code, "pause");
            code.insn(Opcodes.RETURN);
        });
    }

    private static FieldNode versionOf(ClassNode type) {
        return type.fields.stream()
                .filter(field -> field.name.equals("serialVersionUID"))
                .findFirst()
                .orElseThrow();
    }

    private static byte[] classFile(String name) {
        try (InputStream in = SerialVersionTest.class.getResourceAsStream("/" + name + ".class")) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
