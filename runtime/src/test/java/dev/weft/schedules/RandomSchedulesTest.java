package dev.weft.schedules;

import org.junit.jupiter.api.Test;

/**
 * Tasks that are cancelled at random moments. {@code -Dweft.schedules=10000} plays that many schedules in each test,
 * {@code -Dweft.schedules.seed=1} begins with that seed.
 */
class RandomSchedulesTest {
    @Test
    void locks() {
        Schedules.random((moments, seed) -> new LockScenario(moments, seed, 6, 4));
    }

    @Test
    void semaphores() {
        Schedules.random((moments, seed) -> new SemaphoreScenario(moments, seed, 7, 4));
    }

    @Test
    void events() {
        Schedules.random((moments, seed) -> new EventScenario(moments, seed, 5, 4));
    }

    @Test
    void conditions() {
        Schedules.random((moments, seed) -> new ConditionScenario(moments, seed, 4, 4));
    }

    @Test
    void barriers() {
        Schedules.random((moments, seed) -> new BarrierScenario(moments, seed, 7, 4));
    }

    @Test
    void queues() {
        Schedules.random((moments, seed) -> new QueueScenario(moments, seed, 8, 5));
    }

    @Test
    void scopes() {
        Schedules.random((moments, seed) -> new ScopesScenario(moments, seed, 3, 4));
    }

    @Test
    void tasks() {
        Schedules.random((moments, seed) -> new TasksScenario(moments, seed, 3, 4));
    }

    @Test
    void generators() {
        Schedules.random((moments, seed) -> new GeneratorsScenario(moments, seed, 4, 3));
    }
}
