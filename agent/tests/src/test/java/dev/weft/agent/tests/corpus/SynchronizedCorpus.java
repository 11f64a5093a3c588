package dev.weft.agent.tests.corpus;

import static dev.weft.agent.tests.corpus.Suspensions.*;

import dev.weft.Async;

/** Monitors in methods that suspend, but never while they hold one. The numbers are those of the catalogue of shapes. */
final class SynchronizedCorpus {
    private static final Object LOCK = new Object();

    private final Object own = new Object();
    private int value;

    private SynchronizedCorpus() {}

    // 54

    @Async
    static Object blockBetweenSuspensions() {
        int k = i(1);
        synchronized (LOCK) {
            k += 2;
        }
        v();
        synchronized (LOCK) {
            k *= 3;
        }
        return i(k) + (Thread.holdsLock(LOCK) ? 100 : 0);
    }

    @Async
    static Object returnFromABlock() {
        for (int k = 0; ; k++) {
            v();
            synchronized (LOCK) {
                if (k == 2) {
                    return k;
                }
                if (k == 1) {
                    continue;
                }
            }
            log(Thread.holdsLock(LOCK));
        }
    }

    @Async
    static Object exceptionFromABlock() {
        try {
            v();
            synchronized (LOCK) {
                Integer.parseInt("x");
            }
            return "not reached";
        } catch (NumberFormatException e) {
            return p("caught") + Thread.holdsLock(LOCK);
        }
    }

    // 56: without suspensions inside

    @Async
    static Object severalMonitors() {
        return new SynchronizedCorpus().several();
    }

    @Async
    private String several() {
        value = i(1);
        synchronized (this) {
            synchronized (own) {
                value++;
                synchronized (this) {
                    value++;
                }
            }
        }
        v();
        synchronized (own) {
            synchronized (LOCK) {
                value += 10;
            }
        }
        return value + "" + z(Thread.holdsLock(this) || Thread.holdsLock(own) || Thread.holdsLock(LOCK));
    }

    private synchronized int incremented() {
        return ++value;
    }

    private static synchronized int twice(int number) {
        return 2 * number;
    }

    @Async
    static Object synchronizedMethodsOfPlainCode() {
        SynchronizedCorpus object = new SynchronizedCorpus();
        return object.incremented() + i(object.incremented()) + twice(i(3));
    }

    /** Annotated, but it never suspends: it may keep its monitor. */
    @Async
    synchronized int annotatedWithoutSuspension() {
        return Thread.holdsLock(this) ? ++value : -1;
    }

    @Async
    static Object synchronizedMethodThatNeverSuspends() {
        SynchronizedCorpus object = new SynchronizedCorpus();
        int first = object.annotatedWithoutSuspension();
        return first + i(object.annotatedWithoutSuspension()) + "" + Thread.holdsLock(object);
    }

    // 57

    private static Object lock(int k) {
        log("lock" + k);
        return LOCK;
    }

    /** Equal to all others, so only identity can tell the monitors apart. */
    private record Equal(String name) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Equal;
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }

    @Async
    static Object monitorsOfExpressionsAndEqualObjects() {
        int k = i(1);
        synchronized (lock(k)) {
            k++;
        }
        Equal first = new Equal(p("a"));
        Equal second = new Equal(p("b"));
        synchronized (first) {
            log(Thread.holdsLock(second));
            synchronized (second) {
                k++;
            }
        }
        synchronized (new Equal("c")) {
            k++;
        }
        return i(k) + "" + Thread.holdsLock(first);
    }

    @Async
    static Object blockInALoopWithTry() {
        int sum = 0;
        for (int k = 0; k < 3; k++) {
            try {
                synchronized (LOCK) {
                    if (k == 1) {
                        throw new IllegalStateException("one");
                    }
                    sum += k;
                }
                sum += i(10);
            } catch (IllegalStateException e) {
                sum += i(100);
            } finally {
                synchronized (LOCK) {
                    sum++;
                }
                v();
            }
        }
        return sum;
    }
}
