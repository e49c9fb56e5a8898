package readiness.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import readiness.epoll.LinuxEpoll;
import readiness.measure.Jvm;
import readiness.measure.Respondent;

/** What one chapter's experiments stand on stays away from those of another. */
class RoomsTest {
  private static List<String> classPath(String id) {
    return List.of(Experiments.roomOf(id).classPath().split(File.pathSeparator));
  }

  private static String home(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }

  @Test
  void anExperimentRunsOnWhatItsChapterNamesAndNothingElse() throws Exception {
    assertThat(classPath("busy-loop"))
        .contains(home(LinuxEpoll.class), home(Respondent.class))
        .doesNotContain(home(Test.class));
    assertThat(classPath("gc-cycle"))
        .as("chapter 0 has not heard of the loop")
        .contains(home(Respondent.class))
        .doesNotContain(home(LinuxEpoll.class));
  }

  @Test
  void theOthersAreNotMissedWhenOneRuns() throws Exception {
    Room room = Experiments.roomOf("gc-cycle");
    try (Respondent program =
        Jvm.on(room.classPath())
            .start("gc-cycle", ExperimentProgram.class, room.name(), "gc-cycle", "SMALL")) {
      assertThat(program.line()).startsWith(ExperimentProgram.PROGRESS);
    }
  }

  @Test
  void eachExperimentHasANameOfItsOwn() {
    assertThat(Experiments.all())
        .extracting(each -> each.description().id())
        .doesNotHaveDuplicates();
  }
}
