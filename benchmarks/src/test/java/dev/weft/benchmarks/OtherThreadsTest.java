package dev.weft.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class OtherThreadsTest {
    @Test
    void threadsThatBeganMeanwhileCountAndThoseThatEndedDoNot() {
        OtherThreads before = new OtherThreads(Map.of("lives", 20L, "ends", 9L));
        OtherThreads after = new OtherThreads(Map.of("lives", 50L, "begins", 7L));

        assertThat(after.since(before)).isEqualTo(37);
    }
}
