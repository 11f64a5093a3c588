package dev.weft;

import static dev.weft.Asyncio.*;
import static dev.weft.TestLoop.ms;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.weft.spi.MicrometerCarrier;
import dev.weft.spi.ThreadLocalCarrier;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ContextSnapshotFactory;
import io.micrometer.context.ThreadLocalAccessor;
import io.micrometer.context.integration.Slf4jThreadLocalAccessor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** The MDC of a real logging library, by a carrier of one's own and by Micrometer's context propagation. */
class MdcTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger("request");
    private final List<String> logged = new CopyOnWriteArrayList<>(); // any thread logs
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            logged.add(event.getMDCPropertyMap() + " " + event.getMessage());
        }
    };

    @BeforeEach
    void listen() {
        logger.setAdditive(false);
        logger.addAppender(appender);
        appender.start();
    }

    @AfterEach
    void nothingIsLeftOnTheThread() {
        assertThat(MDC.get("request")).isNull();
        logger.detachAppender(appender);
    }

    private static final class MdcCarrier implements ThreadLocalCarrier<Map<String, String>> {
        @Override
        public Map<String, String> capture() {
            return MDC.getCopyOfContextMap();
        }

        @Override
        public Scope enter(Map<String, String> values) {
            Map<String, String> before = MDC.getCopyOfContextMap();
            MDC.setContextMap(values);
            return () -> MDC.setContextMap(before);
        }
    }

    @Test
    void mdcFollowsTasks() {
        handleRequests(new MdcCarrier());
    }

    @Test
    void mdcFollowsTasksByMicrometer() {
        ContextRegistry registry = new ContextRegistry();
        registry.registerThreadLocalAccessor(new Slf4jThreadLocalAccessor());
        handleRequests(carrier(registry));
    }

    private void handleRequests(ThreadLocalCarrier<?> carrier) {
        try (TestLoop test = new TestLoop()) {
            test.loop.addThreadLocalCarrier(carrier);
            test.complete(() -> gather(() -> handle("a", 3), () -> handle("b", 2)));
            assertThat(test.errors).isEmpty();
        }
        assertThat(logged)
                .containsExactlyInAnyOrder(
                        "{request=a} begin",
                        "{request=b} begin",
                        "{request=b} child",
                        "{request=b} thread",
                        "{request=b} end",
                        "{request=a} child",
                        "{request=a} thread",
                        "{request=a} end");
    }

    @Async
    private void handle(String request, int millis) {
        MDC.put("request", request);
        logger.info("begin");
        sleep(ms(millis));
        await(createTask(() -> {
            sleep(Duration.ZERO);
            logger.info("child");
            MDC.put("request", "changed by the child");
        }));
        toThread(() -> logger.info("thread"));
        logger.info("end");
        MDC.remove("request");
        sleep(ms(1));
        assertThat(MDC.get("request")).isNull();
    }

    @Test
    void scopesOfMicrometerAreBalanced() {
        Spans spans = new Spans();
        ContextRegistry registry = new ContextRegistry();
        registry.registerThreadLocalAccessor(spans);
        spans.set("outer");
        try (TestLoop test = new TestLoop()) {
            test.loop.addThreadLocalCarrier(carrier(registry));
            List<String> seen = new ArrayList<>();
            test.complete(() -> {
                seen.add(spans.getValue());
                spans.set("task");
                sleep(ms(1));
                seen.add(spans.getValue());
                spans.set(null);
                sleep(ms(1));
                seen.add(spans.getValue());
            });
            assertThat(seen).containsExactly("outer", "task", null);
        }
        assertThat(spans.getValue()).isEqualTo("outer");
        assertThat(spans.entered).isZero();
    }

    private static MicrometerCarrier carrier(ContextRegistry registry) {
        return new MicrometerCarrier(ContextSnapshotFactory.builder()
                .contextRegistry(registry)
                .clearMissing(true)
                .build());
    }

    /** As a tracing library has it: what is set is restored, in nested scopes. */
    private static final class Spans implements ThreadLocalAccessor<String> {
        private final ThreadLocal<String> current = new ThreadLocal<>();
        private int entered;

        void set(String value) {
            current.set(value);
        }

        @Override
        public Object key() {
            return "span";
        }

        @Override
        public String getValue() {
            return current.get();
        }

        @Override
        public void setValue(String value) {
            entered++;
            current.set(value);
        }

        @Override
        public void setValue() {
            entered++;
            current.remove();
        }

        @Override
        public void restore(String previous) {
            entered--;
            current.set(previous);
        }

        @Override
        public void restore() {
            entered--;
            current.remove();
        }
    }
}
