package dev.weft.benchmarks.startup;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** A Spring context with a few beans, found by scanning. */
final class SpringStart {
    private SpringStart() {}

    public static void main(String[] arguments) {
        try (AnnotationConfigApplicationContext context =
                new AnnotationConfigApplicationContext("dev.weft.benchmarks.startup.beans")) {
            if (context.getBeanDefinitionCount() < 5) {
                throw new IllegalStateException("no beans");
            }
        }
        Ending.print();
    }
}
