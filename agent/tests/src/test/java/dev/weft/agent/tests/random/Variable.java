package dev.weft.agent.tests.random;

/**
 * A local variable or parameter.
 *
 * @param type a {@link Type} or a functional interface
 */
record Variable(String type, String name, Use use) {
    boolean isFunction() {
        return Functional.ALL.stream().anyMatch(functional -> functional.type().equals(type));
    }

    enum Use {
        ASSIGNED, // by whom it pleases
        FIXED, // effectively final, so that lambdas may capture it
        COUNTER // of a loop: changes, but only in the loop's head
    }
}
