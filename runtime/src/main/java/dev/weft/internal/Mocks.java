package dev.weft.internal;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * Asks Mockito whether an object is a mock. Its inline mocks are objects of the very class that is mocked, whose plain
 * methods it instruments: their class does not tell.
 */
final class Mocks {
    /** The system property that the agent sets as soon as anybody uses Mockito, which would else be started here. */
    private static final String IN_USE = "dev.weft.mockito";

    // What Mockito's inline mock maker puts on the boot class path when it starts.
    private static final String DISPATCHER = "org.mockito.internal.creation.bytebuddy.inject.MockMethodDispatcher";

    private static volatile boolean inUse; // once true, it stays so

    private static final ClassValue<Mocks> OF_CALLER = new ClassValue<>() {
        @Override
        protected Mocks computeValue(Class<?> caller) {
            return new Mocks(caller.getClassLoader());
        }
    };

    private final @Nullable ClassLoader loader;
    private final boolean visible;
    private volatile @Nullable MethodHandle question; // (Object)boolean; null until Mockito is in use

    private Mocks(@Nullable ClassLoader loader) {
        this.loader = loader;
        // Not by loading the class, which would put Mockito to use.
        visible = loader != null && loader.getResource("org/mockito/Mockito.class") != null;
    }

    static Mocks of(Class<?> caller) {
        return OF_CALLER.get(caller);
    }

    /** Whether there can be mocks at all: the caller's class loader finds Mockito. */
    boolean arePossible() {
        return visible;
    }

    boolean isMock(@Nullable Object object) throws Throwable {
        if (!isInUse()) {
            return false;
        }
        MethodHandle handle = question;
        if (handle == null) {
            handle = findQuestion();
            question = handle;
        }
        return (boolean) handle.invokeExact(object);
    }

    private MethodHandle findQuestion() throws ReflectiveOperationException {
        Class<?> mockito = Class.forName("org.mockito.Mockito", false, loader);
        Class<?> details = Class.forName("org.mockito.MockingDetails", false, loader);
        Lookup lookup = MethodHandles.publicLookup();
        return MethodHandles.filterReturnValue(
                lookup.findStatic(mockito, "mockingDetails", MethodType.methodType(details, Object.class)),
                lookup.findVirtual(details, "isMock", MethodType.methodType(boolean.class)));
    }

    private static boolean isInUse() {
        if (!inUse) {
            inUse = Rewriting.isAgentAttached() ? Boolean.getBoolean(IN_USE) : isInlineMockMakerStarted();
        }
        return inUse;
    }

    private static boolean isInlineMockMakerStarted() {
        try {
            Class.forName(DISPATCHER, false, null);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
