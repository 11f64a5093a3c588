package dev.weft.benchmarks.startup;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.security.ProtectionDomain;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Starts the agent in its own stead, and prints at exit what its looks at classes have taken; or is an agent that does
 * nothing, since the JVM itself starts more slowly with any.
 */
public final class TimedAgent {
    private static final LongAdder CLASSES = new LongAdder(); // of the program and its libraries
    private static final LongAdder NANOS = new LongAdder();
    private static final LongAdder REWRITTEN = new LongAdder();

    private TimedAgent() {}

    /** Called by the JVM; the argument is the agent's jar, or "nothing". */
    public static void premain(String jar, Instrumentation instrumentation) throws Exception {
        if (jar.equals("nothing")) {
            instrumentation.addTransformer(new ClassFileTransformer() {});
            return;
        }
        long start = System.nanoTime();
        URLClassLoader loader =
                new URLClassLoader(new URL[] {URI.create("file:" + jar).toURL()}, null);
        Method premain =
                loader.loadClass("dev.weft.agent.Agent").getMethod("premain", String.class, Instrumentation.class);
        premain.invoke(null, null, timed(instrumentation));
        long attached = System.nanoTime() - start;
        Runtime.getRuntime().addShutdownHook(new Thread(() -> print(attached)));
    }

    private static Instrumentation timed(Instrumentation instrumentation) {
        return (Instrumentation) Proxy.newProxyInstance(
                TimedAgent.class.getClassLoader(),
                new Class<?>[] {Instrumentation.class},
                (self, method, arguments) -> {
                    if (method.getName().equals("addTransformer")) {
                        instrumentation.addTransformer(timed((ClassFileTransformer) arguments[0]), false);
                        return null;
                    }
                    try {
                        return method.invoke(instrumentation, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static ClassFileTransformer timed(ClassFileTransformer transformer) {
        boolean main = transformer.getClass().getSimpleName().equals("Transformer");
        return new ClassFileTransformer() {
            @Override
            public byte @Nullable [] transform(
                    @Nullable Module module,
                    @Nullable ClassLoader loader,
                    @Nullable String name,
                    @Nullable Class<?> redefined,
                    @Nullable ProtectionDomain domain,
                    byte[] classFile) {
                long start = System.nanoTime();
                byte[] result;
                try {
                    result = transformer.transform(module, loader, name, redefined, domain, classFile);
                } catch (java.lang.instrument.IllegalClassFormatException e) {
                    throw new IllegalStateException(e);
                }
                NANOS.add(System.nanoTime() - start);
                if (main && loader != null && loader != ClassLoader.getPlatformClassLoader()) {
                    CLASSES.increment();
                }
                if (result != null) {
                    REWRITTEN.increment();
                }
                return result;
            }
        };
    }

    private static void print(long attached) {
        double micros = NANOS.sum() / 1e3;
        System.out.printf(
                "agent: %.1f ms to attach, %.1f ms for %d classes of the program, %.1f us each; %d rewritten%n",
                attached / 1e6, micros / 1e3, CLASSES.sum(), micros / Math.max(1, CLASSES.sum()), REWRITTEN.sum());
    }
}
