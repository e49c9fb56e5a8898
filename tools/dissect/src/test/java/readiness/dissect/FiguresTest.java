package readiness.dissect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the book shows of bytes is what the solution writes. */
class FiguresTest {
  private static final Path CHAPTER = Path.of("../../chapters", Figures.CHAPTER);

  static Stream<Figures.Figure> figures() {
    return Figures.all().stream();
  }

  @ParameterizedTest
  @MethodSource("figures")
  void aFigureIsDrawnFromTheBytesOfThisMoment(Figures.Figure figure) throws IOException {
    Path file = CHAPTER.resolve("figures").resolve(figure.name() + ".svg");

    assertThat(figure.chart().svg())
        .as("%s; ./ready author figures draws it", file)
        .isEqualTo(Files.readString(file));
  }
}
