package corpus

import static dev.weft.agent.tests.corpus.Suspensions.*

import dev.weft.Async
import dev.weft.AsyncFunction
import dev.weft.Coroutine
import groovy.transform.CompileStatic

@CompileStatic
class GroovyCorpus {
    // arguments and operators

    @Async
    static String greet(String name = p('you'), int times = i(2)) {
        String text = ''
        for (k in 0..<times) {
            text += name + i(k)
        }
        return text
    }

    @Async
    static Object defaultArguments() {
        greet() + greet('me') + greet(p('us'), i(1))
    }

    @Async
    static Object operators() {
        List<Integer> list = [i(1), i(2)]
        list << i(3)
        Map<String, Long> map = [a: l(1), b: l(2)]
        map.c = l(3)
        int[] array = [1, 2, 3] as int[]
        array[i(1)] += i(5)
        array[0]++
        "${list} ${map} ${p(array as List)} ${i(3) <=> i(2)} ${i(2)**i(3)} ${i(7) in list}"
    }

    @Async
    static Object nulls() {
        String none = p((String) null)
        String some = p('some')
        def text = (none?.length() ?: i(3)) + (some?.length() ?: i(9))
        text + (none ?: p('elvis')) + (z(some as boolean) ? p('true') : p('false'))
    }

    // control flow

    @Async
    static Object switches() {
        def found = []
        for (Object value in [1, 'text', 2.5, [1, 2], null]) {
            switch (p(value)) {
                case Integer:
                    found << i(1)
                case String:
                    found << p('falls through')
                    break
                case 2..3:
                    found << p('range')
                    break
                case null:
                    found << p('null')
                    break
                default:
                    found << value.toString() + i(9)
            }
        }
        found
    }

    @Async
    static Object exceptions() {
        def seen = []
        outer:
        for (int k = 0; k < 3; k++) {
            try {
                if (i(k) == 1) {
                    fail(new IllegalStateException("at $k".toString()))
                }
                seen << p('no')
                continue outer
            } catch (IllegalStateException | IllegalArgumentException e) {
                seen << e.message + p('!')
            } finally {
                seen << l(k)
                v()
            }
        }
        try (Resource resource = new Resource(p('r'))) {
            seen << resource.name + i(1)
        }
        seen
    }

    static class Resource implements Closeable {
        String name

        Resource(String name) {
            this.name = name
        }

        void close() {
            log("close $name".toString())
        }
    }

    // classes

    interface Named {
        @Async
        String name()
    }

    static class Person implements Named {
        private final String own
        int visits

        Person(String own) {
            this.own = own
        }

        String name() {
            visits += i(1)
            p(own) + visits
        }

        @Async
        private String secret() {
            name() + p('?')
        }

        @Async
        String told(Person other) {
            other.secret() + this.secret()
        }
    }

    static class Loud extends Person {
        Loud() {
            super('loud')
        }

        @Override
        String name() {
            super.name().toUpperCase() + i(visits)
        }
    }

    @Async
    static Object overriding() {
        Named named = new Loud()
        named.name() + new Person('calm').told(new Loud())
    }

    @Async
    static <T extends Comparable<T>> T greatest(List<T> values) {
        T greatest = null
        for (T value : values) {
            if (greatest == null || p(value) > greatest) {
                greatest = value
            }
        }
        p(greatest)
    }

    @Async
    static Object generics() {
        greatest([3, i(5), 4]) + greatest(['a', p('b')])
    }

    static class Delegating implements Named {
        @Delegate
        private final Named person = new Person('delegate')
    }

    @Async
    static Object delegation() {
        Named named = new Delegating()
        named.name() + named.name()
    }

    // lambdas

    @Async
    static Object lambdas() {
        String captured = p('captured')
        int number = i(4)
        Coroutine<String> none = () -> p('none') + i(1)
        Coroutine<String> capturing = () -> captured + p(number)
        AsyncFunction<String, String> function = (String text) -> text + i(number)
        none.run() + capturing.run() + function.apply('f')
    }

    @Async
    static String reference() {
        p('reference')
    }

    @Async
    static Object references() {
        Coroutine<String> toStatic = GroovyCorpus::reference
        toStatic.run()
    }

    @Async
    static Object anonymousClasses() {
        String captured = p('captured')
        Named named = new Named() {
            String name() {
                captured + p('!')
            }
        }
        named.name()
    }

    @Async
    static Object closuresThatDoNotSuspend() {
        List<Integer> doubled = [i(1), i(2)].collect { it * 2 }
        doubled.sum { Integer it -> it + 1 } as int + i(1)
    }
}
