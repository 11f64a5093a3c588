package dev.weft.agent.tests.dispatch;

import static dev.weft.agent.tests.corpus.Suspensions.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Async;
import dev.weft.AsyncFunction;
import dev.weft.AsyncRunnable;
import dev.weft.Coroutine;
import dev.weft.agent.tests.corpus.Plan;
import dev.weft.agent.tests.corpus.Trace;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What becomes of lambdas and method references, seen from outside. What they do is in the corpus. */
@Tag("built")
class LambdaLinkTest {
    interface SerializableCoroutine<T> extends Coroutine<T>, Serializable {}

    private static Object suspended(Coroutine<?> body) throws Throwable {
        return Trace.result(body, Plan.everythingSuspends());
    }

    @SuppressWarnings("unchecked")
    private static <T> T copy(T object) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (T) in.readObject();
        }
    }

    @Async
    private static String ofClass() {
        return p("of class");
    }

    private record Bound(String text) implements Serializable {
        @Async
        String get() {
            return p(text);
        }
    }

    @Test
    void serializedLambdasStillSuspend() throws Throwable {
        long wide = 3;
        String captured = "captured";
        SerializableCoroutine<String> lambda = () -> p(captured) + l(wide);
        assertThat(suspended(copy(lambda))).isEqualTo("captured3");
        assertThat(suspended(copy(copy(lambda)))).isEqualTo("captured3");
    }

    @Test
    void serializedReferencesStillSuspend() throws Throwable {
        SerializableCoroutine<String> ofClass = LambdaLinkTest::ofClass;
        SerializableCoroutine<String> bound = new Bound("bound")::get;
        assertThat(suspended(copy(ofClass))).isEqualTo("of class");
        assertThat(suspended(copy(bound))).isEqualTo("bound");
    }

    private record Counted(int number) implements Serializable {
        @Async
        int count() {
            return i(number);
        }
    }

    @Test
    void serializedReferencesWhoseResultsAreConverted() throws Throwable {
        SerializableCoroutine<Integer> boxing = new Counted(5)::count;
        SerializableCoroutine<Object> boxingToo = new Counted(6)::count;
        SerializableCoroutine<Integer> lambda = () -> new Counted(7).count();
        assertThat(suspended(boxing)).isEqualTo(5);
        assertThat(suspended(copy(boxing))).isEqualTo(5);
        assertThat(suspended(copy(copy(boxingToo)))).isEqualTo(6);
        assertThat(suspended(copy(lambda))).isEqualTo(7);
    }

    @Test
    void serializedIntersectionTypesStillSuspend() throws Throwable {
        AsyncFunction<String, String> lambda =
                (AsyncFunction<String, String> & Serializable & Cloneable) text -> p(text) + 1;
        AsyncFunction<String, String> other = copy(lambda);
        assertThat(suspended(() -> other.apply("x"))).isEqualTo("x1");
        assertThat(other).isInstanceOf(Cloneable.class);
    }

    @Test
    void serializedReferencesThatNeverSuspend() throws Throwable {
        SerializableCoroutine<Integer> plain = "four"::length;
        SerializableCoroutine<Object> constructor = Object::new;
        assertThat(suspended(copy(plain))).isEqualTo(4);
        assertThat(suspended(copy(constructor))).isNotNull();
    }

    @Test
    void plainCodeMayCallALambdaThatDoesNotSuspend() throws Exception {
        Coroutine<String> lambda = () -> p("x") + 1;
        AsyncRunnable nothing = () -> v();
        Trace.of(() -> null, Plan.nothingSuspends());
        assertThat(lambda.run()).isEqualTo("x1");
        nothing.run();
    }

    @Test
    void plainCodeThatCallsASuspendingLambdaIsNamed() {
        Coroutine<String> lambda = () -> p("x");
        Trace.of(() -> null, Plan.everythingSuspends());
        assertThatThrownBy(lambda::run)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Coroutine.run cannot suspend here");
        assertThatThrownBy(() -> callPlainly(lambda))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("LambdaLinkTest.callPlainly");
    }

    private static void callPlainly(Coroutine<?> lambda) throws Exception {
        lambda.run();
    }

    interface Converter<A> {
        @Async
        long convert(A argument, int second);
    }

    @Test
    void functionalInterfacesStayFunctional() {
        for (Class<?> type : List.of(Coroutine.class, AsyncFunction.class, Converter.class)) {
            assertThat(Arrays.stream(type.getMethods()).filter(method -> Modifier.isAbstract(method.getModifiers())))
                    .hasSize(1);
        }
    }

    @Test
    void aMethodHandleAsAFunctionalInterface() throws Throwable {
        MethodHandle handle = MethodHandles.constant(Object.class, "handle");
        @SuppressWarnings("unchecked")
        Coroutine<String> coroutine = MethodHandleProxies.asInterfaceInstance(Coroutine.class, handle);
        assertThat(suspended(() -> p("a ") + coroutine.run())).isEqualTo("a handle");
    }

    @Test
    void aLambdaWithoutCapturesIsOneObject() {
        assertThat(constant()).isSameAs(constant());
    }

    private static Coroutine<String> constant() {
        return () -> p("constant");
    }

    // resumed code is still the class's own, down to its stack traces

    @Async
    private static String failing() {
        v();
        throw new IllegalStateException("here");
    }

    @Test
    void theStackTraceOfAResumedMethodNamesItAndItsLine() {
        assertThatThrownBy(() -> suspended(() -> failing() + "!"))
                .satisfies(failure -> assertThat(List.of(failure.getStackTrace()))
                        .first()
                        .satisfies(frame -> {
                            assertThat(frame.getMethodName()).startsWith("failing");
                            assertThat(frame.getFileName()).isEqualTo("LambdaLinkTest.java");
                            assertThat(frame.getLineNumber()).isGreaterThan(100);
                        }));
    }
}
