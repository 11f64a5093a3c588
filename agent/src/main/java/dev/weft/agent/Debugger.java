package dev.weft.agent;

import dev.weft.agent.compiler.Purpose;
import java.lang.management.ManagementFactory;

/** Whether the JVM was started so that a debugger can connect. Looked up when a class is first rewritten, as it costs time. */
final class Debugger {
    static final Purpose PURPOSE = canConnect() ? Purpose.DEBUGGING : Purpose.PRODUCTION;

    private Debugger() {}

    private static boolean canConnect() {
        try {
            return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                    .anyMatch(argument -> argument.startsWith("-agentlib:jdwp") || argument.startsWith("-Xrunjdwp"));
        } catch (LinkageError | SecurityException withoutManagement) {
            return false; // a run-time image may lack the module java.management; then there is debug=true
        }
    }
}
