package dev.weft.agent.compiler;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;

/** Reads class files of versions that ASM does not know yet as if they were of the newest that it knows. */
final class LenientClassReader extends ClassReader {
    private static final int NEWEST_KNOWN = Opcodes.V26;

    LenientClassReader(byte[] classFile) {
        super(isNewer(classFile) ? downgraded(classFile) : classFile);
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
