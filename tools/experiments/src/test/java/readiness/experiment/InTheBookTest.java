package readiness.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The book and the experiments say the same. */
class InTheBookTest {
  private static final Path CHAPTERS = Path.of(System.getProperty("readiness.root"), "chapters");

  static List<Experiment> experiments() {
    return Experiments.all();
  }

  private static List<Path> files(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).toList();
    }
  }

  private static String text(String chapter) throws IOException {
    StringBuilder text = new StringBuilder();
    for (Path file : files(CHAPTERS.resolve(chapter), ".adoc")) {
      text.append(Files.readString(file)).append('\n');
    }
    return text.toString();
  }

  @ParameterizedTest
  @MethodSource("experiments")
  void eachClaimIsOnTrialInItsChapterWhichNamesTheExperiment(Experiment experiment)
      throws IOException {
    Description description = experiment.description();
    for (Description.Trial trial : description.trials()) {
      assertThat(text(trial.chapter()).lines())
          .as("chapters/%s", trial.chapter())
          .contains(".On trial: " + trial.claim());
      assertThat(text(trial.chapter())).contains("./ready experiment " + description.id());
    }
  }

  @ParameterizedTest
  @MethodSource("experiments")
  void figuresShowTheNumbersBesideThemAndTheseGiveTheVerdictThatStandsThere(Experiment experiment)
      throws IOException {
    String id = experiment.description().id();
    List<Path> measured =
        files(CHAPTERS, ".json").stream()
            .filter(file -> file.endsWith(Path.of("measured", id + ".json")))
            .toList();
    assertThat(measured).as("chapters/*/measured/%s.json", id).hasSize(1);
    Result report = Result.read(measured.getFirst());
    assertThat(report.experiment()).isEqualTo(id);
    assertThat(experiment.conclude(report.table())).isEqualTo(report.conclusion());
    assertThat(report.conclusion().verdict()).isNotEqualTo(Conclusion.Verdict.OPEN);

    Path figure = measured.getFirst().resolve("../../figures/" + id + ".svg").normalize();
    assertThat(experiment.chart(report.table()).svg())
        .as("%s; ./ready author figures draws it", figure)
        .isEqualTo(Files.readString(figure));
  }

  @ParameterizedTest
  @MethodSource("experiments")
  void theBooksVerdictIsThatOfTheExperiment(Experiment experiment) throws IOException {
    String id = experiment.description().id();
    for (Description.Trial trial : experiment.description().trials()) {
      String chapter = text(trial.chapter());
      int begin = chapter.indexOf(".On trial: " + trial.claim());
      String after = chapter.substring(begin);
      String verdict =
          after
              .lines()
              .filter(line -> line.startsWith("*Verdict: "))
              .findFirst()
              .orElse("no verdict");
      String measured =
          files(CHAPTERS, id + ".json").stream()
              .map(InTheBookTest::verdict)
              .collect(Collectors.joining());
      assertThat(verdict).as("%s, %s", trial.chapter(), id).startsWith("*Verdict: " + measured);
    }
  }

  private static String verdict(Path report) {
    try {
      return Result.read(report).conclusion().verdict().text();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
