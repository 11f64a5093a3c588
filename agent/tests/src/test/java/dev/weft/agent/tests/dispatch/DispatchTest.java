package dev.weft.agent.tests.dispatch;

import static dev.weft.agent.tests.corpus.Suspensions.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoMoreInteractions;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

import dev.weft.Async;
import dev.weft.Asyncio;
import dev.weft.Coroutine;
import dev.weft.agent.tests.corpus.Compiler;
import dev.weft.agent.tests.corpus.CorpusLoader;
import dev.weft.agent.tests.corpus.Plan;
import dev.weft.agent.tests.corpus.Trace;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.dynamic.loading.ClassLoadingStrategy;
import net.bytebuddy.implementation.FixedValue;
import net.bytebuddy.implementation.InvocationHandlerAdapter;
import net.bytebuddy.implementation.MethodDelegation;
import net.bytebuddy.implementation.SuperMethodCall;
import net.bytebuddy.implementation.bind.annotation.SuperCall;
import net.bytebuddy.matcher.ElementMatchers;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.Answers;
import org.mockito.MockMakers;

/**
 * Calls of suspending methods reach objects whose classes were not rewritten. The many ways to override one in Java itself
 * are programs of the corpus.
 */
@Tag("built")
class DispatchTest {
    @BeforeAll
    static void letMockMakersMix() {
        // Mockito asserts that each mock is known to one of them only
        DispatchTest.class.getClassLoader().setClassAssertionStatus("org.mockito.internal.util.MockUtil", false);
    }

    private static Object run(Coroutine<?> body) throws Throwable {
        Object plain = Trace.result(body, Plan.nothingSuspends());
        Object suspended = Trace.result(body, Plan.everythingSuspends());
        assertThat(suspended).isEqualTo(plain);
        return suspended;
    }

    // proxies of the JDK

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @Test
    void aProxyGetsTheMethodThatItKnows() throws Throwable {
        List<String> called = new ArrayList<>();
        Greeting proxy = proxy(Greeting.class, (self, method, arguments) -> {
            called.add(method.getName());
            return method.getName() + arguments[0];
        });
        assertThat(Trace.result(() -> Greeting.both(proxy, proxy), Plan.everythingSuspends()))
                .isEqualTo("greeta; greetb; greetPolitelyc");
        assertThat(called).containsExactly("greet", "greet", "greetPolitely");
    }

    @Test
    void aProxyOfCoroutineRuns() throws Throwable {
        @SuppressWarnings("unchecked")
        Coroutine<String> proxy = proxy(Coroutine.class, (self, method, arguments) -> method.getName());
        assertThat(run(() -> proxy.run() + p("!"))).isEqualTo("run!");
        assertThat(Asyncio.run(proxy)).isEqualTo("run");
    }

    @Test
    void aCheckedExceptionOfAProxyArrivesAsItIs() {
        IOException failure = new IOException("from the handler");
        Greeting proxy = proxy(Greeting.class, (self, method, arguments) -> {
            throw failure;
        });
        assertThatThrownBy(() -> Trace.result(() -> proxy.greet(p("x")), Plan.everythingSuspends()))
                .isSameAs(failure);
    }

    @Test
    void aProxyThatLeadsToASuspendingMethodIsNamed() {
        Greeter greeter = new Greeter();
        Greeting proxy = proxy(Greeting.class, (self, method, arguments) -> method.invoke(greeter, arguments));
        assertThatThrownBy(() -> Trace.result(() -> proxy.greet("x"), Plan.everythingSuspends()))
                .rootCause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Greeter.greet")
                .hasMessageContaining("DispatchTest.lambda$aProxyThatLeadsToASuspendingMethodIsNamed");
    }

    // subclasses made at run time

    private static Greeter instance(net.bytebuddy.dynamic.DynamicType.Builder<? extends Greeter> builder)
            throws ReflectiveOperationException {
        return builder.make()
                .load(Greeter.class.getClassLoader(), ClassLoadingStrategy.UsingLookup.of(MethodHandles.lookup()))
                .getLoaded()
                .getDeclaredConstructor()
                .newInstance();
    }

    @Test
    void aGeneratedSubclassOverrides() throws Throwable {
        Greeter greeter = instance(new ByteBuddy()
                .subclass(Greeter.class)
                .method(ElementMatchers.named("greet"))
                .intercept(FixedValue.value("generated")));
        assertThat(run(() -> Greeter.through(greeter, "x"))).isEqualTo("generated 3 hidden x");
        assertThat(run(() -> greeter.greetTwice("x") + greeter.fixed("y") + greeter.greetPolitely("z")))
                .isEqualTo("generated, generatedfixed generateddear generated");
    }

    @Test
    void aGeneratedSubclassInAnotherLoaderOverrides() throws Throwable {
        Greeter greeter = new ByteBuddy()
                .subclass(Greeter.class)
                .method(ElementMatchers.named("greet"))
                .intercept(FixedValue.value("generated"))
                .make()
                .load(Greeter.class.getClassLoader(), ClassLoadingStrategy.Default.WRAPPER)
                .getLoaded()
                .getDeclaredConstructor()
                .newInstance();
        assertThat(run(() -> greeter.greet("x") + greeter.fixed("y"))).isEqualTo("generatedfixed generated");
    }

    @Test
    void aGeneratedSubclassThatInterceptsEverythingSeesPlainMethods() throws Throwable {
        List<String> called = new ArrayList<>();
        Greeter greeter = instance(new ByteBuddy()
                .subclass(Greeter.class)
                .method(ElementMatchers.isDeclaredBy(Greeter.class).or(ElementMatchers.isDeclaredBy(Greeting.class)))
                .intercept(InvocationHandlerAdapter.of((self, method, arguments) -> {
                    called.add(method.getName());
                    return method.getReturnType() == long.class ? (Object) 7L : "intercepted";
                })));
        assertThat(Trace.result(() -> Greeter.through(greeter, "x"), Plan.everythingSuspends()))
                .isEqualTo("intercepted 7 intercepted");
        assertThat(called).containsExactly("greet", "count", "hidden");
    }

    @Test
    void aGeneratedSubclassMayCallTheMethodThatItOverrides() throws Throwable {
        Greeter greeter = instance(new ByteBuddy()
                .subclass(Greeter.class)
                .method(ElementMatchers.named("greet"))
                .intercept(SuperMethodCall.INSTANCE));
        assertThat(Trace.result(() -> greeter.greet("x"), Plan.nothingSuspends()))
                .isEqualTo("hello x");
    }

    @Test
    void aHiddenSubclassOverridesWhereCallsAreGuarded() throws Throwable {
        Greeter greeter = (Greeter) hidden(Greeter.class, MethodHandles.lookup(), "greet");
        assertThat(run(() -> greeter.greetTwice("x"))).isEqualTo("generated, generated");
    }

    @Test
    @Tag("loaded") // by the agent
    void aHiddenSubclassThatOverridesIsRefusedWhereTheyAreNot() throws Exception {
        Class<?> base = CorpusLoader.rewritten(Compiler.compile("Base", """
                        public class Base {
                            public static java.lang.invoke.MethodHandles.Lookup lookup() {
                                return java.lang.invoke.MethodHandles.lookup();
                            }
                            @dev.weft.Async
                            public String greet() {
                                return dev.weft.agent.tests.corpus.Suspensions.p("base");
                            }
                            public String plain() {
                                return "plain";
                            }
                        }
                        """)).loadClass("Base");
        MethodHandles.Lookup lookup =
                (MethodHandles.Lookup) base.getMethod("lookup").invoke(null);
        assertThat(hidden(base, lookup, "plain")).isInstanceOf(base);
        assertThatThrownBy(() -> hidden(base, lookup, "greet"))
                .cause()
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("overrides greet, which is @Async")
                .hasMessageContaining("ordinary class");
    }

    private static Object hidden(Class<?> superclass, MethodHandles.Lookup lookup, String overridden)
            throws ReflectiveOperationException {
        byte[] classFile = new ByteBuddy()
                .subclass(superclass)
                .name(superclass.getName() + "Hidden")
                .method(ElementMatchers.named(overridden))
                .intercept(FixedValue.value("generated"))
                .make()
                .getBytes();
        return lookup.defineHiddenClass(classFile, true)
                .lookupClass()
                .getDeclaredConstructor()
                .newInstance();
    }

    public static final class Around {
        private Around() {}

        public static String intercept(@SuperCall java.util.concurrent.Callable<String> original) throws Exception {
            return "<" + original.call() + ">";
        }
    }

    @Test
    void aGeneratedSubclassMayDelegate() throws Throwable {
        Greeter greeter = new ByteBuddy()
                .subclass(Greeter.class)
                .method(ElementMatchers.named("greet"))
                .intercept(MethodDelegation.to(Around.class))
                .make()
                .load(Greeter.class.getClassLoader(), ClassLoadingStrategy.Default.WRAPPER)
                .getLoaded()
                .getDeclaredConstructor()
                .newInstance();
        assertThat(Trace.result(() -> greeter.greetTwice("x"), Plan.nothingSuspends()))
                .isEqualTo("<hello x>, <hello x>");
    }

    // mocks

    private static Greeter subclassMock() {
        return mock(Greeter.class, withSettings().mockMaker(MockMakers.SUBCLASS));
    }

    private static Greeter inlineMock() {
        return mock(Greeter.class, withSettings().mockMaker(MockMakers.INLINE));
    }

    private static void isMocked(Greeter greeter) throws Throwable {
        when(greeter.greet(any())).thenReturn("mocked");
        when(greeter.count(anyInt())).thenReturn(5L);
        assertThat(run(() -> greeter.greet(p("x")) + greeter.count(1))).isEqualTo("mocked5");
        verify(greeter, times(2)).greet("x");
        verify(greeter, times(2)).count(1);
    }

    @Test
    void aMockThatIsASubclass() throws Throwable {
        isMocked(subclassMock());
    }

    @Test
    void aMockOfTheClassItself() throws Throwable {
        isMocked(inlineMock());
        assertThat(run(() -> new Greeter().greet("x"))).isEqualTo("hello x");
    }

    @Test
    void aMockOfAFinalClass() throws Throwable {
        Final mock = mock(Final.class, withSettings().mockMaker(MockMakers.INLINE));
        when(mock.work(any(), anyInt())).thenReturn(5.5);
        assertThat(run(() -> mock.work(p(new long[0]), i(2)) + Final.through(mock, 3)))
                .isEqualTo(11.0);
        assertThat(run(() -> new Final().work(new long[1], 2))).isEqualTo(3.0);
    }

    static final class Final {
        @Async
        double work(long[] array, int number) {
            v();
            return array.length + d(number);
        }

        @Async
        static double through(Final object, int number) {
            return object.work(new long[0], i(number));
        }
    }

    @Test
    void mocksOfAnInterface() throws Throwable {
        for (String maker : List.of(MockMakers.SUBCLASS, MockMakers.INLINE)) {
            Greeting greeting = mock(Greeting.class, withSettings().mockMaker(maker));
            when(greeting.greet(any())).thenReturn("mocked");
            assertThat(run(() -> greeting.greet(p("x")))).isEqualTo("mocked");
            assertThat(run(() -> greeting.greetPolitely("x"))).isNull();
            verify(greeting, times(2)).greet("x");
        }
    }

    @Test
    void aMockOfACoroutine() throws Throwable {
        @SuppressWarnings("unchecked")
        Coroutine<String> mock = mock(Coroutine.class);
        when(mock.run()).thenReturn("mocked");
        assertThat(run(() -> mock.run() + p("!"))).isEqualTo("mocked!");
    }

    private static Greeter spy(String mockMaker) {
        return mock(
                Greeter.class,
                withSettings()
                        .spiedInstance(new Greeter())
                        .defaultAnswer(Answers.CALLS_REAL_METHODS)
                        .mockMaker(mockMaker));
    }

    @ParameterizedTest
    @ValueSource(strings = {MockMakers.SUBCLASS, MockMakers.INLINE})
    void aSpyCallsTheRealMethodUnlessStubbed(String mockMaker) throws Throwable {
        Greeter greeter = spy(mockMaker);
        assertThat(Trace.result(() -> greeter.greet(p("x")), Plan.nothingSuspends()))
                .isEqualTo("hello x");
        when(greeter.greet("y")).thenReturn("stubbed");
        assertThat(run(() -> greeter.greet(p("y")))).isEqualTo("stubbed");
        assertThat(Trace.result(() -> greeter.greetTwice("y"), Plan.nothingSuspends()))
                .isEqualTo("stubbed, stubbed");
        verify(greeter, times(4)).greet("y");
        verify(greeter).greet("x");
        verify(greeter).greetTwice("y");
        verifyNoMoreInteractions(greeter);
    }

    static class Loud extends Greeter {
        @Override
        public String greet(String name) {
            return "LOUD " + super.greet(p(name));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {MockMakers.SUBCLASS, MockMakers.INLINE})
    void aSpyMayCallTheMethodThatItsClassOverrides(String mockMaker) throws Throwable {
        Loud loud = mock(
                Loud.class,
                withSettings().defaultAnswer(Answers.CALLS_REAL_METHODS).mockMaker(mockMaker));
        assertThat(Trace.result(() -> loud.greetTwice(p("x")), Plan.nothingSuspends()))
                .isEqualTo("LOUD hello x, LOUD hello x");
        verify(loud, times(2)).greet("x");
        verify(loud).greetTwice("x");
        verifyNoMoreInteractions(loud);
    }

    @ParameterizedTest
    @ValueSource(strings = {MockMakers.SUBCLASS, MockMakers.INLINE})
    void aSpyWhoseRealMethodSuspendsIsRefused(String mockMaker) {
        Greeter greeter = spy(mockMaker);
        assertThatThrownBy(() -> Trace.result(() -> greeter.greet("x"), Plan.everythingSuspends()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Greeter.greet cannot suspend here");
    }

    // reflection

    @Test
    void reflectionThatDoesNotSuspend() throws Throwable {
        Method method = Greeter.class.getMethod("greet", String.class);
        assertThat(Trace.result(() -> method.invoke(new Greeter(), "x"), Plan.nothingSuspends()))
                .isEqualTo("hello x");
    }

    @Async
    static Object byReflection() throws ReflectiveOperationException {
        return Greeter.class.getMethod("greet", String.class).invoke(new Greeter(), "x");
    }

    @Async
    static Object byMethodHandle() throws Throwable {
        return (Object) MethodHandles.lookup()
                .unreflect(Greeter.class.getMethod("greet", String.class))
                .invoke(new Greeter(), "x");
    }

    @Test
    void reflectionThatSuspendsNamesItsCaller() {
        assertThatThrownBy(() -> Trace.result(() -> byReflection(), Plan.everythingSuspends()))
                .isInstanceOf(InvocationTargetException.class)
                .cause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Greeter.greet cannot suspend here")
                .hasMessageContaining("DispatchTest.byReflection");
    }

    @Test
    void aMethodHandleThatSuspendsNamesItsCaller() {
        assertThatThrownBy(() -> Trace.result(
                        () -> {
                            try {
                                return byMethodHandle();
                            } catch (Throwable e) {
                                throw new IllegalArgumentException(e);
                            }
                        },
                        Plan.everythingSuspends()))
                .cause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Greeter.greet cannot suspend here")
                .hasMessageContaining("DispatchTest.byMethodHandle");
    }

    @Test
    void reflectionShowsWhatItsAuthorWrote() {
        assertThat(Arrays.stream(Greeter.class.getDeclaredMethods())
                        .filter(method -> !method.isSynthetic())
                        .map(Method::getName))
                .containsExactlyInAnyOrder("greet", "count", "greetTwice", "fixed", "hidden", "through");
        assertThat(Arrays.stream(Greeting.class.getMethods())
                        .filter(method -> !method.isSynthetic())
                        .map(Method::getName))
                .containsExactlyInAnyOrder("greet", "greetPolitely", "both");
        assertThat(Coroutine.class.isAnnotationPresent(FunctionalInterface.class))
                .isTrue();
    }
}
