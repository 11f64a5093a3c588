package dev.weft.agent.tests.corpus;

import static dev.weft.agent.tests.corpus.Suspensions.*;

import dev.weft.Async;

/** All that {@code switch} means in Java 17: shapes 36 and 40. */
final class SwitchCorpus {
    private SwitchCorpus() {}

    @Async
    static Object denseIntegers() {
        String result = "";
        for (int k = 0; k < 5; k++) {
            switch (i(k)) {
                case 0:
                    result += p("zero");
                    break;
                case 1:
                    result += "one";
                case 2:
                    result += p("two");
                    v();
                    break;
                case 3:
                    continue;
                default:
                    result += p("default");
            }
            result += ",";
        }
        return result;
    }

    @Async
    static Object sparseIntegers() {
        String result = "";
        for (int k : new int[] {-1000, 0, 7, 1_000_000, 8}) {
            switch (k) {
                case -1000 -> result += p("low");
                case 7 -> {
                    v();
                    result += "seven";
                }
                case 1_000_000 -> result += p("high") + i(k);
                default -> result += "?";
            }
        }
        return result;
    }

    @Async
    static Object strings() {
        String result = "";
        for (String text : new String[] {"Aa", "BB", "C#", "a", "", "other"}) {
            switch (p(text)) { // "Aa", "BB" and "C#" have one hash code
                case "Aa":
                    result += p("first");
                    break;
                case "BB":
                    result += "second";
                case "C#":
                    result += p("third");
                    break;
                case "":
                    v();
                    break;
                case "a":
                    result += i(1);
                    break;
                default:
                    result += p("none");
            }
            result += ";";
        }
        return result;
    }

    enum Season {
        SPRING,
        SUMMER,
        AUTUMN
    }

    @Async
    static Object enums() {
        String result = "";
        for (Season season : Season.values()) {
            switch (p(season)) {
                case SPRING:
                    result += p("s");
                    break;
                case AUTUMN:
                    result += i(3);
                    break;
                default:
                    v();
            }
            result += switch (season) {
                case SPRING -> p("x");
                case SUMMER -> i(2) + "y";
                case AUTUMN -> "z";
            };
        }
        return result;
    }

    @Async
    static Object switchExpressions() {
        int sum = 0;
        for (int k = 0; k < 4; k++) {
            sum += switch (k) {
                case 0, 1 -> i(1);
                case 2 -> {
                    int inner = 0;
                    for (int m = 0; m < 2; m++) {
                        inner += i(m);
                    }
                    yield inner;
                }
                default -> {
                    try {
                        fail(new IllegalStateException("x"));
                        yield 1;
                    } catch (IllegalStateException e) {
                        yield i(10);
                    }
                }
            };
        }
        return sum;
    }

    @Async
    static Object missingCase() {
        try {
            return switch (p((Season) null)) {
                case SPRING -> p("a");
                case SUMMER, AUTUMN -> p("b");
            };
        } catch (NullPointerException e) {
            return "null" + p("!");
        }
    }

    @Async
    static int lastInstruction(int k) {
        for (; ; ) {
            switch (i(k)) {
                case 0:
                    return i(10);
                case 1:
                    k = 0;
                    continue;
                case 2:
                    k = i(1);
            }
        }
    }

    @Async
    static Object switchAsTheLastInstruction() {
        return lastInstruction(2);
    }

    @Async
    static Object manyCases() {
        int sum = 0;
        for (int k = 0; k < 12; k++) {
            switch (k * 31) {
                case 0:
                    sum += i(1);
                    break;
                case 31:
                    sum += 2;
                    break;
                case 62:
                    sum += i(3);
                    break;
                case 93:
                    sum += 4;
                    break;
                case 124:
                    sum += i(5);
                    break;
                case 155:
                    sum += 6;
                    break;
                case 186:
                    sum += i(7);
                    break;
                case 217:
                    sum += 8;
                    break;
                case 248:
                    sum += i(9);
                    break;
                case 279:
                    sum += 10;
                    break;
                default:
                    v();
            }
        }
        return sum;
    }

    @Async
    static Object nestedSwitches() {
        String result = "";
        for (int k = 0; k < 4; k++) {
            result += switch (p(k % 2 == 0 ? "even" : "odd")) {
                case "even" ->
                    switch (i(k)) {
                        case 0 -> p("zero");
                        default -> "two" + i(k);
                    };
                default ->
                    p("odd")
                            + switch (Season.values()[k % 3]) {
                                case SUMMER -> i(5);
                                default -> l(6);
                            };
            };
        }
        return result;
    }
}
