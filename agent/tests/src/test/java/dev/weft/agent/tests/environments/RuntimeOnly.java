package dev.weft.agent.tests.environments;

import dev.weft.Coroutine;
import java.net.URL;

/** A parent for class loaders that shall have their own copies of programs: it has the runtime that the tests use, and nothing else of theirs. */
final class RuntimeOnly extends ClassLoader {
    RuntimeOnly() {
        super(ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (!isOfRuntime(name)) {
            throw new ClassNotFoundException(name);
        }
        return Class.forName(name, false, Coroutine.class.getClassLoader());
    }

    @Override
    protected URL findResource(String name) {
        return isOfRuntime(name.replace('/', '.'))
                ? Coroutine.class.getClassLoader().getResource(name)
                : null;
    }

    private static boolean isOfRuntime(String name) {
        return name.startsWith("dev.weft.") && !name.startsWith("dev.weft.agent.");
    }
}
