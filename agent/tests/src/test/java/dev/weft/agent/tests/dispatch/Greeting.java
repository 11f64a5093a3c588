package dev.weft.agent.tests.dispatch;

import static dev.weft.agent.tests.corpus.Suspensions.*;

import dev.weft.Async;
import java.io.IOException;

/** A suspending interface with all that an interface may have. */
public interface Greeting {
    @Async
    String greet(String name) throws IOException;

    @Async
    default String greetPolitely(String name) throws IOException {
        return "dear " + p(greet(name));
    }

    @Async
    static String both(Greeting first, Greeting second) throws IOException {
        return first.greet("a") + "; " + p(second.greet("b")) + "; " + first.greetPolitely("c");
    }
}
