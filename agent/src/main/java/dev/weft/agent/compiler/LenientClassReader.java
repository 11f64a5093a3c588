package dev.weft.agent.compiler;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;

/** Reads class files of versions that ASM does not know yet as if they were of the newest that it knows. */
final class LenientClassReader extends ClassReader {
    static final int NEWEST_KNOWN = Opcodes.V26;

    /** Minor and major version of the class file, as {@code ClassVisitor.visit} has them. */
    final int version;

    LenientClassReader(byte[] classFile) {
        super(isNewer(classFile) ? downgraded(classFile) : classFile);
        version = (classFile[4] & 0xFF) << 24 | (classFile[5] & 0xFF) << 16 | majorVersion(classFile);
    }

    static int majorVersion(byte[] classFile) {
        return (classFile[6] & 0xFF) << 8 | classFile[7] & 0xFF;
    }

    static boolean isNewer(byte[] classFile) {
        return majorVersion(classFile) > NEWEST_KNOWN;
    }

    private static byte[] downgraded(byte[] classFile) {
        byte[] copy = classFile.clone();
        copy[6] = (byte) (NEWEST_KNOWN >> 8);
        copy[7] = (byte) NEWEST_KNOWN;
        return copy;
    }
}
