package dev.weft.agent.compiler;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.SerialVersionUIDAdder;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;

/** Pins the serial version of a serializable class to what the JVM would have computed without our synthetic members. */
final class SerialVersion extends SerialVersionUIDAdder {
    private static final String FIELD = "serialVersionUID";

    private long value;

    private SerialVersion() {
        super(Opcodes.ASM9, null);
    }

    static void pin(ClassNode node, ClassReader original, Hierarchy hierarchy) {
        int unaffected = Opcodes.ACC_INTERFACE | Opcodes.ACC_ENUM | Opcodes.ACC_RECORD;
        if ((node.access & unaffected) != 0
                || node.fields.stream().anyMatch(field -> field.name.equals(FIELD))
                || !hierarchy.isSerializable(node.name)) {
            return;
        }
        SerialVersion version = new SerialVersion();
        original.accept(version, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG);
        int access = Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_FINAL | Opcodes.ACC_SYNTHETIC;
        node.fields.add(new FieldNode(access, FIELD, "J", null, version.value));
    }

    @Override
    protected void addSVUID(long svuid) {
        value = svuid;
    }
}
