package readiness.ready.author;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import readiness.chart.Chart;
import readiness.course.Chapter;
import readiness.course.Malformed;
import readiness.course.Workbook;
import readiness.dissect.Figures;
import readiness.experiment.Experiment;
import readiness.experiment.Experiments;
import readiness.experiment.Result;

/**
 * {@code ready author figures}: draws {@code chapters/<chapter>/figures/<experiment>.svg} from
 * {@code chapters/<chapter>/measured/<experiment>.json}, so that a figure is what was measured; and
 * the figures that show bytes from what the solution writes.
 */
@Command(
    name = "figures",
    description =
        "Draws the charts of chapters/*/figures from the numbers of chapters/*/measured, and the"
            + " figures of bytes from what the solution writes.")
final class FiguresCommand extends AuthorJob {
  @Option(
      names = "--check",
      description = "Write nothing; name the figures that differ, and end with 1 if any does.")
  private boolean check;

  @Override
  int run(Workbook workbook) throws IOException {
    int wrong = 0;
    int drawn = 0;
    for (Chapter chapter : workbook.course().chapters()) {
      for (Experiment experiment : Experiments.all()) {
        String name = experiment.description().id();
        Path text = workbook.text(chapter);
        Path numbers = text.resolve("measured").resolve(name + ".json");
        if (Files.isRegularFile(numbers)) {
          Chart chart = experiment.chart(read(numbers).table());
          wrong += draw(workbook, text, name, chart) ? 0 : 1;
          drawn++;
        }
      }
      if (chapter.id().equals(Figures.CHAPTER)) {
        for (Figures.Figure figure : Figures.all()) {
          wrong += draw(workbook, workbook.text(chapter), figure.name(), figure.chart()) ? 0 : 1;
          drawn++;
        }
      }
    }
    out().printf("%d figures, %d differ%n", drawn, wrong);
    if (wrong > 0 && check) {
      err().println("./ready author figures draws them");
    }
    return wrong > 0 && check ? NOT_WELL : WELL;
  }

  /** Draws one; says whether it was right already. */
  private boolean draw(Workbook workbook, Path text, String name, Chart chart) throws IOException {
    Path figure = text.resolve("figures").resolve(name + ".svg");
    String svg = chart.svg();
    if (Files.isRegularFile(figure) && Files.readString(figure).equals(svg)) {
      return true;
    }
    if (check) {
      err().println(workbook.shown(figure) + ": is not what its numbers or bytes say");
    } else {
      Files.createDirectories(figure.getParent());
      Files.writeString(figure, svg);
      out().println(workbook.shown(figure) + ": drawn");
    }
    return false;
  }

  private static Result read(Path numbers) {
    try {
      return Result.read(numbers);
    } catch (IOException e) {
      throw new Malformed(numbers, 0, "holds no result of an experiment: " + e.getMessage());
    }
  }
}
