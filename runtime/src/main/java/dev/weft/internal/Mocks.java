package dev.weft.internal;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * Tells Mockito's mocks from other objects.
 *
 * <p>Its inline mocks are objects of the very class that is mocked, whose methods it instruments. It leaves twins alone,
 * which the agent declares to be bridges, and a twin on such an object has to lead to the plain method: that is the one
 * that was stubbed. Twins only ask where Mockito can be found.
 */
public final class Mocks {
    /** Set by the agent when Mockito is loaded: to ask before that would start it. */
    private static final String IN_USE = "dev.weft.mockito";

    private static final ClassValue<Questions> QUESTIONS = new ClassValue<>() {
        @Override
        protected Questions computeValue(Class<?> type) {
            return Questions.of(type.getClassLoader());
        }
    };

    private Mocks() {}

    /**
     * Whether a twin of this object has to lead to the plain method: Mockito has made it, as a mock or a spy, and the call
     * does not come from the plain method itself.
     */
    public static boolean isMock(Object object, Continuation co) {
        return co != Continuation.REFUSING
                && Boolean.getBoolean(IN_USE)
                && QUESTIONS.get(object.getClass()).isMock(object);
    }

    // Mockito.mockingDetails(object).isMock()
    private record Questions(@Nullable Method mockingDetails, @Nullable Method isMock) {
        static Questions of(@Nullable ClassLoader loader) {
            try {
                return new Questions(
                        Class.forName("org.mockito.Mockito", true, loader).getMethod("mockingDetails", Object.class),
                        Class.forName("org.mockito.MockingDetails", true, loader).getMethod("isMock"));
            } catch (ReflectiveOperationException e) {
                return new Questions(null, null);
            }
        }

        boolean isMock(Object object) {
            if (mockingDetails == null || isMock == null) {
                return false;
            }
            try {
                return (boolean) isMock.invoke(mockingDetails.invoke(null, object));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("Mockito does not tell whether an object is a mock", e);
            }
        }
    }
}
