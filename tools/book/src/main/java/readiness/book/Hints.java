package readiness.book;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import readiness.course.Hint;
import readiness.course.Workbook;

/**
 * {@code hints::step[]}: the step's hints, each folded behind its question. They are the same that
 * {@code ready hint} gives.
 */
final class Hints implements Expansion {
  private final Workbook workbook;
  private final Inputs inputs;

  Hints(Workbook workbook, Inputs inputs) {
    this.workbook = workbook;
    this.inputs = inputs;
  }

  @Override
  public List<String> lines(String id, String text, Place place) throws Missing {
    Path file = workbook.hints(Listings.step(workbook, id));
    inputs.file(file);
    List<Hint> hints = Hint.read(file);
    if (hints.isEmpty()) throw new Missing("its file holds no hint");
    List<String> lines = new ArrayList<>();
    for (Hint hint : hints) {
      lines.add(".Hint %d: %s".formatted(hints.indexOf(hint) + 1, hint.question()));
      lines.add("[%collapsible.hint]");
      lines.add("======");
      hint.text().lines().forEach(lines::add);
      lines.add("======");
      lines.add("");
    }
    return lines;
  }
}
