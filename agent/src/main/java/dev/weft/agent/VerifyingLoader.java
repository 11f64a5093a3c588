package dev.weft.agent;

import dev.weft.agent.compiler.Hierarchy;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.net.URL;
import org.jspecify.annotations.Nullable;

/**
 * Lets the JVM's own verifier check a rewritten class without loading anything into the user's loader: the class and all
 * that its verification asks for are defined here once more, and thrown away.
 */
public final class VerifyingLoader extends ClassLoader {
    private final String name;
    private final byte[] classFile;
    private final ClassLoader original;

    private VerifyingLoader(String name, byte[] classFile, ClassLoader original) {
        super(ClassLoader.getPlatformClassLoader());
        this.name = name;
        this.classFile = classFile;
        this.original = original;
    }

    /**
     * @throws VerifyError or another {@link LinkageError} if the JVM would not accept the class
     */
    public static void verify(String internalName, byte[] classFile, ClassLoader original) {
        String name = internalName.replace('/', '.');
        try {
            Class<?> type = new VerifyingLoader(name, classFile, original).define(name, classFile);
            // links the class, and so verifies it, without running its initialiser
            Method[] linked = type.getDeclaredMethods();
            assert linked != null;
        } catch (NoClassDefFoundError missing) {
            // a signature names a class that is not there: no matter of ours, and only after the verification
        } catch (IllegalAccessError inaccessible) {
            // proxies of the JDK live in modules of their own, which may see what no other class may
        }
    }

    // The platform's loader would find classes of named modules by the users' loaders, and so load them.
    @Override
    protected Class<?> loadClass(String wanted, boolean resolve) throws ClassNotFoundException {
        if (Hierarchy.isPlatform(wanted.replace('.', '/'))) {
            return super.loadClass(wanted, resolve);
        }
        synchronized (getClassLoadingLock(wanted)) {
            Class<?> loaded = findLoadedClass(wanted);
            return loaded == null ? findClass(wanted) : loaded;
        }
    }

    @Override
    protected Class<?> findClass(String wanted) throws ClassNotFoundException {
        if (wanted.equals(name)) {
            return define(wanted, classFile);
        }
        try (InputStream in = getResourceAsStream(wanted.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(wanted);
            }
            return define(wanted, in.readAllBytes());
        } catch (IOException e) {
            throw new ClassNotFoundException(wanted, e);
        }
    }

    // Other agents see the copies too, and read what they know of classes from here.

    @Override
    public @Nullable URL getResource(String resource) {
        return original.getResource(resource);
    }

    @Override
    public @Nullable InputStream getResourceAsStream(String resource) {
        return original.getResourceAsStream(resource);
    }

    private Class<?> define(String className, byte[] bytes) {
        return defineClass(className, bytes, 0, bytes.length);
    }
}
