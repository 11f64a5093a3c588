package dev.weft;

import dev.weft.internal.Signals;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Ctrl-C while a program runs: the first one cancels its main task, the second one ends the JVM.
 *
 * <p>Only for programs on the main thread of the JVM, as others have no claim to the whole process, and only where nobody
 * else handles the signal.
 */
final class Interruption {
    private final Task<?> main;
    private final AtomicInteger count = new AtomicInteger(); // the threads of the signal write, the loop's reads
    private volatile @Nullable Signals signals; // set once, but the signal may come meanwhile

    private Interruption(Task<?> main) {
        this.main = main;
    }

    /** Handles interruptions from now on, where that is possible. */
    static Interruption of(Task<?> main) {
        Interruption interruption = new Interruption(main);
        if (isMain(Thread.currentThread())) {
            interruption.signals = Signals.takeFromJvm("INT", interruption::arrived);
        }
        return interruption;
    }

    // Its number differs from JDK to JDK.
    private static boolean isMain(Thread thread) {
        ThreadGroup group = thread.getThreadGroup();
        return thread.getName().equals("main")
                && group != null
                && group.getName().equals("main");
    }

    // On a thread of the JVM.
    private void arrived() {
        if (count.incrementAndGet() > 1) {
            endProgram();
        } else if (!main.loop.isClosed()) {
            main.loop.execute(() -> {
                if (!main.cancel("The program was interrupted.")) {
                    endProgram();
                }
            });
        }
    }

    /** Whether the main task was cancelled because of it, and for no other reason. Loop thread only. */
    boolean hasCancelled() {
        return count.get() > 0 && main.isCancelled() && main.uncancel() == 0;
    }

    /** The JVM handles what comes from now on. */
    void end() {
        Signals taken = signals;
        if (taken != null) {
            taken.giveBack();
        }
    }

    /** Ends the program as the JVM does without us. */
    void endProgram() {
        Signals taken = signals;
        if (taken != null) {
            taken.leaveToJvm();
        }
    }
}
