package dev.weft.agent.tests.corpus;

import static dev.weft.agent.tests.corpus.Suspensions.*;

import dev.weft.Async;
import dev.weft.CancelledError;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;

/** Suspensions around {@code try}. The numbers are those of the catalogue of shapes. */
@SuppressWarnings("finally")
final class ExceptionsCorpus {
    private ExceptionsCorpus() {}

    // 44

    @Async
    static String sorted(int kind) {
        try {
            switch (kind) {
                case 0 -> fail(new FileNotFoundException("file"));
                case 1 -> fail(new IOException("io"));
                case 2 -> fail(new TimeoutException("timeout"));
                case 3 -> throw new IllegalStateException(p("state"));
                case 4 -> fail(new Error("error"));
                default -> v();
            }
            return "fine";
        } catch (FileNotFoundException e) {
            return "not found " + p(e.getMessage());
        } catch (IOException | TimeoutException e) {
            v();
            return e.getClass().getSimpleName() + e.getMessage();
        } catch (RuntimeException e) {
            return p("runtime") + e.getMessage();
        } catch (Throwable e) {
            return "any " + p(e.getMessage());
        }
    }

    @Async
    static Object orderOfHandlers() {
        String result = "";
        for (int kind = 0; kind < 6; kind++) {
            result += sorted(kind) + ";";
        }
        return result;
    }

    @Async
    static String nested(int kind) {
        String result = "";
        try {
            try {
                try {
                    result += p("a");
                    if (kind == 0) {
                        fail(new IllegalArgumentException("0"));
                    }
                    if (kind == 1) {
                        fail(new IllegalStateException("1"));
                    }
                } catch (IllegalArgumentException e) {
                    result += p("inner") + e.getMessage();
                    fail(new UnsupportedOperationException("from inner"));
                }
                result += p("b");
            } catch (IllegalStateException e) {
                result += p("middle") + e.getMessage();
            } catch (UnsupportedOperationException e) {
                result += e.getMessage() + i(2);
                throw new ArithmeticException(p("from middle"));
            }
            result += p("c");
        } catch (ArithmeticException e) {
            result += p("outer") + e.getMessage();
        }
        return result;
    }

    @Async
    static Object nestedHandlers() {
        return nested(0) + nested(1) + nested(2);
    }

    // 45

    @Async
    static String everywhere(int kind) {
        String result = p("start");
        try {
            result += p("try");
            if (kind == 1) {
                fail(new IllegalStateException("one"));
            } else if (kind == 2) {
                return result + p("return");
            }
        } catch (IllegalStateException e) {
            result += p("catch") + e.getMessage();
            v();
        } finally {
            log("finally " + result + i(kind));
            v();
        }
        return result + p("end");
    }

    @Async
    static Object suspensionsInTryCatchAndFinally() {
        return everywhere(0) + everywhere(1) + everywhere(2);
    }

    @Async
    static String leaving(int kind) {
        try {
            try {
                if (kind < 3) {
                    fail(new IllegalStateException("body"));
                }
                return p("returned");
            } catch (IllegalStateException e) {
                if (kind == 0) {
                    fail(new IllegalArgumentException("catch"));
                }
                return p("from catch");
            } finally {
                if (kind == 1 || kind == 3) {
                    fail(new ArithmeticException("finally"));
                }
                v();
            }
        } catch (IllegalArgumentException | ArithmeticException e) {
            return e.getMessage() + p("!");
        }
    }

    @Async
    static Object throwingFromCatchAndFinally() {
        return leaving(0) + leaving(1) + leaving(2) + leaving(3) + leaving(4);
    }

    @Async
    static int overriding() {
        try {
            fail(new IllegalStateException("lost"));
            return i(1);
        } finally {
            v();
            return i(2);
        }
    }

    @Async
    static int notOverriding() {
        int k = i(1);
        try {
            return k;
        } finally {
            k = i(5);
            v();
        }
    }

    @Async
    static Object returnFromFinally() {
        return overriding() + "," + notOverriding();
    }

    @Async
    static Object breakFromFinally() {
        int sum = 0;
        while (true) {
            try {
                sum += i(1);
                fail(new IllegalStateException("lost"));
            } finally {
                sum += i(10);
                break;
            }
        }
        return sum;
    }

    @Async
    static Object continueFromFinally() {
        int sum = 0;
        for (int k = 0; k < 3; k++) {
            try {
                sum += i(k);
                if (k == 1) {
                    return "lost";
                }
                fail(new IllegalStateException("lost"));
            } finally {
                v();
                continue;
            }
        }
        return sum;
    }

    @Async
    static Object jumpsThroughFinally() {
        String result = "";
        outer:
        for (int a = 0; a < 3; a++) {
            try {
                for (int b = 0; b < 3; b++) {
                    try {
                        result += p("b") + a + b;
                        if (b == 1) {
                            continue outer;
                        }
                        if (a == 2) {
                            break outer;
                        }
                    } finally {
                        result += p("f");
                    }
                }
            } finally {
                result += p("F");
            }
        }
        return result;
    }

    @Async
    static Object nestedFinally() {
        StringBuilder order = new StringBuilder();
        try {
            try {
                try {
                    fail(new IllegalStateException("x"));
                } finally {
                    order.append(p("1"));
                    try {
                        order.append(p("2"));
                    } finally {
                        order.append(p("3"));
                    }
                }
            } finally {
                order.append(p("4"));
            }
        } catch (IllegalStateException e) {
            order.append(p("5"));
        }
        return order.toString();
    }

    // 46

    @Async
    static String assignments(int kind) {
        String text = "initial";
        int number = 1;
        long wide;
        Object late = null;
        try {
            text = p("assigned");
            number = i(2);
            if (kind == 1) {
                fail(new IllegalStateException("1"));
            }
            wide = l(3);
            late = text + wide;
            if (kind == 2) {
                fail(new IllegalStateException("2"));
            }
            number = 7;
            v();
        } catch (IllegalStateException e) {
            v();
            text += e.getMessage() + number + late;
            wide = -1;
        }
        v();
        return text + number + wide + late;
    }

    @Async
    static Object localsAssignedInTry() {
        return assignments(0) + assignments(1) + assignments(2);
    }

    @Async
    static Object assignmentFromTheCallThatFails() {
        String text = "before";
        int number = 1;
        try {
            number = 2;
            text = p("during");
            number = i(3);
            text = failing();
            number = 4;
        } catch (IllegalStateException e) {
            return text + number + p("!");
        }
        return "not reached";
    }

    @Async
    static String failing() {
        fail(new IllegalStateException("x"));
        return p("never");
    }

    // 47

    @Async
    static Object nothingButASuspensionInTry() {
        try {
            v();
        } catch (IllegalStateException e) {
            log("never");
        }
        try {
            fail(new IllegalStateException("x"));
        } catch (IllegalStateException e) {
            log(e.getMessage());
        }
        try {
            return i(5);
        } catch (IllegalStateException e) {
            return "never";
        }
    }

    @Async
    static Object firstAndLastOfTry() {
        int k;
        try {
            k = i(1);
            log("between");
            v();
        } finally {
            log("finally");
        }
        int m = i(2);
        try {
            m++;
            m += i(3);
        } catch (RuntimeException e) {
            m = -1;
        }
        return k + m;
    }

    @Async
    static Object emptyHandlers() {
        try {
            fail(new IllegalStateException("x"));
        } catch (IllegalStateException ignored) {
        }
        try {
            v();
        } finally {
        }
        return i(1);
    }

    // 48

    static final class Planned extends Exception {
        private static final long serialVersionUID = 1;
        final int detail;

        Planned(int detail) {
            super("planned " + detail);
            this.detail = detail;
        }
    }

    @Async
    static Object theSameObjectArrives() {
        Planned planned = new Planned(5);
        planned.addSuppressed(new IllegalStateException("suppressed"));
        planned.initCause(new IOException("cause"));
        try {
            fail(planned);
            return "not reached";
        } catch (Planned e) {
            return (e == planned) + "" + e.detail + e.getSuppressed()[0].getMessage()
                    + p(e.getCause().getMessage());
        }
    }

    @Async
    static Object thrownThroughSeveralMethods() {
        Planned planned = new Planned(1);
        try {
            first(planned);
            return "not reached";
        } catch (Planned e) {
            return (e == planned) + e.getMessage() + i(1);
        }
    }

    @Async
    static void first(Planned planned) throws Planned {
        try {
            second(planned);
        } finally {
            log("first" + i(1));
        }
    }

    @Async
    static int second(Planned planned) throws Planned {
        int before = i(2);
        third(planned);
        return before;
    }

    @Async
    static void third(Planned planned) throws Planned {
        v();
        fail(planned);
    }

    @Async
    static Object rethrown() {
        try {
            try {
                fail(new Planned(3));
            } catch (Throwable e) {
                log("seen " + p(e.getMessage()));
                throw e;
            }
        } catch (Planned e) {
            return e.detail + i(1);
        }
        return "not reached";
    }

    // 50

    @Async
    static Object catchOfEverythingSeesTheProgramsOwn() {
        int count = 0;
        for (int k = 0; k < 3; k++) {
            try {
                v();
                if (k == 1) {
                    fail(new Error("own"));
                }
            } catch (Throwable e) {
                count += i(1);
                log(e.getMessage());
            }
        }
        return count;
    }

    @Async
    static Object cancellationIsNoException() {
        try {
            try {
                fail(new CancelledError("stop"));
                return "not reached";
            } catch (Exception e) {
                return "never";
            } finally {
                log(p("cleaned up"));
            }
        } catch (CancelledError e) {
            return e.getMessage() + p("!");
        }
    }

    // 51

    @Async
    static int bottomless(int k) {
        return bottomless(k + 1) + i(1);
    }

    @Async
    static Object stackOverflowInAStep() {
        v();
        try {
            return bottomless(0);
        } catch (StackOverflowError e) {
            return "overflow" + p("!");
        }
    }

    @Async
    static Object outOfMemoryInAStep() {
        int length = i(Integer.MAX_VALUE);
        try {
            v();
            return new long[length].length;
        } catch (OutOfMemoryError e) {
            return "no memory" + p("!");
        } finally {
            log("finally" + i(1));
        }
    }

    // 52

    @Async
    static Object finallyThatFailsOnce() {
        int rounds = 0;
        try {
            try {
                v();
            } finally {
                rounds += i(1);
                fail(new IllegalStateException("finally"));
            }
        } catch (IllegalStateException e) {
            return e.getMessage() + rounds;
        }
        return "not reached";
    }

    // 53

    @Async
    static Object failureBeforeTheFirstSuspension() {
        try {
            return early(null);
        } catch (NullPointerException e) {
            return "early" + p("!");
        }
    }

    @Async
    static int early(String text) {
        int length = text.length();
        v();
        return length;
    }

    @Async
    static Object failureBetweenSuspensions() {
        int[] ints = new int[i(2)];
        try {
            v();
            ints[2] = 1;
            v();
        } catch (ArrayIndexOutOfBoundsException e) {
            return e.getMessage() + i(ints.length);
        }
        return "not reached";
    }

    @Async
    static Object handlerThatNeedsNoLocals() {
        String a = p("a");
        int k = i(1);
        try {
            String b = a + k;
            fail(new IllegalStateException(b));
            log(b);
        } catch (IllegalStateException e) {
        }
        return p("end");
    }

    @Async
    static Object handlerThatNeedsAllLocals() {
        String a = p("a");
        long b = l(2);
        double c = d(2.5);
        float e = f(1.5f);
        int g = i(4);
        try {
            fail(new IllegalStateException("x"));
        } catch (IllegalStateException x) {
            return a + b + c + e + g;
        }
        return "not reached";
    }

    @Async
    static Object operandsBelowATryInAMethodCalled() {
        return 1 + i(2) + guarded(true) + (3L + guarded(false));
    }

    @Async
    static int guarded(boolean failing) {
        try {
            if (failing) {
                fail(new IllegalStateException("x"));
            }
            return i(10);
        } catch (IllegalStateException e) {
            return i(20);
        } finally {
            v();
        }
    }
}
