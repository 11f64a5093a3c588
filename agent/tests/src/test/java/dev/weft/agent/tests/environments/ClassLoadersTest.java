package dev.weft.agent.tests.environments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Coroutine;
import dev.weft.agent.tests.corpus.Compiler;
import dev.weft.agent.tests.journey.Journey;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Class loaders of application servers, plug-ins and tools. */
class ClassLoadersTest {
    @TempDir
    Path folder;

    @Test
    void aLoaderWithItsOwnCopyOfTheProgramSharesTheRuntime() throws Exception {
        try (ChildFirst loader = new ChildFirst(Packing.journeyInFolder(folder))) {
            Class<?> journey = loader.loadClass(Journey.class.getName());

            assertThat(journey).isNotSameAs(Journey.class);
            assertThat(travel(journey)).isEqualTo(Journey.ARRIVED);
            assertThat(Journey.travel()).isEqualTo(Journey.ARRIVED);
        }
    }

    @Test
    void aLoaderWithItsOwnCopyOfTheRuntime() throws Exception {
        Path runtime = Packing.runtimeInJar(folder.resolve("runtime.jar"));
        Path program = Packing.journeyInJar(folder.resolve("program.jar"));
        try (ChildFirst first = new ChildFirst(program, runtime);
                ChildFirst second = new ChildFirst(program, runtime)) {
            assertThat(first.loadClass(Coroutine.class.getName()))
                    .isNotSameAs(second.loadClass(Coroutine.class.getName()))
                    .isNotSameAs(Coroutine.class);
            assertThat(travel(first.loadClass(Journey.class.getName()))).isEqualTo(Journey.ARRIVED);
            assertThat(travel(second.loadClass(Journey.class.getName()))).isEqualTo(Journey.ARRIVED);
        }
    }

    @Test
    void theAgentLoadsNothingWhileItRewrites() throws Exception {
        List<String> loadedByTheAgent = new CopyOnWriteArrayList<>();
        try (ChildFirst loader = new ChildFirst(Packing.journeyInFolder(folder)) {
            @Override
            protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                if (isAgentAtWork()) {
                    loadedByTheAgent.add(name);
                }
                return super.loadClass(name, resolve);
            }
        }) {
            assertThat(travel(loader.loadClass(Journey.class.getName()))).isEqualTo(Journey.ARRIVED);
        }
        assertThat(loadedByTheAgent).isEmpty();
    }

    private static boolean isAgentAtWork() {
        return StackWalker.getInstance()
                .walk(stack -> stack.anyMatch(frame -> frame.getClassName().equals("dev.weft.agent.Transformer")));
    }

    @Test
    void manyThreadsLoadAtOnce() throws Exception {
        Packing.journeyInFolder(folder);
        int threads = 8;
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            for (int round = 0; round < 10; round++) {
                try (ChildFirst loader = new ChildFirst(folder)) {
                    List<String> names = Packing.classFiles(folder, Packing.JOURNEY).stream()
                            .map(file -> file.toString().replace(".class", "").replace(File.separatorChar, '.'))
                            .toList();
                    CyclicBarrier start = new CyclicBarrier(threads);
                    List<Future<?>> loading = new ArrayList<>();
                    for (int thread = 0; thread < threads; thread++) {
                        int first = thread;
                        loading.add(executor.submit(() -> {
                            start.await();
                            for (int i = 0; i < names.size(); i++) {
                                // not initialised: an enum and its constants' classes would wait for each other in any
                                // JVM
                                Class.forName(names.get((first + i) % names.size()), false, loader)
                                        .getDeclaredMethods();
                            }
                            return null;
                        }));
                    }
                    for (Future<?> done : loading) {
                        done.get(20, TimeUnit.SECONDS);
                    }
                    assertThat(travel(loader.loadClass(Journey.class.getName())))
                            .isEqualTo(Journey.ARRIVED);
                }
            }
        } finally {
            executor.shutdownNow();
        }
    }

    private static Object travel(Class<?> journey) throws ReflectiveOperationException {
        return journey.getMethod("travel").invoke(null);
    }

    /** Looks into its own jars and folders before it asks its parent, as those of web applications do. */
    private static class ChildFirst extends URLClassLoader {
        static {
            registerAsParallelCapable();
        }

        ChildFirst(Path... path) throws IOException {
            super(urls(path), ClassLoadersTest.class.getClassLoader());
        }

        private static URL[] urls(Path[] path) throws IOException {
            URL[] urls = new URL[path.length];
            for (int i = 0; i < urls.length; i++) {
                urls[i] = path[i].toUri().toURL();
            }
            return urls;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                if (loaded != null) {
                    return loaded;
                }
                try {
                    return findClass(name);
                } catch (ClassNotFoundException e) {
                    return super.loadClass(name, resolve);
                }
            }
        }
    }

    // class files that nobody can read

    @Test
    void aCallThatAHidingLoaderKeptFromBeingRewrittenSaysSo() throws Exception {
        Class<?> journey = new Hiding(Packing.location(Journey.class)).loadClass(Journey.class.getName());

        assertThatThrownBy(() -> travel(journey))
                .rootCause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("journey.Journey.slow cannot suspend here: it was called by ")
                .hasMessageContaining("journey.Train.name(Train.java:")
                .hasMessageContaining("does not give out its class files");
    }

    @Test
    void aMethodThatOverridesWhatAHidingLoaderKeptSecretIsCalled() throws Exception {
        Compiler.compile("Hidden", """
                import dev.weft.*;
                class Base {
                    @Async String text() { return "base"; }
                    @Async static String of(Base base) { return base.text(); }
                }
                class Derived extends Base {
                    @Override String text() { return "derived"; }
                }
                public class Hidden {
                    public static String travel() {
                        return Asyncio.run(() -> Base.of(new Derived()));
                    }
                }
                """).forEach((name, bytes) -> write(folder.resolve(name + ".class"), bytes));
        Hiding loader = new Hiding(folder);
        loader.loadClass("Derived"); // and Base because of it

        assertThat(travel(loader.loadClass("Hidden"))).isEqualTo("derived");
    }

    private static void write(Path file, byte[] bytes) {
        try {
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Has nothing but {@code findClass}. */
    private static final class Hiding extends ClassLoader {
        private final Path root;

        Hiding(Path root) {
            super(new RuntimeOnly());
            this.root = root;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            try {
                byte[] classFile = Files.readAllBytes(root.resolve(name.replace('.', '/') + ".class"));
                return defineClass(name, classFile, 0, classFile.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
