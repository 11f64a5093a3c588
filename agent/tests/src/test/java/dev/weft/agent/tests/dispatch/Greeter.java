package dev.weft.agent.tests.dispatch;

import static dev.weft.agent.tests.corpus.Suspensions.*;

import dev.weft.Async;

/** A class whose suspending methods others replace: by subclasses that the agent never sees, by proxies, by mocks. */
public class Greeter implements Greeting {
    @Override
    @Async
    public String greet(String name) {
        return "hello " + p(name);
    }

    @Async
    public long count(int by) {
        v();
        return i(by) + 1L;
    }

    @Async
    public String greetTwice(String name) {
        return greet(name) + ", " + this.greet(p(name));
    }

    @Async
    public final String fixed(String name) {
        return "fixed " + greet(name);
    }

    @Async
    protected String hidden(String name) {
        return "hidden " + p(name);
    }

    /** Suspends, if at all, in the coroutine that calls it, which is rewritten. */
    @Async
    static String through(Greeter greeter, String name) {
        return greeter.greet(p(name)) + " " + greeter.count(2) + " " + greeter.hidden("x");
    }
}
