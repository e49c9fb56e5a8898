package readiness.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import readiness.kernel.Call;
import readiness.kernel.Recording;

/** Where a time is. */
class AxisTest {
  private static final Axis.Widths WIDTHS = new Axis.Widths(10, 5, 50, 20);

  private static Axis axis(Recording.Entry... entries) {
    return new Axis(Recordings.run(List.of(entries)).lines(), true, WIDTHS);
  }

  @Test
  void whatIsShortIsToScale() {
    Axis axis =
        axis(
            Recordings.call(Call.RECV, 0, 1_000, 6, 9, 9),
            Recordings.call(Call.SEND, 2_000, 4_000, 6, 9, 9));

    assertThat(axis.x(0)).isZero();
    assertThat(axis.x(1_000)).isEqualTo(10);
    assertThat(axis.x(1_500)).isEqualTo(15);
    assertThat(axis.x(2_000)).isEqualTo(20);
    assertThat(axis.x(4_000)).isEqualTo(40);
    assertThat(axis.width()).isEqualTo(40);
    assertThat(axis.cuts()).isEmpty();
  }

  @Test
  void aLongWaitIsCutAndTheCutIsNamed() {
    long second = 1_000_000_000;
    Axis axis =
        axis(
            Recordings.call(Call.EPOLL_WAIT, 0, second, 3, -1, 1),
            Recordings.call(Call.RECV, second, second + 1_000, 6, 9, 9));

    assertThat(axis.x(second)).isEqualTo(50);
    assertThat(axis.width()).isEqualTo(60);
    assertThat(axis.cuts())
        .singleElement()
        .matches(cut -> cut.from() == 0 && cut.to() == second && cut.x() > 0 && cut.x() < 50);
  }

  @Test
  void whatPassesBetweenCallsIsCutEarlierThanAWait() {
    Axis axis =
        axis(
            Recordings.call(Call.RECV, 0, 1_000, 6, 9, 9),
            Recordings.call(Call.SEND, 900_000, 901_000, 6, 9, 9));

    assertThat(axis.width()).isEqualTo(40);
    assertThat(axis.cuts()).hasSize(1);
  }

  @Test
  void aCallIsNeverTooNarrowToBeSeenNeitherWhenSomethingHappensInIt() {
    Axis axis =
        axis(
            Recordings.note(10, "alice", "sends 1 byte"),
            Recordings.call(Call.RECV, 0, 40, 6, 9, 9));

    assertThat(axis.width()).isCloseTo(5, within(1e-9));
    assertThat(axis.x(10)).isCloseTo(1.25, within(1e-9));
  }

  @Test
  void timeNeverGoesBack() {
    Run run = Recordings.run(Recordings.story());
    Axis axis = new Axis(run.lines(), true, WIDTHS);
    double last = -1;
    for (long time : axis.times()) {
      assertThat(axis.x(time)).isGreaterThan(last);
      last = axis.x(time);
    }
    assertThat(axis.x(Long.MIN_VALUE)).isZero();
    assertThat(axis.x(Long.MAX_VALUE)).isEqualTo(axis.width());
  }

  @Test
  void nothingAtAllHasNoWidth() {
    assertThat(axis().width()).isZero();
  }
}
