package dev.weft.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.Thread.UncaughtExceptionHandler;
import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class SignalsTest {
    /** The JVM starts a thread for each signal, which may look for the handler only when that has gone. */
    @Test
    void aSignalThatComesForSomebodyWhoHasGoneIsNoFailure() throws Exception {
        Class<?> type = Class.forName("sun.misc.Signal"); // this module does not read the one of its package
        Object signal = type.getConstructor(String.class).newInstance("USR1");
        Method raise = type.getMethod("raise", type);
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> failures.add(failure));
        try {
            for (int i = 0; i < 1000; i++) {
                Signals taken = Signals.take("USR1", () -> {});
                raise.invoke(null, signal);
                for (int j = 0; j < i % 50 * 1000; j++) {
                    Thread.onSpinWait();
                }
                taken.giveBack();
            }
            for (Thread thread : Thread.getAllStackTraces().keySet()) {
                if (thread.getName().startsWith("SIGUSR1")) {
                    thread.join();
                }
            }
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
        assertThat(failures).isEmpty();
    }
}
