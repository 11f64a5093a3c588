package dev.weft.internal;

import java.lang.invoke.CallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Links those calls of twins whose receiver may be an object that the twin would bypass: of a class that was made at run
 * time and overrides the plain method alone, which nobody rewrites if there is no agent, or a mock of the rewritten class
 * itself. Such receivers get the plain call.
 *
 * <p>Each call site remembers the first classes that it meets, and asks a {@link ClassValue} for further ones. It never
 * keeps a class alive that its own class does not.
 */
public final class GuardedCalls {
    private static final int REMEMBERED = 4;
    private static final String TWIN = "$async";

    private static final MethodHandle IS_OF = find("isOf", boolean.class, Class.class, Object.class);
    private static final MethodHandle REACHES_TWIN = find("reachesTwin", boolean.class, ClassValue.class, Object.class);

    private static final MethodHandle IS_MOCK = find("isMock", boolean.class, Mocks.class, Object.class);

    private GuardedCalls() {}

    /**
     * Bootstraps a call site that takes receiver, arguments and continuation.
     *
     * @param twin the method to call
     * @param plain the same without a continuation
     */
    public static CallSite bootstrap(
            Lookup caller, String twinName, MethodType type, MethodHandle twin, MethodHandle plain) {
        return new Guarded(caller, twinName, type, twin, plain);
    }

    private static MethodHandle find(String name, Class<?> result, Class<?>... parameters) {
        try {
            return MethodHandles.lookup()
                    .findStatic(GuardedCalls.class, name, MethodType.methodType(result, parameters));
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static boolean isOf(Class<?> type, @Nullable Object receiver) {
        return receiver != null && receiver.getClass() == type;
    }

    private static boolean isMock(Mocks mocks, @Nullable Object receiver) throws Throwable {
        return mocks.isMock(receiver);
    }

    private static boolean reachesTwin(ClassValue<Boolean> reaching, @Nullable Object receiver) {
        return receiver == null || reaching.get(receiver.getClass());
    }

    /** Whether an object's twin of a method leads to the same code as the method itself. */
    public static boolean reachesTwin(Class<?> receiver, String twinName, Class<?>... twinParameters) {
        String plainName = twinName.substring(0, twinName.length() - TWIN.length());
        Class<?>[] plainParameters = Arrays.copyOf(twinParameters, twinParameters.length - 1);
        if (Arrays.stream(receiver.getInterfaces()).anyMatch(Lambdas::isCompanion)) {
            return true;
        }
        for (Class<?> type = receiver; type != null; type = type.getSuperclass()) {
            boolean declaresPlain = Rewriting.declares(type, plainName, plainParameters);
            if (Rewriting.declares(type, twinName, twinParameters)) {
                if (declaresPlain || Rewriting.isRewritten(type)) {
                    return Rewriting.isRewritten(type);
                }
                // else generated, to call the same of the superclass, as CGLIB does for all that look like bridges
            } else if (declaresPlain) {
                return false;
            }
        }
        try {
            Class<?> ofTwin = receiver.getMethod(twinName, twinParameters).getDeclaringClass();
            Class<?> ofPlain = receiver.getMethod(plainName, plainParameters).getDeclaringClass();
            return ofPlain.isAssignableFrom(ofTwin) && Rewriting.isRewritten(ofTwin);
        } catch (NoSuchMethodException e) {
            return false;
        }
    }

    private static final class Guarded extends MutableCallSite {
        private static final MethodHandle CHOOSE = findChoose();

        private final Class<?> caller;
        private final Mocks mocks;
        private final MethodHandle twin;
        private final MethodHandle plain;
        private final ClassValue<Boolean> reaching;
        // Both under this object's lock.
        private int remembered;
        private MethodHandle chain; // without the test for mocks

        Guarded(Lookup caller, String twinName, MethodType type, MethodHandle twin, MethodHandle plain) {
            super(type);
            this.caller = caller.lookupClass();
            mocks = Mocks.of(this.caller);
            this.twin = twin.asType(type);
            this.plain = MethodHandles.dropArguments(plain, type.parameterCount() - 1, Continuation.class)
                    .asType(type);
            Class<?>[] twinParameters = type.dropParameterTypes(0, 1).parameterArray();
            reaching = new ClassValue<>() {
                @Override
                protected Boolean computeValue(Class<?> receiver) {
                    return reachesTwin(receiver, twinName, twinParameters);
                }
            };
            MethodHandle choose =
                    CHOOSE.bindTo(this).asType(MethodType.methodType(MethodHandle.class, type.parameterType(0)));
            setGuarded(MethodHandles.foldArguments(MethodHandles.exactInvoker(type), choose));
        }

        private static MethodHandle findChoose() {
            try {
                return MethodHandles.lookup()
                        .findVirtual(Guarded.class, "choose", MethodType.methodType(MethodHandle.class, Object.class));
            } catch (ReflectiveOperationException impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        // Called for a receiver whose class is not remembered.
        private MethodHandle choose(@Nullable Object receiver) {
            if (receiver == null) {
                return twin; // which throws as any call does
            }
            Class<?> type = receiver.getClass();
            MethodHandle chosen = reaching.get(type) ? twin : plain;
            synchronized (this) {
                if (remembered < REMEMBERED && !type.isHidden() && livesAsLongAsCaller(type)) {
                    remembered++;
                    chain = MethodHandles.guardWithTest(test(IS_OF.bindTo(type)), chosen, chain);
                } else {
                    remembered = REMEMBERED;
                    chain = MethodHandles.guardWithTest(test(REACHES_TWIN.bindTo(reaching)), twin, plain);
                }
                setGuarded(chain);
            }
            return chosen;
        }

        private void setGuarded(MethodHandle handle) {
            chain = handle;
            setTarget(
                    mocks.arePossible()
                            ? MethodHandles.guardWithTest(test(IS_MOCK.bindTo(mocks)), plain, handle)
                            : handle);
        }

        private MethodHandle test(MethodHandle ofReceiver) {
            return ofReceiver.asType(MethodType.methodType(boolean.class, type().parameterType(0)));
        }

        private boolean livesAsLongAsCaller(Class<?> type) {
            ClassLoader wanted = type.getClassLoader();
            for (ClassLoader loader = caller.getClassLoader(); loader != null; loader = loader.getParent()) {
                if (loader == wanted) {
                    return true;
                }
            }
            return wanted == null;
        }
    }
}
