package dev.weft;

import static dev.weft.Asyncio.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Variables and contexts by themselves; how tasks and callbacks get theirs is in {@link TaskContextTest}. */
class ContextVarTest {
    private final ContextVar<String> variable = ContextVar.named("variable");
    private final ContextVar<Integer> other = ContextVar.withDefault("other", 0);

    @AfterEach
    void nothingLeaksIntoTheThread() {
        assertThat(CurrentContext.get()).isNull();
    }

    @Test
    void variableWithoutValueSaysSo() {
        assertThatThrownBy(variable::get)
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("<ContextVar name='variable'> has no value");
        assertThat(variable.get("fallback")).isEqualTo("fallback");
        assertThat(variable.orElse("fallback")).isEqualTo("fallback");
        assertThat(variable.isSet()).isFalse();
    }

    @Test
    void defaultStandsInForTheValue() {
        assertThat(other.get()).isZero();
        assertThat(other.get(5)).isEqualTo(5);
        assertThat(other.isSet()).isFalse();
        assertThat(other).hasToString("<ContextVar name='other' default=0>");
    }

    @Test
    void tokensUndoInAnyOrder() {
        Context.copy().run(() -> {
            var first = variable.set("first");
            var second = variable.set("second");
            variable.reset(first);
            assertThat(variable.isSet()).isFalse();
            variable.reset(second);
            assertThat(variable.get()).isEqualTo("first");
        });
    }

    @Test
    void tokenWorksOnce() {
        Context.copy().run(() -> {
            var token = variable.set("value");
            variable.reset(token);
            assertThatThrownBy(() -> variable.reset(token))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("has already been used once");
            assertThat(token).hasToString("<Token used of <ContextVar name='variable'>>");
        });
    }

    @Test
    void tokenBelongsToItsVariable() {
        ContextVar<String> twin = ContextVar.named("variable");
        Context.copy().run(() -> {
            var token = variable.set("value");
            assertThat(token.variable()).isSameAs(variable);
            assertThatThrownBy(() -> twin.reset(token))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("different variable");
            assertThat(variable.get()).isEqualTo("value");
        });
    }

    @Test
    void tokenBelongsToItsContext() {
        var token = Context.copy().run(() -> variable.set("value"));
        assertThatThrownBy(() -> variable.reset(token))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("different context");
        assertThatThrownBy(() -> Context.copy().run(() -> variable.reset(token)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void closingATokenResets() {
        Context.empty().run(() -> {
            try (var token = variable.set("value")) {
                assertThat(variable.get()).isEqualTo("value");
                token.close();
                assertThat(variable.isSet()).isFalse();
            }
            assertThat(variable.isSet()).isFalse();
        });
    }

    @Test
    void nullIsAValue() {
        Context context = Context.empty();
        context.run(() -> {
            variable.set(null);
            assertThat(variable.get("fallback")).isNull();
            assertThat(variable.isSet()).isTrue();
        });
        assertThat(context.contains(variable)).isTrue();
        assertThat(context.get(variable)).isNull();
    }

    @Test
    void copiesGoTheirOwnWays() {
        Context original = Context.empty();
        Context copy = original.run(() -> {
            variable.set("shared");
            Context taken = Context.copy();
            variable.set("original");
            return taken;
        });
        copy.run(() -> {
            assertThat(variable.get()).isEqualTo("shared");
            other.set(1);
        });
        assertThat(original.get(variable)).isEqualTo("original");
        assertThat(original.contains(other)).isFalse();
        assertThat(copy.variables()).containsExactly(variable, other);
        assertThat(copy.size()).isEqualTo(2);
        assertThat(copy.getOrDefault(other, 7)).isEqualTo(1);
        assertThat(original.getOrDefault(other, 7)).isEqualTo(7);
        assertThat(original.get(other)).isNull();
        assertThat(copy).hasToString("<Context variable=shared, other=1>");
    }

    @Test
    void whatRunsInAContextChangesIt() {
        Context context = Context.empty();
        context.run(() -> variable.set("value"));
        assertThat(variable.isSet()).isFalse();
        assertThat(context.get(variable)).isEqualTo("value");
        assertThat(context.run(() -> variable.get())).isEqualTo("value");
    }

    @Test
    void contextCannotBeEnteredTwice() {
        Context context = Context.empty();
        context.run(() -> {
            assertThatThrownBy(() -> context.run(() -> {}))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("entered already");
            Context.copy()
                    .run(() ->
                            assertThatThrownBy(() -> context.run(() -> {})).isInstanceOf(IllegalStateException.class));
        });
        context.run(() -> {});
    }

    @Test
    void contextIsLeftWhenItsCodeThrows() {
        Context context = Context.empty();
        assertThatThrownBy(() -> context.run(() -> {
                    variable.set("value");
                    throw new IOException("checked");
                }))
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(IOException.class);
        assertThatThrownBy(() -> context.run((Runnable) () -> {
                    throw new IllegalStateException("unchecked");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("unchecked");
        assertThat(variable.isSet()).isFalse();
        assertThat(context.get(variable)).isEqualTo("value");
    }

    @Test
    void threadsHaveContextsOfTheirOwn() throws InterruptedException {
        List<String> seen = new ArrayList<>();
        try (var token = variable.set("mine")) {
            Thread thread = new Thread(() -> {
                seen.add(variable.get("none"));
                variable.set("theirs");
                seen.add(variable.get());
            });
            thread.start();
            thread.join();
            assertThat(variable.get()).isEqualTo("mine");
            assertThat(token.variable()).isSameAs(variable);
        }
        assertThat(seen).containsExactly("none", "theirs");
        CurrentContext.set(null);
    }

    @Test
    void contextThreads1() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(10);
        List<Future<Integer>> results = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            int number = i;
            results.add(threads.submit(() -> Context.copy().run(() -> {
                for (int round = 0; round < 10; round++) {
                    other.set(number + round);
                    Thread.yield();
                    assertThat(other.get()).isEqualTo(number + round);
                }
                return number;
            })));
        }
        for (int i = 0; i < 10; i++) {
            assertThat(results.get(i).get()).isEqualTo(i);
        }
        assertThat(threads.submit(() -> other.get()).get()).isZero();
        threads.shutdown();
    }

    @Test
    void contextIsEnteredByOneThreadAtATime() throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        Context context = Context.empty();
        context.run(() -> assertThatThrownBy(
                        () -> thread.submit(() -> context.run(() -> {})).get())
                .hasRootCauseInstanceOf(IllegalStateException.class));
        thread.submit(() -> context.run(() -> other.set(1))).get();
        assertThat(context.get(other)).isEqualTo(1);
        thread.shutdown();
    }

    @Test
    void whereLimitsAValueToCode() {
        TestLoop.run(() -> {
            String result = variable.where("outer", () -> {
                sleep(Duration.ZERO);
                variable.where("inner", () -> {
                    sleep(Duration.ZERO);
                    assertThat(variable.get()).isEqualTo("inner");
                });
                other.set(1);
                return variable.get();
            });
            assertThat(result).isEqualTo("outer");
            assertThat(variable.isSet()).isFalse();
            assertThat(other.get()).isEqualTo(1);
        });
    }

    @Test
    void whereEndsWithTheFailureOfItsBody() {
        TestLoop.run(() -> {
            assertThatThrownBy(() -> variable.where("value", () -> {
                        throw new IOException("checked");
                    }))
                    .hasCauseInstanceOf(IOException.class);
            assertThat(variable.isSet()).isFalse();
        });
    }

    @Test
    void whereNeedsNoLoopAsLongAsNothingSuspends() {
        Context.empty().run(() -> {
            assertThat(variable.<String>where("value", () -> variable.get())).isEqualTo("value");
            assertThat(variable.isSet()).isFalse();
        });
    }

    @Test
    void manyVariablesInOneContext() {
        List<ContextVar<Integer>> variables = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            variables.add(ContextVar.named("v" + i));
        }
        Context.empty().run(() -> {
            List<ContextVar.Token<Integer>> tokens = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                tokens.add(variables.get(i * 7 % 50).set(i * 7 % 50));
            }
            for (int i = 0; i < 50; i++) {
                assertThat(variables.get(i).get()).isEqualTo(i);
            }
            Context full = Context.copy();
            assertThat(full.variables()).containsExactlyElementsOf(variables);
            for (int i = 0; i < 50; i += 2) {
                tokens.get(i).variable().reset(tokens.get(i));
            }
            assertThat(Context.copy().size()).isEqualTo(25);
            assertThat(full.size()).isEqualTo(50);
        });
    }
}
