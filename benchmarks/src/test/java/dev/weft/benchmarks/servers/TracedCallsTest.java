package dev.weft.benchmarks.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TracedCallsTest {
    private static final List<String> TRACE = List.of(
            "10    futex(0x7f, FUTEX_WAIT, 0, NULL <unfinished ...>",
            "11    epoll_wait(6, [{events=EPOLLIN}], 1024, -1) = 1",
            "11    read(7, \"abc\\n\"..., 65536) = 4",
            "11    write(7, \"abc\\n\"..., 4)  = 4",
            "11    epoll_wait(6,  <unfinished ...>",
            "10    <... futex resumed>)             = -1 ETIMEDOUT",
            "11    <... epoll_wait resumed>[{events=EPOLLIN}], 1024, -1) = 1",
            "11    read(7, \"abc\\n\"..., 65536) = 4",
            "11    write(7, \"abc\\n\"..., 4)  = 4",
            "11    epoll_wait(6,  <unfinished ...>",
            "11    <... epoll_wait resumed> <detached ...>");

    @Test
    void callsOfTheLoopAreCountedUpToTheLastWrite() {
        assertThat(TracedCalls.read(TRACE).ofLoop()).isEqualTo(Map.of("epoll_wait", 2, "read", 2, "write", 2));
    }

    @Test
    void otherCallsAmongThemAreCountedToo() {
        List<String> disturbed = List.of(
                "11 read(7, \"\", 1) = 1",
                "11 epoll_ctl(6, EPOLL_CTL_MOD, 7) = 0",
                "11 write(7, \"\", 1) = 1",
                "11 epoll_wait(6, [], 1, 0) = 0");

        assertThat(TracedCalls.read(disturbed).ofLoop()).isEqualTo(Map.of("read", 1, "epoll_ctl", 1, "write", 1));
    }

    @Test
    void writesOfOtherThreadsWakeTheLoop() {
        List<String> woken =
                List.of("11 epoll_wait(6, [], 1, 0) = 0", "11 read(8, \"\", 8) = 8", "12 write(8, \"\", 8) = 8");

        assertThat(TracedCalls.read(woken).writesOfOthers()).isEqualTo(1);
        assertThat(TracedCalls.read(TRACE).writesOfOthers()).isZero();
    }

    @Test
    void aServerWithoutALoopIsNone() {
        assertThatThrownBy(() -> TracedCalls.read(List.of("12 write(8, \"\", 8) = 8")))
                .isInstanceOf(IllegalStateException.class);
    }
}
