package example;

import static dev.weft.Asyncio.*;

import dev.weft.Async;
import dev.weft.AsyncSupplier;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.aopalliance.intercept.MethodInterceptor;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.NameMatchMethodPointcut;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.BridgeMethodResolver;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ReflectionUtils;

/**
 * A small application context whose beans have suspending methods; prints what became of each. Not below dev.weft, where
 * twins count as written by hand.
 */
public final class SpringProgram {
    private SpringProgram() {}

    public static void main(String[] args) {
        try (var context = new AnnotationConfigApplicationContext(Application.class)) {
            Application application = context.getBean(Application.class);
            Shop shop = context.getBean("shop", Shop.class);
            Shop advised = context.getBean("advised", Shop.class);
            Shop frozen = context.getBean("frozen", Shop.class);
            Pricing byInterface = context.getBean("byInterface", Pricing.class);
            print("configuration class is enhanced", () -> application.getClass() != Application.class);
            print("its beans are single", () -> application.shop() == shop && application.opened() == 1);
            print("its own coroutine", () -> run(() -> application.report()));
            print("bean", () -> run(() -> shop.price("tea")));
            print("method without advice of a frozen proxy", () -> run(() -> frozen.price("tea")));
            print("method without advice", () -> run(() -> advised.price("tea")));
            print("advised method that does not suspend", () -> run(() -> advised.stock("tea")) + " " + Advice.SEEN);
            print("advised method that suspends", () -> run(() -> advised.order("tea")));
            print("interface proxy that does not suspend", () -> run(() -> byInterface.stock("tea")));
            print("interface proxy that suspends", () -> run(() -> byInterface.order("tea")));
            context.publishEvent("event");
            print("listener was called", () -> shop.events);
            print("annotated methods", () -> annotatedMethods(Shop.class));
            print("annotated methods of the proxy", () -> annotatedMethods(advised.getClass()));
            print("methods of the interface", () -> names(Pricing.class));
            print("bridges", () -> bridged(Shop.class));
        }
    }

    private static void print(String name, Supplier<?> result) {
        try {
            System.out.println(name + ": " + result.get());
        } catch (IllegalStateException e) {
            System.out.println(name + " fails: " + e.getMessage());
        }
    }

    /** What frameworks do to find their annotations. */
    private static List<String> annotatedMethods(Class<?> type) {
        return MethodIntrospector.selectMethods(
                        type, (Method method) -> AnnotatedElementUtils.hasAnnotation(method, EventListener.class))
                .stream()
                .map(Method::getName)
                .toList();
    }

    private static List<String> names(Class<?> type) {
        List<String> names = new ArrayList<>();
        ReflectionUtils.doWithMethods(type, method -> names.add(method.getName()), method -> !method.isSynthetic());
        return names.stream().sorted().toList();
    }

    private static boolean bridged(Class<?> type) {
        boolean same = true;
        for (Method method : ReflectionUtils.getDeclaredMethods(type)) {
            Method target = BridgeMethodResolver.findBridgedMethod(method);
            same &= target.getName().equals(method.getName());
        }
        return same;
    }

    /** An interface for proxies. */
    public interface Pricing extends AsyncSupplier<String> {
        @Async
        String price(String article);

        @Async
        int stock(String article);

        @Async
        String order(String article);
    }

    /** Its subclass by CGLIB intercepts the bean methods. */
    @Configuration
    public static class Application {
        private int opened;

        @Bean
        public Shop shop() {
            opened++;
            return new Shop();
        }

        @Bean
        public Shop advised() {
            ProxyFactory factory = proxies(new Shop());
            factory.setProxyTargetClass(true);
            return (Shop) factory.getProxy();
        }

        @Bean
        public Shop frozen() {
            ProxyFactory factory = proxies(new Shop());
            factory.setProxyTargetClass(true);
            factory.setFrozen(true);
            return (Shop) factory.getProxy();
        }

        @Bean
        public Pricing byInterface() {
            ProxyFactory factory = proxies(new Shop());
            factory.setInterfaces(Pricing.class);
            return (Pricing) factory.getProxy();
        }

        private static ProxyFactory proxies(Shop target) {
            NameMatchMethodPointcut pointcut = new NameMatchMethodPointcut();
            pointcut.setMappedNames("stock*", "order*");
            ProxyFactory factory = new ProxyFactory(target);
            factory.addAdvisor(new DefaultPointcutAdvisor(pointcut, new Advice().around()));
            return factory;
        }

        int opened() {
            return opened;
        }

        @Async
        public String report() {
            sleep(Duration.ZERO);
            return shop().price("coffee") + ", " + opened;
        }
    }

    /** Notes the methods that it is told of. */
    static final class Advice {
        static final List<String> SEEN = new ArrayList<>();

        MethodInterceptor around() {
            return invocation -> {
                SEEN.add(invocation.getMethod().getName());
                return invocation.proceed();
            };
        }
    }

    /** A bean. */
    public static class Shop implements Pricing {
        final List<String> events = new ArrayList<>();

        @Override
        @Async
        public String price(String article) {
            sleep(Duration.ZERO);
            return article + " " + stock(article);
        }

        @Override
        public int stock(String article) {
            if (article.isEmpty()) {
                sleep(Duration.ZERO);
            }
            return article.length();
        }

        @Override
        public String order(String article) {
            sleep(Duration.ZERO);
            return "ordered " + article;
        }

        @Override
        public String get() {
            return "shop";
        }

        @Async
        @EventListener
        public void on(String event) {
            events.add(event);
            if (event.isEmpty()) {
                sleep(Duration.ZERO);
            }
        }
    }
}
