package readiness.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import readiness.kernel.Call;
import readiness.kernel.Epoll;
import readiness.timeline.Lane.Kind;

/** Whose a call is. */
class LanesTest {
  private final Run run = Recordings.run(Recordings.story());
  private final List<Lane> lanes = Lanes.of(run.lines());

  private Lane lane(String name) {
    return lanes.stream().filter(lane -> lane.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void everyoneHasALaneInOrder() {
    assertThat(lanes)
        .extracting(Lane::kind, Lane::name, Lane::fd)
        .containsExactly(
            tuple(Kind.WAITS, "the loop", 3),
            tuple(Kind.LISTENER, "listener", 5),
            tuple(Kind.WAKE_UP, "wake-up", 4),
            tuple(Kind.CONNECTION, "alice", 6),
            tuple(Kind.CONNECTION, "bob", 6),
            tuple(Kind.CONNECTION, "unknown", 99),
            tuple(Kind.OTHER, "carol", -1));
  }

  @Test
  void aNumberBelongsToWhoeverHasItAtTheTime() {
    assertThat(lane("alice").calls()).extracting(Line::call).endsWith(Call.CLOSE);
    assertThat(lane("alice").isClosed()).isTrue();
    assertThat(lane("bob").calls()).extracting(Line::call).containsExactly(Call.RECV, Call.RECV);
    assertThat(lane("bob").isClosed()).isFalse();
  }

  @Test
  void noCallIsLost() {
    List<Line> placed =
        lanes.stream()
            .flatMap(lane -> Stream.concat(lane.calls().stream(), lane.notes().stream()))
            .toList();

    assertThat(placed).containsExactlyInAnyOrderElementsOf(run.lines());
  }

  @Test
  void whereARecordingBeginsLateNumbersAreUnknown() {
    List<Lane> late = Lanes.of(run.lines().subList(12, run.lines().size()));

    assertThat(late).extracting(Lane::name).contains("the loop", "unknown", "bob");
  }

  @Test
  void whatAClientDidBeforeItWasLetInIsItsOwn() {
    assertThat(lane("alice").notes())
        .extracting(note -> note.entry().text())
        .containsExactly("alice connects", "alice sends 10,000 bytes");
    assertThat(lane("carol").notes())
        .extracting(note -> note.entry().text())
        .contains("carol connects");
  }

  @Test
  void bytesAndWhatIsKeptOfThemAddUp() {
    assertThat(lane("alice").bytesIn()).isEqualTo(10_000);
    assertThat(lane("alice").bytesOut()).isEqualTo(4_000);
    assertThat(lane("alice").mostKept()).isEqualTo(6_000);
    assertThat(lane("alice").partial()).isEqualTo(1);
    assertThat(lane("alice").controls()).isEqualTo(3);
  }

  @Test
  void whatIsWatchedAndReportedIsKnownWithItsTime() {
    assertThat(lane("alice").watched())
        .extracting(Lane.Flags::flags)
        .containsExactly(
            Epoll.EPOLLIN, Epoll.EPOLLIN | Epoll.EPOLLOUT, Lane.NOT_WATCHED, Lane.NOT_WATCHED);
    assertThat(lane("alice").reports()).extracting(Lane.Flags::flags).contains(Epoll.EPOLLIN);
    assertThat(lane("listener").reports()).hasSize(3);
  }

  @Test
  void aClientMayComeAgainUnderItsName() {
    List<Lane> again =
        Lanes.of(
            Recordings.run(
                    List.of(
                        Recordings.note(0, "eve", "connects"),
                        Recordings.accept(1_000, 6, "eve"),
                        Recordings.call(Call.CLOSE, 2_000, 3_000, 6, 0, 0),
                        Recordings.accept(4_000, 6, "eve"),
                        Recordings.note(6_000, "eve", "closes")))
                .lines());

    assertThat(again)
        .filteredOn(lane -> lane.name().equals("eve"))
        .extracting(lane -> lane.notes().size())
        .containsExactly(1, 1);
  }
}
