package dev.weft.agent.compiler;

import dev.weft.Async;
import dev.weft.AsyncIterable;
import dev.weft.Asyncio;
import dev.weft.Coroutine;
import java.io.Serializable;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Makes the compiler emit each of its references to the runtime at least once; read as a class file, never run. */
final class EmittedPrograms {
    interface SerializableCoroutine<T> extends Coroutine<T>, Serializable {}

    private EmittedPrograms() {}

    @Async
    static void nothing() {
        Asyncio.sleep(Duration.ZERO);
        Asyncio.sleep(Duration.ZERO);
    }

    @Async
    static int ints(int a, float b) {
        nothing();
        return a + (int) b + ints(a, floats(b));
    }

    @Async
    static long longs(long a, double b) {
        nothing();
        return a + (long) b + longs(a, doubles(b));
    }

    @Async
    static float floats(float a) {
        nothing();
        return a + floats(a);
    }

    @Async
    static double doubles(double a) {
        nothing();
        return a + doubles(a);
    }

    @Async
    static String references(String a) {
        nothing();
        return a + references(a);
    }

    @Async
    static double large(
            String a,
            String b,
            String c,
            String d,
            String e,
            String f,
            String g,
            String h,
            String i,
            String j,
            String k,
            String l,
            String m,
            int n,
            float o,
            long p,
            double q) {
        while (n-- > 0) {
            nothing();
            a += b + c + d + e + f + g + h + i + j + k + l + m + o + p + q;
        }
        return a.length() + q++;
    }

    static Coroutine<String> lambda(String text) {
        return () -> references(text);
    }

    static SerializableCoroutine<String> serializable(String text) {
        return () -> references(text);
    }

    @Async
    static CompletableFuture<String> future(AsyncIterable<String> texts) {
        for (String text : texts) {
            nothing();
            return CompletableFuture.completedFuture(text);
        }
        return CompletableFuture.completedFuture("");
    }

    @Async
    static synchronized void refused() {
        nothing();
    }
}
