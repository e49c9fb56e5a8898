package readiness.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import readiness.kernel.Recording;

/** Calls as strace(1) prints them, and what they mean. */
class StraceTest {
  private final Run run = Recordings.run(Recordings.story());

  @Test
  void theStoryAsStracePrintsIt() {
    assertThat(run.lines().stream().filter(line -> !line.isNote()).map(Strace::of))
        .containsExactly(
            "epoll_create1(…) = 3",
            "eventfd(…) = 4",
            "socket(…) = 5",
            "bind(5, 127.0.0.1:7007) = 0",
            "listen(5, 8) = 0",
            "epoll_ctl(…, EPOLL_CTL_ADD, 4, {EPOLLIN|EPOLLET}) = 0",
            "epoll_ctl(…, EPOLL_CTL_ADD, 5, {EPOLLIN}) = 0",
            "epoll_wait(3, [{EPOLLIN, fd=5}], …, -1) = 1",
            "accept4(5, …) = 6",
            "epoll_ctl(…, EPOLL_CTL_ADD, 6, {EPOLLIN}) = 0",
            "epoll_wait(3, [{EPOLLIN, fd=6}], …, -1) = 1",
            "recv(6, …, 20000) = 10000",
            "recv(6, …, 20000) = -1 EAGAIN (Resource temporarily unavailable)",
            "send(6, …, 10000) = 4000",
            "epoll_ctl(…, EPOLL_CTL_MOD, 6, {EPOLLIN|EPOLLOUT}) = 0",
            "epoll_wait(3, [], …, 40) = 0",
            "epoll_ctl(…, EPOLL_CTL_DEL, 6, NULL) = 0",
            "close(6) = 0",
            "epoll_wait(3, [{EPOLLIN, fd=5}], …, -1) = 1",
            "accept4(5, …) = 6",
            "recv(6, …, 100) = 2",
            "recv(6, …, 100) = 0",
            "recv(99, …, 100) = -1 EBADF (Bad file descriptor)",
            "epoll_wait(3, [{EPOLLIN, fd=5}], …, -1) = 1");
  }

  @Test
  void whatACallMeansIsSaidInWords() {
    Caption caption = new Caption(run);
    List<String> remarks =
        run.lines().stream().map(caption::remark).filter(remark -> !remark.isEmpty()).toList();

    assertThat(remarks)
        .contains(
            "alice is let in",
            "nothing there now",
            "the socket took 4,000 of 10,000 bytes: it has no more room",
            "returned after 40 ms, with no event",
            "the peer has finished sending");
  }

  @Test
  void aRealCallSaysHowLongItTook() {
    List<Recording.Entry> entries = Recordings.story();
    Run real = new Run("story", "", List.of(), false, entries, null);

    assertThat(real.lines().stream().map(new Caption(real)::remark))
        .contains("took 1 µs", "alice is let in; took 1 µs");
  }

  @Test
  void timesHaveThreeDigitsAndAUnit() {
    assertThat(Time.span(7)).isEqualTo("7 ns");
    assertThat(Time.span(1_000)).isEqualTo("1 µs");
    assertThat(Time.span(12_340)).isEqualTo("12.3 µs");
    assertThat(Time.span(999_999)).isEqualTo("1000 µs");
    assertThat(Time.span(2_500_000)).isEqualTo("2.5 ms");
    assertThat(Time.span(61_000_000_000L)).isEqualTo("61 s");
    assertThat(Time.at(1_234_567_890)).isEqualTo("1,234.568");
  }
}
