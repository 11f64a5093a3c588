package dev.weft.agent.tests.random;

import java.util.List;

/**
 * A method of a random program that may suspend.
 *
 * @param parameters the last one is an array if the method takes a variable number of arguments
 * @param declaration of methods that override something: what it looks like in the supertype
 */
record Method(
        int number,
        Home home,
        Modifier modifier,
        Type result,
        List<Type> parameters,
        boolean variable,
        Declaration declaration) {
    /** The class or interface that declares it. */
    enum Home {
        MAIN,
        BASE, // the superclass of MAIN
        TRAIT, // an interface of MAIN
        INNER, // has an outer instance
        NODE,
        PAIR,
        COLOR;

        /** The objects of the main class have it. */
        boolean isOfMain() {
            return ordinal() <= TRAIT.ordinal();
        }
    }

    enum Modifier {
        STATIC,
        PRIVATE_STATIC,
        PRIVATE,
        NONE;

        boolean isStatic() {
            return ordinal() <= PRIVATE_STATIC.ordinal();
        }

        boolean isPrivate() {
            return this == PRIVATE_STATIC || this == PRIVATE;
        }
    }

    enum Declaration {
        OWN,
        OVERRIDDEN, // a body in the supertype and one in the subtype
        ABSTRACT, // no body in the supertype
        COVARIANT, // abstract, and its result there is an Object
        GENERIC // abstract, and its result and first parameter there are type variables
    }

    String name() {
        return "m" + number;
    }

    boolean isStatic() {
        return modifier.isStatic();
    }

    /** The functional interface could be bound to it, its arguments and result unboxed where it likes. */
    boolean fits(Functional functional, List<Type> arguments) {
        int fixed = variable ? parameters.size() - 1 : parameters.size();
        if (variable ? arguments.size() < fixed : arguments.size() != fixed) {
            return false;
        }
        for (int i = 0; i < arguments.size(); i++) {
            Type parameter =
                    i < fixed ? parameters.get(i) : parameters.get(fixed).element();
            if (parameter != arguments.get(i) && parameter != arguments.get(i).unboxed()) {
                return false;
            }
        }
        return functional.result() == Type.VOID
                || result == functional.result()
                || result == functional.result().unboxed();
    }
}
