package dev.weft.benchmarks.servers;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who serves. Order is that of the columns. */
enum Peer {
    WEFT("weft", "Weft", WeftServer.class),
    WEFT_STRINGS("weftStrings", "Weft, strings", WeftServer.class, "strings"),
    NIO("nio", "NIO by hand", NioServer.class),
    NIO_BATCHED("nioBatched", "NIO by hand, batched", NioServer.class, "batched"),
    NETTY("netty", "Netty, NIO", NettyServer.class),
    VIRTUAL_THREADS("virtualThreads", "virtual threads", ThreadServer.class),
    ASYNCIO("asyncio", "Python asyncio", null);

    /** How many clients may wait to be accepted. */
    static final int BACKLOG = 1024;

    /** Of all JVMs: a heap like a small server's, and compilers whose threads do not end with their processor time. */
    static final List<String> JVM =
            List.of("-XX:+UseSerialGC", "-Xms512m", "-Xmx512m", "-XX:-UseDynamicNumberOfCompilerThreads");

    private static final String ANNOUNCEMENT = "port ";

    final String id;
    final String label;
    private final @Nullable Class<?> program; // null if it is not in Java
    private final List<String> arguments;

    Peer(String id, String label, @Nullable Class<?> program, String... arguments) {
        this.id = id;
        this.label = label;
        this.program = program;
        this.arguments = List.of(arguments);
    }

    static Peer of(String id) {
        return Arrays.stream(values())
                .filter(peer -> peer.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no peer " + id + ", but "
                        + Arrays.stream(values()).map(peer -> peer.id).toList()));
    }

    @Nullable
    Class<?> program() {
        return program;
    }

    /** What its program is told besides the mode. */
    List<String> arguments() {
        return arguments;
    }

    /** Whether it exists on a JDK of this feature version. */
    boolean runsOn(int jdk) {
        return this != VIRTUAL_THREADS || jdk >= 21;
    }

    /** Whether it has a program of its own for it. */
    boolean serves(Load.Mode mode) {
        return mode == Load.Mode.LINE || this != WEFT_STRINGS;
    }

    /** Whether the agent is attached. */
    boolean needsAgent() {
        return this == WEFT || this == WEFT_STRINGS;
    }

    /** What its JVM is started with besides {@link #JVM}. */
    List<String> jvmArguments(int jdk) {
        return switch (this) {
            case NETTY -> jdk >= 23 ? NettyFlags.LATER : NettyFlags.ON_17;
            case VIRTUAL_THREADS ->
                List.of("-Djdk.virtualThreadScheduler.parallelism=1", "-Djdk.virtualThreadScheduler.maxPoolSize=1");
            default -> List.of();
        };
    }

    /** What a server prints first. */
    static void announce(int port) {
        System.out.println(ANNOUNCEMENT + port);
    }

    /** The port in what a server has printed first. */
    static int announced(@Nullable String line) {
        if (line == null || !line.startsWith(ANNOUNCEMENT)) {
            throw new IllegalStateException("A server did not say its port, but: " + line);
        }
        return Integer.parseInt(line.substring(ANNOUNCEMENT.length()));
    }

    /** What Netty asks for to use memory as it likes best. */
    private static final class NettyFlags {
        static final List<String> ON_17 = List.of(
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
                "-Dio.netty.tryReflectionSetAccessible=true");
        static final List<String> LATER = List.of(
                ON_17.get(0),
                ON_17.get(1),
                ON_17.get(2),
                ON_17.get(3),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow");
    }
}
