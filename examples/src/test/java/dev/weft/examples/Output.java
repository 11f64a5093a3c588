package dev.weft.examples;

import dev.weft.internal.VirtualTime;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What a program prints. */
public final class Output {
    private Output() {}

    /** Of a program that runs as it does from the command line. */
    public static String of(Main.Program program) throws Exception {
        PrintStream original = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream captured = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            System.setOut(captured);
            program.main(new String[0]);
        } finally {
            System.setOut(original);
        }
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }

    /** Of a program whose loops have a clock that jumps to the next deadline: every time that it prints is exact. */
    public static String inVirtualTime(Main.Program program) throws Exception {
        return VirtualTime.during(() -> of(program));
    }
}
