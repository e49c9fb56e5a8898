package readiness.ready.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FailureTest {
  private static String end(List<String> trace, @Nullable String observed) {
    return new Failure("it threw", trace, "nothing", observed, null, null, List.of()).end();
  }

  @Test
  void runsOfOneMistakeEndAlikeWhateverTheirDescriptorsAndAddresses() {
    assertThat(end(List.of("epoll_wait(−1)", "recv(7) → 0"), "fd 7 at\n  0x7f3c10b0"))
        .isEqualTo("recv(#) → #; fd # at #x")
        .isEqualTo(end(List.of("recv(9) → 0"), "fd 9 at 0x7fe5c0d0"));
    assertThat(end(List.of(), null)).isEqualTo("it threw");
  }

  @Test
  void anotherCallAndAnotherOrderOfMagnitudeEndOtherwise() {
    String end = end(List.of("recv(7) → 0"), "waits of [100, 60] ms");

    assertThat(end(List.of("send(7) → 0"), "waits of [100, 60] ms")).isNotEqualTo(end);
    assertThat(end(List.of("recv(7) → 0"), "waits of [100, 2050861] ms")).isNotEqualTo(end);
  }
}
